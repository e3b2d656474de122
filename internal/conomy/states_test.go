package conomy_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// become changes a link behind the provider's back, long enough after its create.
func become(f *drivertest.Fixture, state protocoltest.State, status string) {
	f.Helper()
	f.Clock.Advance(2 * time.Minute)
	f.Sandbox.Simulate(state.Text("id"), "force?status="+status)
	f.ResetCalls()
}

// After an import the status says whether a link was activated.
func TestImportedStatusTellsActivation(t *testing.T) {
	t.Parallel()
	for status, active := range map[string]bool{"ATTEMPT": false, "EXPIRED": false, "FROZEN": false, "ACTIVE": true, "PROCESSING_PAYMENT": true, "FINISHED": true} {
		f := harness.Start(t)
		state := f.Create(small())
		become(f, state, status)
		if got := f.Import(state.Text("id")).Get("activate"); got != active {
			t.Errorf("%s: imported with activate %v", status, got)
		}
	}
}

// A refused delete is shown, in each status in which it is refused (contract 8.4) and each shape of an error; the link stays in state.
func TestRefusedDeleteIsShown(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"ACTIVE", "PROCESSING_PAYMENT", "FROZEN"} {
		for refusal, shape := range map[string]string{"422": "current", "400": "former", "409": "gateway"} {
			f := harness.Start(t)
			sandboxOf(f).Set(func(w *switches) { w.RefusedStatus, w.ErrorShape = refusal, shape })
			state := f.Create(small())
			become(f, state, status)
			after, diags := f.Destroy(state)
			f.RequireCalls("delete", "get")
			f.RequireErrors(diags, "", state.Text("id"), refusal, "cannot be deleted", status)
			if !after.Exists() {
				t.Errorf("%s: lost", status)
			}
		}
	}
}

// A link that is not there any more keeps nothing, whatever its status was when it was last seen.
func TestGoneIsNotInTheWay(t *testing.T) {
	t.Parallel()
	for _, onDestroy := range []string{"revoke", "abandon"} {
		for _, status := range []string{"ATTEMPT", "ACTIVE", "PROCESSING_PAYMENT"} {
			f := harness.Start(t)
			config := small(object{"replace_when": list{}, "on_destroy": onDestroy})
			state := f.Create(config)
			become(f, state, status)
			state, _ = f.Refresh(state)
			if err := sandboxOf(f).Delete(state.Text("id")); err != nil {
				t.Fatal(err)
			}
			state, _ = f.Refresh(state)
			if state.Text("state") != "revoked" || state.Text("status") != status {
				t.Fatalf("state %q, status %q", state.Text("state"), state.Text("status"))
			}
			f.ResetCalls()
			if plan := f.Plan(state, nil); len(plan.Diagnostics) > 0 {
				t.Errorf("destroy of a link that was %s: %s", status, plan.Diagnostics)
			}
			config = small(object{"replace_when": list{}, "on_destroy": onDestroy, "duration": 60})
			if plan := f.Plan(state, config); plan.Action != protocoltest.Replace || len(plan.Diagnostics) > 0 {
				t.Errorf("replacement of a link that was %s: %s, %s", status, plan.Action, plan.Diagnostics)
			}
			if after, _, diags := f.ApplyConfig(state, config); diags.HasError() || after.Text("status") != "ATTEMPT" {
				t.Errorf("replacement of a link that was %s: %s", status, diags)
			}
			f.RequireCalls("get", "create")
		}
	}
}

// A link whose duration is over; it can be deleted then, also if it was active.
func TestExpiredByTheClock(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	config := small(object{"activate": true})
	state := f.Create(config)
	expires, err := time.Parse(time.RFC3339, state.Text("expires_at"))
	if err != nil || !expires.Equal(held(f, state).CreatedAt.Add(24*time.Hour)) {
		t.Errorf("expires_at %s for created_at %s", state.Text("expires_at"), state.Text("created_at"))
	}
	f.Clock.Advance(25 * time.Hour)
	fresh, diags := f.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "expired" {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	plan := f.Plan(fresh, config)
	if plan.Action != protocoltest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	f.RequireText(plan.Warnings(), "expired", "replace_when")
	f.ResetCalls()
	if after, diags := f.Destroy(fresh); after.Exists() || len(diags) > 0 {
		t.Errorf("%s", diags)
	}
	f.RequireCalls("delete")
	requireHeld(f, 0)
}
