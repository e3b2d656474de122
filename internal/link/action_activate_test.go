package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// The link is looked at first: one that is active already may refuse another activation.
func TestActivateActionInEveryState(t *testing.T) {
	t.Parallel()
	for status, now := range statuses {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.create(full())
			w.bank.become("pl-1", status)
			for attempt := range 2 { // repeated, it does no harm
				progress, diags := w.invoke(activateAction, "pl-1")
				switch {
				case status == "ATTEMPT" && attempt == 0:
					count(t, diags, 0, 0)
					told(t, progress, "pl-1", "is active")
					w.calls("activate=1 get=1")
				case now == driver.Expired, now == driver.Revoked:
					count(t, diags, 1, 0)
					says(t, diags, "Cannot activate Memory payment link", "pl-1", "`"+string(now)+"`", "replace")
					w.calls("get=1")
				case now == driver.Unknown:
					count(t, diags, 1, 0)
					says(t, diags, "Cannot activate Memory payment link", "pl-1", "does not know")
					w.calls("get=1")
				default:
					count(t, diags, 0, 0)
					told(t, progress, "pl-1", "already active", string(now))
					w.calls("get=1")
				}
			}
		})
	}
}

func TestActivateActionFails(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		for _, call := range []string{callGet, callActivate} {
			for _, after := range []bool{false, true} {
				t.Run(name+"/"+call, func(t *testing.T) {
					t.Parallel()
					w := start(t)
					w.create(full())
					w.bank.failNext(call, fault{err: err, after: after})
					_, diags := w.invoke(activateAction, "pl-1")
					count(t, diags, 1, 0)
					says(t, diags, "Cannot activate Memory payment link", "may be repeated")
					says(t, diags, parts(err)...)
					calls, again := "get=1", "activate=1 get=1"
					if call == callActivate {
						calls = "activate=1 get=1"
						if after { // carried out all the same: the look finds it
							again = "get=1"
						}
					}
					w.calls(calls)
					_, diags = w.invoke(activateAction, "pl-1")
					count(t, diags, 0, 0)
					if w.calls(again); w.bank.status("pl-1") != "ACTIVE" {
						t.Errorf("the link is %s", w.bank.status("pl-1"))
					}
				})
			}
		}
	}
}

// Accepted is not done.
func TestActivateActionThatChangesNothing(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.create(full())
	w.bank.idle = true
	_, diags := w.invoke(activateAction, "pl-1")
	count(t, diags, 1, 0)
	says(t, diags, "pl-1", "waits for its activation")
	w.calls("activate=1 get=1")
}

// What the action did is no drift: the next plan is empty whatever the configuration says of `activate`, a written true
// only enters the state.
func TestPlanAfterAnActivateAction(t *testing.T) {
	t.Parallel()
	for name, activate := range map[string]any{"left out": nil, "false": false} {
		for _, canRevoke := range []func(*world){revocable, func(*world) {}} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := start(t, canRevoke)
				config := described(Object{"activate": activate})
				state := w.create(config)
				if _, diags := w.invoke(activateAction, "pl-1"); len(diags) > 0 {
					t.Fatal(diags)
				}
				state = w.refresh(state)
				if state.Text("status") != "ACTIVE" || state.Text("state") != "open" {
					t.Errorf("the state says %s, %s", state.Text("status"), state.Text("state"))
				}
				w.settled(state, config)

				config = described(Object{"activate": true})
				state, plan, diags := w.ApplyConfig(state, kind, config)
				if count(t, diags, 0, 0); plan.Action != protocoltest.Update {
					t.Errorf("%s because of %v", plan.Action, plan.Because)
				}
				w.calls("get=1")
				w.settled(state, config)
			})
		}
	}
}
