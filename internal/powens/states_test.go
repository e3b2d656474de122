package powens_test

import (
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// status is what becomes of a link behind the provider's back, and what has to follow.
type status struct {
	attempt string // the vendor's word for the latest attempt; empty for none
	revoked int    // hours from now at which the link is revoked; 0 for never
	gone    bool   // the link vanishes
	state   string // ours
	plan    acctest.Action
	said    string // in the one warning of refresh and plan; empty: none
	destroy ending // with the state from before the change
	later   ending // after a refresh
}

// ending is how a destroy goes.
type ending struct {
	asked   []string
	warning string
}

var (
	done    = ending{asked: []string{"revoke"}}
	looked  = ending{asked: []string{"revoke", "get"}}
	without = ending{asked: []string{}}
	paid    = ending{asked: []string{"revoke", "get"}, warning: "was paid"}
)

// statuses follow the table and the order of the design: paid, processing, unknown, revoked, open.
var statuses = map[string]status{
	"fresh":                {"", 0, false, "open", acctest.Nothing, "", done, done},
	"rejected":             {"rejected", 0, false, "open", acctest.Nothing, "", done, done},
	"attempt expired":      {"expired", 0, false, "open", acctest.Nothing, "", done, done},
	"to be revoked":        {"", 24, false, "open", acctest.Nothing, "", done, done},
	"created":              {"created", 0, false, "processing", acctest.Nothing, "", done, done},
	"validating":           {"validating", 0, false, "processing", acctest.Nothing, "", done, done},
	"pending":              {"pending", 0, false, "processing", acctest.Nothing, "", done, done},
	"done":                 {"done", 0, false, "paid", acctest.Nothing, "paid", done, done},
	"accepted":             {"accepted", 0, false, "paid", acctest.Nothing, "paid", done, done},
	"partial":              {"partial", 0, false, "paid", acctest.Nothing, "paid", done, done},
	"unavailable":          {"unavailable", 0, false, "unknown", acctest.Nothing, "", done, done},
	"strange":              {"frozen", 0, false, "unknown", acctest.Nothing, "", done, done},
	"revoked":              {"", -1, false, "revoked", acctest.Replace, "revoked", looked, without},
	"rejected and revoked": {"rejected", -1, false, "revoked", acctest.Replace, "revoked", looked, without},
	"paid and revoked":     {"done", -1, false, "paid", acctest.Nothing, "paid", paid, paid},
	"pending and revoked":  {"pending", -1, false, "processing", acctest.Nothing, "", looked, looked},
	"outage and revoked":   {"unavailable", -1, false, "unknown", acctest.Nothing, "", looked, looked},
	"vanished":             {"", 0, true, "", acctest.Create, "no longer exists", looked, ending{}},
}

// become changes the link behind the provider's back, long enough after its create.
func (b *bench) become(state acctest.State, s status) {
	b.Helper()
	b.Clock.Advance(3 * time.Hour)
	id := state.Text("id")
	err := b.Sandbox.Powens.Force(id, s.attempt)
	if err == nil && s.revoked != 0 {
		err = b.Sandbox.Powens.Revoke(id, b.Clock.Now().Add(time.Duration(s.revoked)*time.Hour))
	}
	if err == nil && s.gone {
		err = b.Sandbox.Powens.Delete(id)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Forget()
}

func TestStatesPlanned(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, form := range []string{"plain", "rfc3339"} {
			t.Run(name+" "+form, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.Sandbox.Powens.Set(func(s *sandbox.PowensSwitches) { s.RevokedAtForm = form })
				state := b.Create(small())
				b.become(state, s)
				fresh, diags := b.Refresh(state)
				plan := b.Plan(fresh, small())
				b.Asked("get")
				if fresh.Exists() {
					checkState(t, s, fresh)
				}
				if plan.Action != s.plan {
					t.Errorf("plan: %s because of %v, want %s", plan.Action, plan.Because, s.plan)
				}
				diags = append(diags, plan.Diagnostics...)
				if s.said == "" && len(diags) > 0 || s.said != "" && len(diags) != 1 || diags.HasError() {
					t.Errorf("said: %s", diags)
				}
				if s.said != "" {
					b.Has(diags, s.said, state.Text("id"), state.Text("url"))
				}
				if s.plan == acctest.Replace && !slices.Equal(plan.Because, []string{"state"}) {
					t.Errorf("because of %v", plan.Because)
				}
			})
		}
	}
}

func checkState(t *testing.T, s status, fresh acctest.State) {
	t.Helper()
	attempt := s.attempt
	if attempt == "" {
		attempt = "unavailable"
	}
	if fresh.Text("state") != s.state || fresh.Text("attempt_state") != attempt {
		t.Errorf("state %q, attempt_state %q", fresh.Text("state"), fresh.Text("attempt_state"))
	}
	if (fresh.Get("last_payment_id") != nil) != (s.attempt != "") || (fresh.Get("revoked_at") != nil) != (s.revoked != 0) {
		t.Errorf("last_payment_id %v, revoked_at %v", fresh.Get("last_payment_id"), fresh.Get("revoked_at"))
	}
}

func TestStatesImported(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		b := newBench(t)
		state := b.Create(small())
		b.become(state, s)
		imported, diags := b.Imported(state.Text("id"))
		b.Asked("get")
		if s.gone {
			b.Says(diags, "", "404", state.Text("id"), "notFound")
			if imported.Exists() {
				t.Error("a vanished link was imported")
			}
			continue
		}
		if len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
		checkState(t, s, imported)
		if plan := b.Plan(imported, small()); plan.Action != s.plan {
			t.Errorf("%s: plan %s because of %v", name, plan.Action, plan.Because)
		}
	}
}

// TestReplaceWhen: the policy decides in which states a link is replaced; a link that stays is reported.
func TestReplaceWhen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"fresh", "pending", "done", "strange", "revoked", "paid and revoked", "vanished"} {
		s := statuses[name]
		for _, policy := range []list{{}, {"revoked"}, {"paid"}, {"revoked", "expired", "paid"}} {
			b := newBench(t)
			config := small(object{"replace_when": policy})
			state := b.Create(config)
			b.become(state, s)
			fresh, _ := b.Refresh(state)
			ours := s.state
			if s.gone {
				ours = "revoked"
			}
			want := acctest.Nothing
			switch named := slices.Contains(policy, any(ours)); {
			case named && s.gone:
				want = acctest.Create
			case named:
				want = acctest.Replace
			}
			plan := b.Plan(fresh, config)
			if plan.HasError() || plan.Action != want {
				t.Errorf("%s under %v: %s because of %v, want %s %s", name, policy, plan.Action, plan.Because, want, plan.Diagnostics)
			}
		}
	}
}

// TestRevokedByTheClock: a date to come that has come.
func TestRevokedByTheClock(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.become(state, statuses["to be revoked"])
	state = b.Quiet(state, small())
	b.Clock.Advance(25 * time.Hour)
	fresh, diags := b.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "revoked" || fresh.Text("revoked_at") != state.Text("revoked_at") {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	if plan := b.Plan(fresh, small()); plan.Action != acctest.Replace {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}
