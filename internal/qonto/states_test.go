package qonto_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// status is what becomes of a link behind the provider's back, and what has to follow.
type status struct {
	force  string // the vendor's word; empty: the link vanishes
	state  string // ours
	plan   acctest.Action
	said   string // in the one warning of refresh and plan; empty: none
	revoke ending // a destroy with the state from before the change
	later  ending // a destroy after a refresh
}

// ending is how a destroy goes.
type ending struct {
	asked   []string
	warning string
	err     string // the link stays in state
}

var (
	done    = []string{"deactivate"}
	looked  = []string{"deactivate", "get"}
	without = []string{}
)

var statuses = map[string]status{
	"open":       {"open", "open", acctest.Nothing, "", ending{asked: done}, ending{asked: done}},
	"processing": {"processing", "processing", acctest.Nothing, "", ending{asked: looked, err: "`processing`"}, ending{asked: looked, err: "Somebody is paying"}},
	"paid":       {"paid", "paid", acctest.Nothing, "paid", ending{asked: looked, warning: "was paid"}, ending{asked: looked, warning: "was paid"}},
	"expired":    {"expired", "expired", acctest.Nothing, "expired", ending{asked: looked}, ending{asked: looked}},
	"canceled":   {"canceled", "revoked", acctest.Replace, "revoked", ending{asked: looked}, ending{asked: without}},
	"vanished":   {"", "", acctest.Create, "no longer exists", ending{asked: looked}, ending{}},
	"strange":    {"frozen", "unknown", acctest.Nothing, "", ending{asked: looked, err: "`unknown`"}, ending{asked: looked, err: "on_destroy"}},
}

// become changes the link behind the provider's back, long enough after its create.
func (b *bench) become(state acctest.State, s status) {
	b.Helper()
	b.Clock.Advance(time.Hour)
	id := state.Text("id")
	err := b.Sandbox.Qonto.ForceStatus(id, s.force)
	if s.force == "" {
		err = b.Sandbox.Qonto.Delete(id)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Forget()
}

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
				plan := b.Plan(fresh, shape())
				b.Asked("get")
				if fresh.Exists() && (fresh.Text("state") != s.state || fresh.Text("status") != s.force || fresh.Text("url") != state.Text("url")) {
					t.Errorf("state %q, status %q, url %q", fresh.Text("state"), fresh.Text("status"), fresh.Text("url"))
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
				if s.plan == acctest.Replace && (len(plan.Because) != 1 || plan.Because[0] != "state") {
					t.Errorf("because of %v", plan.Because)
				}
			})
		}
	}
}

func TestStatesDestroyed(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, refreshed := range []bool{false, true} {
			b := newBench(t)
			state := b.Create(basket())
			b.become(state, s)
			want := s.revoke
			if refreshed {
				want = s.later
				state, _ = b.Refresh(state)
				b.Forget()
				if !state.Exists() {
					continue
				}
			}
			after, diags := b.Destroy(state)
			b.Asked(want.asked...)
			switch {
			case want.err != "":
				b.Says(diags, "", want.err, state.Text("id"), "422", "cannot be deactivated")
				if !after.Exists() {
					t.Errorf("%s: lost", name)
				}
			case want.warning != "":
				b.Has(diags.Warnings(), want.warning, state.Text("id"))
				fallthrough
			default:
				if diags.HasError() || after.Exists() || want.warning == "" && len(diags) > 0 {
					t.Errorf("%s: still there %t, %s", name, after.Exists(), diags)
				}
			}
		}
	}
}

