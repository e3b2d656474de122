package gigs_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
)

// status is what becomes of a link behind the provider's back, and what has to follow.
type status struct {
	force    string // the vendor's word; empty: the link vanishes
	state    string // ours
	said     string // in the one warning of refresh and plan; empty: none
	kept     string // Gigs' status in state, where the answer has none
	quietEnd bool   // a destroy after a refresh says nothing
}

var statuses = map[string]status{
	"active":    {force: "active", state: "open"},
	"completed": {force: "completed", state: "paid", said: "is paid", quietEnd: true},
	"canceled":  {force: "canceled", state: "revoked", said: "is revoked", quietEnd: true},
	"vanished":  {state: "revoked", said: "no longer exists", kept: "active", quietEnd: true},
	"strange":   {force: "frozen", state: "unknown"},
}

// become changes the link behind the provider's back, long enough after its create.
func (b *bench) become(state acctest.State, s status) {
	b.Helper()
	b.Clock.Advance(time.Hour)
	id := state.Text("id")
	err := b.Sandbox.Gigs.ForceStatus(id, s.force)
	if s.force == "" {
		err = b.Sandbox.Gigs.Delete(id)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Forget()
}

// looked are the calls of a refresh: a 404 is confirmed by the project's list.
func (s status) looked() []string {
	if s.force == "" {
		return []string{"get", "list"}
	}
	return []string{"get"}
}

// TestStatesPlanned: no state replaces a link by itself, because a canceled one may mean that the invoice was settled.
func TestStatesPlanned(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for shapeName, shape := range shapes {
			t.Run(name+" "+shapeName, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				state := b.Create(shape())
				b.become(state, s)
				fresh, diags := b.Refresh(state)
				b.Asked(s.looked()...)
				wanted := s.force
				if s.kept != "" {
					wanted = s.kept
				}
				if fresh.Text("state") != s.state || fresh.Text("status") != wanted || fresh.Text("url") != state.Text("url") {
					t.Errorf("state %q, status %q, url %q", fresh.Text("state"), fresh.Text("status"), fresh.Text("url"))
				}
				plan := b.Plan(fresh, shape())
				b.Asked()
				if plan.Action != acctest.Nothing {
					t.Errorf("plan: %s because of %v", plan.Action, plan.Because)
				}
				diags = append(diags, plan.Diagnostics...)
				if diags.HasError() || s.said == "" && len(diags) > 0 {
					t.Errorf("said: %s", diags)
				}
				if s.said != "" {
					b.Has(diags, s.said, state.Text("id"), state.Text("url"), "replace_when")
				}
			})
		}
	}
}

// TestTimesOfTheEnd: when a link was completed or canceled is in state.
func TestTimesOfTheEnd(t *testing.T) {
	t.Parallel()
	for name, attribute := range map[string]string{"completed": "completed_at", "canceled": "canceled_at"} {
		b := newBench(t)
		state := b.Create(stored())
		b.become(state, statuses[name])
		fresh, _ := b.Refresh(state)
		if at, err := time.Parse(time.RFC3339, fresh.Text(attribute)); err != nil || b.Clock.Now().Sub(at) > time.Minute {
			t.Errorf("%s is %q", attribute, fresh.Text(attribute))
		}
	}
}

// TestStatesDestroyed: no call at all. What can still be paid, as far as the state knows, is said at the plan and at the
// apply; with `fail` it is an error in the plan.
func TestStatesDestroyed(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, policy := range []string{"abandon", "fail"} {
			for _, refreshed := range []bool{false, true} {
				b := newBench(t)
				state := b.Create(stored(object{"on_destroy": policy}))
				b.become(state, s)
				if refreshed {
					state, _ = b.Refresh(state)
					b.Forget()
				}
				plan := b.Plan(state, nil)
				over := refreshed && s.quietEnd
				if policy == "fail" && !over {
					b.Says(plan.Diagnostics, "", "`fail`", state.Text("id"), state.Text("url"), "`on_destroy = \"abandon\"`, apply, then destroy")
					b.Asked()
					continue
				}
				after, diags := b.Apply(plan)
				b.Asked()
				if plan.HasError() || diags.HasError() || after.Exists() {
					t.Errorf("%s, %s: still there %t, %s %s", name, policy, after.Exists(), plan.Diagnostics, diags)
				}
				for _, said := range []acctest.Diagnostics{plan.Diagnostics, diags} {
					if over && len(said) > 0 {
						t.Errorf("%s, %s: %s", name, policy, said)
					}
					if !over {
						b.Has(said.Warnings(), "stays payable", state.Text("id"), state.Text("url"))
					}
				}
			}
		}
	}
}

// TestReplaceUnderFail: a replacement, too, would leave the old link behind.
func TestReplaceUnderFail(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored(object{"on_destroy": "fail"}))
	b.Forget()
	plan := b.Plan(state, stored(object{"on_destroy": "fail", "invoice": otherInvoice}))
	b.Says(plan.Diagnostics, "", "`fail`", state.Text("url"))
	b.Asked()
	b.Payable(1)
}

func TestStatesImported(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		b := newBench(t)
		state := b.Create(stored())
		b.become(state, s)
		imported, diags := b.Imported(state.Text("id"))
		b.Asked("get")
		if s.force == "" {
			b.Says(diags, "", "404", state.Text("id"), "notFound")
			if imported.Exists() {
				t.Error("a vanished link was imported")
			}
			continue
		}
		if len(diags) > 0 || imported.Text("state") != s.state || imported.Text("status") != s.force {
			t.Errorf("%s: %q %q %s", name, imported.Text("state"), imported.Text("status"), diags)
		}
		if plan := b.Plan(imported, published(object{"ebanx.redirect_url": acctest.At(stored(), "ebanx.redirect_url")})); plan.Action != acctest.Nothing {
			t.Errorf("%s: plan %s because of %v", name, plan.Action, plan.Because)
		}
	}
}

// TestReplaceWhen: the policy decides in which states a link is replaced.
func TestReplaceWhen(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, policy := range []list{{}, {"revoked"}, {"expired"}, {"paid"}, {"revoked", "expired", "paid"}} {
			b := newBench(t)
			config := stored(object{"replace_when": policy})
			state := b.Create(config)
			b.become(state, s)
			fresh, _ := b.Refresh(state)
			want := acctest.Nothing
			for _, one := range policy {
				if one == s.state {
					want = acctest.Replace
					if s.force == "" {
						want = acctest.Create
					}
				}
			}
			if !fresh.Exists() {
				fresh = acctest.State{}
			}
			if plan := b.Plan(fresh, config); plan.HasError() || plan.Action != want {
				t.Errorf("%s under %v: %s because of %v, want %s %s", name, policy, plan.Action, plan.Because, want, plan.Diagnostics)
			}
		}
	}
}
