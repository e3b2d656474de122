package link_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A link that is gone cannot be activated: it is kept as revoked, reported and left alone.
func TestActivateOnALinkThatIsGone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change Object
		want   protocoltest.Action
	}{
		"still true":           {Object{"activate": true}, protocoltest.Nothing},
		"left out":             {Object{}, protocoltest.Nothing},
		"beside a policy":      {Object{"activate": true, "timeouts": Object{"read": "1m"}}, protocoltest.Update},
		"taken back, unproven": {Object{"activate": false}, protocoltest.Update},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, keepsEnded)
			state := createPending(t, f, fullConfig(Object{"activate": true}))
			f.clock.Advance(time.Hour)
			f.store.Forget("pl-1")
			state, diags := f.Refresh(state)
			requireCounts(t, diags, 0, 1)
			if state.Text("state") != "revoked" {
				t.Fatalf("state %s", state.Text("state"))
			}
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, fullConfig(tc.change))
			if plan.Action != tc.want || len(plan.Warnings()) != 0 {
				t.Errorf("plans %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			if plan.Action == protocoltest.Replace {
				return
			}
			_, diags = f.Apply(plan)
			requireCounts(t, diags, 0, 0)
			f.requireCalls("")
		})
	}
}

// If the answer to a successful activation cannot be mapped, the state keeps the answer to the create.
func TestActivationWithAnInvalidAnswerIsAWarning(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.InvalidActivation = true
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig(Object{"activate": true}))
	if diags.HasError() || len(diags.Warnings()) == 0 || state.Tainted {
		t.Fatalf("want warnings only: %s", diags)
	}
	for path, want := range map[string]string{"id": "pl-1", "project": "proj", "total": "109.900", "state": "open", "status": "ATTEMPT"} {
		if got := state.Text(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	f.requireNoDrift(f.mustRefresh(state), fullConfig(Object{"activate": true}))
}