// TestStatesReplaced: a change of the configuration over each state. Where the old link cannot be ended, no new one is
// made.
func TestStatesReplaced(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		b := newBench(t)
		state := b.Create(basket())
		b.become(state, s)
		config := basket(object{"items.0.title": "Item 2"})
		after, plan, diags := b.Up(state, config)
		if s.later.err != "" {
			b.Says(diags, "", s.later.err)
			b.Asked("get", "deactivate", "get")
			if after.Text("id") != state.Text("id") {
				t.Errorf("%s: lost", name)
			}
			if n := len(b.Sandbox.Qonto.Links()); n != 1 {
				t.Errorf("%s: %d links at the vendor", name, n)
			}
			continue
		}
		if diags.HasError() || after.Text("id") == state.Text("id") || s.force != "" && plan.Action != acctest.Replace {
			t.Errorf("%s: %s %s", name, plan.Action, diags)
		}
		b.Asked(append(append([]string{"get"}, s.later.asked...), "create")...)
		b.Payable(1)
		b.Quiet(after, config)
	}
}

func TestStatesImported(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		b := newBench(t)
		state := b.Create(basket())
		b.become(state, s)
		imported, diags := b.Imported(state.Text("id"))
		b.Asked("get")
		if s.force == "" {
			b.Says(diags, "", "404", state.Text("id"), "not_found")
			if imported.Exists() {
				t.Error("a vanished link was imported")
			}
			continue
		}
		if len(diags) > 0 || imported.Text("state") != s.state || imported.Text("status") != s.force {
			t.Errorf("%s: %q %q %s", name, imported.Text("state"), imported.Text("status"), diags)
		}
		if plan := b.Plan(imported, basket()); plan.Action != s.plan {
			t.Errorf("%s: plan %s because of %v", name, plan.Action, plan.Because)
		}
	}
}

// TestReplaceWhen: the policy decides in which states a link is replaced; a link that stays is reported.
func TestReplaceWhen(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, policy := range []list{{}, {"revoked"}, {"expired"}, {"paid"}, {"revoked", "expired", "paid"}} {
			b := newBench(t)
			config := basket(object{"replace_when": policy})
			state := b.Create(config)
			b.become(state, s)
			fresh, _ := b.Refresh(state)
			named := false
			ours := s.state
			if s.force == "" {
				ours = "revoked"
			}
			for _, one := range policy {
				named = named || one == ours
			}
			want := acctest.Nothing
			if named {
				want = acctest.Replace
				if s.force == "" {
					want = acctest.Create
				}
			}
			plan := b.Plan(fresh, config)
			if plan.HasError() || plan.Action != want {
				t.Errorf("%s under %v: %s because of %v, want %s %s", name, policy, plan.Action, plan.Because, want, plan.Diagnostics)
			}
			if s.force == "" && !named && (!fresh.Exists() || fresh.Text("state") != "revoked" || fresh.Text("status") != "open") {
				t.Errorf("vanished under %v: state %q, status %q", policy, fresh.Text("state"), fresh.Text("status"))
			}
		}
	}
}

// TestAbandon leaves the link payable and says so.
func TestAbandon(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket(object{"on_destroy": "abandon"}))
	b.Forget()
	after, diags := b.Destroy(state)
	if after.Exists() || diags.HasError() {
		t.Errorf("%s", diags)
	}
	b.Has(diags.Warnings(), "stays payable", state.Text("url"))
	b.Asked()
	b.Payable(1)
}

// TestProcessingRevoked: a vendor that does cancel a link in the middle of a payment.
func TestProcessingRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Qonto.Set(func(s *sandbox.QontoSwitches) { s.DeactivateProcessing = true })
	state := b.Create(basket())
	b.become(state, statuses["processing"])
	if after, diags := b.Destroy(state); after.Exists() || len(diags) > 0 {
		t.Errorf("%s", diags)
	}
	b.Asked("deactivate")
}

// TestExpiredByTheClock: a link whose year is over.
func TestExpiredByTheClock(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	b.Clock.Advance(366 * 24 * time.Hour)
	fresh, diags := b.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "expired" {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	plan := b.Plan(fresh, basket())
	if plan.Action != acctest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	b.Has(plan.Warnings(), "expired", "replace_when")
}
