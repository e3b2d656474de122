package conomy_test

import (
	"slices"
	"testing"
	"time"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What follows from a status is the same for every shape of a link: see internal/conformance/lifecycle, and its test over all vendors.

// status is what becomes of a link behind the provider's back, in the vendor's word.
type status struct{ force string }

var statuses = map[string]status{
	"attempt": {"ATTEMPT"}, "active": {"ACTIVE"}, "processing": {"PROCESSING_PAYMENT"}, "finished": {"FINISHED"}, "expired": {"EXPIRED"}, "strange": {"FROZEN"},
}

// become changes the link behind the provider's back, long enough after its create.
func (b *bench) become(state protocoltest.State, s status) {
	b.Helper()
	b.Clock.Advance(2 * time.Minute)
	if err := conomysandbox.From(b.Sandbox).ForceStatus(state.Text("id"), s.force); err != nil {
		b.Fatal(err)
	}
	b.ResetCalls()
}

// TestStatesOfEveryShape: a status says nothing about the rest of the link, whatever its shape. After an import it says
// whether the link was activated.
func TestStatesOfEveryShape(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for shapeName, shape := range shapes {
			t.Run(name+" "+shapeName, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				config := shape(object{"activate": nil})
				state := b.Create(config)
				b.become(state, s)
				fresh, diags := b.Refresh(state)
				plan := b.Plan(fresh, config)
				b.RequireCalls("get")
				if len(diags) > 0 || fresh.Text("status") != s.force || fresh.Text("url") != state.Text("url") {
					t.Errorf("status %q, url %q %s", fresh.Text("status"), fresh.Text("url"), diags)
				}
				if plan.HasError() || plan.Action != protocoltest.Nothing {
					t.Errorf("plan: %s because of %v %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				imported, diags := b.ImportByID(state.Text("id"))
				active := slices.Contains([]string{"ACTIVE", "PROCESSING_PAYMENT", "FINISHED"}, s.force)
				if len(diags) > 0 || imported.Get("activate") != active {
					t.Errorf("imported with activate %v %s", imported.Get("activate"), diags)
				}
			})
		}
	}
}

// TestRefusedDeleteIsShown in each status for a refused delete (row 4) and each shape of an error; the link stays in state.
func TestRefusedDeleteIsShown(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"active", "processing", "strange"} {
		for refusal, shape := range map[string]string{"422": "current", "400": "former", "409": "gateway"} {
			b := newBench(t)
			conomysandbox.From(b.Sandbox).Set(func(w *switches) { w.RefusedStatus, w.ErrorShape = refusal, shape })
			state := b.Create(small())
			b.become(state, statuses[name])
			after, diags := b.Destroy(state)
			b.RequireCalls("delete", "get")
			b.RequireErrors(diags, "", state.Text("id"), refusal, "cannot be deleted", statuses[name].force)
			if !after.Exists() {
				t.Errorf("%s: lost", name)
			}
		}
	}
}

// TestGoneIsNotInTheWay: a link that is not there any more keeps nothing, whatever its status was when it was last seen.
func TestGoneIsNotInTheWay(t *testing.T) {
	t.Parallel()
	for _, onDestroy := range []string{"revoke", "abandon"} {
		for _, name := range []string{"attempt", "active", "processing"} {
			b := newBench(t)
			config := small(object{"replace_when": list{}, "on_destroy": onDestroy})
			state := b.Create(config)
			b.become(state, statuses[name])
			state, _ = b.Refresh(state)
			if err := conomysandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
				t.Fatal(err)
			}
			state, _ = b.Refresh(state)
			if state.Text("state") != "revoked" || state.Text("status") != statuses[name].force {
				t.Fatalf("state %q, status %q", state.Text("state"), state.Text("status"))
			}
			b.ResetCalls()
			if plan := b.Plan(state, nil); len(plan.Diagnostics) > 0 {
				t.Errorf("destroy of a link that was %s: %s", name, plan.Diagnostics)
			}
			config = small(object{"replace_when": list{}, "on_destroy": onDestroy, "duration": 60})
			if plan := b.Plan(state, config); plan.Action != protocoltest.Replace || len(plan.Diagnostics) > 0 {
				t.Errorf("replacement of a link that was %s: %s, %s", name, plan.Action, plan.Diagnostics)
			}
			if after, _, diags := b.ApplyConfig(state, config); diags.HasError() || after.Text("status") != "ATTEMPT" {
				t.Errorf("replacement of a link that was %s: %s", name, diags)
			}
			b.RequireCalls("get", "create")
		}
	}
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
	if plan.Action != protocoltest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	b.RequireText(plan.Warnings(), "expired", "replace_when")
	b.ResetCalls()
	if after, diags := b.Destroy(fresh); after.Exists() || len(diags) > 0 {
		t.Errorf("%s", diags)
	}
	b.RequireCalls("delete")
	b.holds(0)
}
