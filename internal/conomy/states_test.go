package conomy_test

import (
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
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
	done   = []string{"delete"}
	looked = []string{"delete", "get"}
)

var statuses = map[string]status{
	"attempt":    {"ATTEMPT", "open", acctest.Nothing, "", ending{asked: done}, ending{asked: done}},
	"active":     {"ACTIVE", "open", acctest.Nothing, "", ending{asked: looked, err: "`open`"}, ending{asked: looked, err: "on_destroy"}},
	"processing": {"PROCESSING_PAYMENT", "processing", acctest.Nothing, "", ending{asked: looked, err: "`processing`"}, ending{asked: looked, err: "Somebody is paying"}},
	"finished":   {"FINISHED", "paid", acctest.Nothing, "paid", ending{asked: looked, warning: "was paid"}, ending{asked: looked, warning: "was paid"}},
	"expired":    {"EXPIRED", "expired", acctest.Nothing, "expired", ending{asked: done}, ending{asked: done}},
	"vanished":   {"", "", acctest.Create, "no longer exists", ending{asked: looked}, ending{}},
	"strange":    {"FROZEN", "unknown", acctest.Nothing, "", ending{asked: looked, err: "`unknown`"}, ending{asked: looked, err: "on_destroy"}},
}

// become changes the link behind the provider's back, long enough after its create.
func (b *bench) become(state acctest.State, s status) {
	b.Helper()
	b.Clock.Advance(2 * time.Minute)
	id := state.Text("id")
	err := b.Sandbox.Conomy.ForceStatus(id, s.force)
	if s.force == "" {
		err = b.Sandbox.Conomy.Delete(id)
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
				state := b.Create(shape(object{"activate": nil}))
				b.become(state, s)
				fresh, diags := b.Refresh(state)
				plan := b.Plan(fresh, shape(object{"activate": nil}))
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
			})
		}
	}
}

// TestStatesDestroyed with each status for a refused delete (row 4) and each shape of an error.
func TestStatesDestroyed(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, refreshed := range []bool{false, true} {
			for refusal, shape := range map[string]string{"422": "current", "400": "former", "409": "gateway"} {
				b := newBench(t)
				b.Sandbox.Conomy.Set(func(w *switches) { w.RefusedStatus, w.ErrorShape = refusal, shape })
				state := b.Create(small())
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
					b.Says(diags, "", want.err, state.Text("id"), refusal, "cannot be deleted", s.force)
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
}

// TestStatesReplaced: a change of the configuration over each state, with another checkout token. Where the old link cannot
// be ended, no new one is made.
func TestStatesReplaced(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		b := newBench(t)
		state := b.Create(small())
		b.become(state, s)
		config := small(object{"checkout_token": "invoice-1002"})
		after, plan, diags := b.Up(state, config)
		if s.later.err != "" {
			b.Says(diags, "", s.later.err)
			b.Asked("get", "delete", "get")
			if after.Text("id") != state.Text("id") {
				t.Errorf("%s: lost", name)
			}
			b.holds(1)
			continue
		}
		if diags.HasError() || after.Text("id") == state.Text("id") || s.force != "" && plan.Action != acctest.Replace {
			t.Errorf("%s: %s %s", name, plan.Action, diags)
		}
		b.Asked(append(append([]string{"get"}, s.later.asked...), "create")...)
		b.Quiet(after, config)
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
		if s.force == "" {
			b.Says(diags, "", "404", state.Text("id"), "notFound")
			if imported.Exists() {
				t.Error("a vanished link was imported")
			}
			continue
		}
		active := slices.Contains([]string{"ACTIVE", "PROCESSING_PAYMENT", "FINISHED"}, s.force)
		if len(diags) > 0 || imported.Text("state") != s.state || imported.Text("status") != s.force || imported.Get("activate") != active {
			t.Errorf("%s: %q %q %v %s", name, imported.Text("state"), imported.Text("status"), imported.Get("activate"), diags)
		}
		if plan := b.Plan(imported, small()); plan.Action != s.plan {
			t.Errorf("%s: plan %s because of %v", name, plan.Action, plan.Because)
		}
	}
}

// TestReplaceWhen: the policy decides in which states a link is replaced.
func TestReplaceWhen(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, policy := range []list{{}, {"revoked"}, {"expired"}, {"paid"}} {
			b := newBench(t)
			config := small(object{"replace_when": policy})
			state := b.Create(config)
			b.become(state, s)
			fresh, _ := b.Refresh(state)
			ours, want := s.state, acctest.Nothing
			if s.force == "" {
				ours = "revoked"
			}
			if len(policy) > 0 && policy[0] == ours {
				want = acctest.Replace
				if s.force == "" {
					want = acctest.Create
				}
			}
			if plan := b.Plan(fresh, config); plan.HasError() || plan.Action != want {
				t.Errorf("%s under %v: %s because of %v, want %s %s", name, policy, plan.Action, plan.Because, want, plan.Diagnostics)
			}
		}
	}
}

// TestAbandon leaves the link and says so.
func TestAbandon(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small(object{"on_destroy": "abandon", "activate": true}))
	b.Forget()
	after, diags := b.Destroy(state)
	if after.Exists() || diags.HasError() {
		t.Errorf("%s", diags)
	}
	b.Has(diags.Warnings(), "stays payable", state.Text("url"))
	b.Asked()
	b.holds(1)
}

// TestExpiredByTheClock: a link whose duration is over; it can be deleted then, also if it was active.
func TestExpiredByTheClock(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	config := small(object{"activate": true})
	state := b.Create(config)
	expires, err := time.Parse(time.RFC3339, state.Text("expires_at"))
	if err != nil || !expires.Equal(b.held(state).CreatedAt.Add(24*time.Hour)) {
		t.Errorf("expires_at %s for created_at %s", state.Text("expires_at"), state.Text("created_at"))
	}
	b.Clock.Advance(25 * time.Hour)
	fresh, diags := b.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "expired" {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	plan := b.Plan(fresh, config)
	if plan.Action != acctest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	b.Has(plan.Warnings(), "expired", "replace_when")
	b.Forget()
	if after, diags := b.Destroy(fresh); after.Exists() || len(diags) > 0 {
		t.Errorf("%s", diags)
	}
	b.Asked("delete")
	b.holds(0)
}
