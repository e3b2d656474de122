package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// The link is read first: one that is active already may refuse another activation.
func TestActivateActionReadsTheLinkFirst(t *testing.T) {
	t.Parallel()
	for status, now := range statuses {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.mustCreate(fullConfig())
			f.store.SetStatus("pl-1", status)
			for attempt := range 2 { // a repetition does no harm
				progress, diags := f.invoke(activateAction, "pl-1")
				switch {
				case status == "ATTEMPT" && attempt == 0:
					requireCounts(t, diags, 0, 0)
					requireProgress(t, progress, "pl-1", "is active")
					f.requireCalls("activate=1 get=1")
				case now == driver.Expired, now == driver.Revoked:
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot activate Memory payment link", "pl-1", "`"+string(now)+"`", "replace")
					f.requireCalls("get=1")
				case now == driver.Unknown:
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot activate Memory payment link", "pl-1", "does not document")
					f.requireCalls("get=1")
				default:
					requireCounts(t, diags, 0, 0)
					requireProgress(t, progress, "pl-1", "already active", string(now))
					f.requireCalls("get=1")
				}
			}
		})
	}
}

func TestActivateActionFailure(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		for _, call := range []string{memdriver.CallGet, memdriver.CallActivate} {
			for _, after := range []bool{false, true} {
				t.Run(name+"/"+call, func(t *testing.T) {
					t.Parallel()
					f := newFixture(t)
					f.mustCreate(fullConfig())
					f.store.FailNext(call, memdriver.Fault{Err: err, After: after})
					_, diags := f.invoke(activateAction, "pl-1")
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot activate Memory payment link", "run the action again")
					requireText(t, diags, errorParts(err)...)
					calls, again := "get=1", "activate=1 get=1"
					if call == memdriver.CallActivate {
						calls = "activate=1 get=1"
						if after { // carried out all the same: the look finds it
							again = "get=1"
						}
					}
					f.requireCalls(calls)
					_, diags = f.invoke(activateAction, "pl-1")
					requireCounts(t, diags, 0, 0)
					if f.requireCalls(again); f.store.Status("pl-1") != "ACTIVE" {
						t.Errorf("the link is %s", f.store.Status("pl-1"))
					}
				})
			}
		}
	}
}

// A request that is accepted and changes nothing is an error.
func TestActivateActionWithoutEffectIsAnError(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(fullConfig())
	f.store.IgnoreActivation = true
	_, diags := f.invoke(activateAction, "pl-1")
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "pl-1", "is still not active")
	f.requireCalls("activate=1 get=1")
}

// What the action did is no drift: the next plan is empty whatever the configuration says of `activate`; a configured true only
// enters the state.
func TestActivateActionIsNoDrift(t *testing.T) {
	t.Parallel()
	for name, activate := range map[string]any{"left out": nil, "false": false} {
		for _, canRevoke := range []func(*memdriver.Options){revocable, func(*memdriver.Options) {}} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, canRevoke)
				config := answeredConfig(Object{"activate": activate})
				state := f.mustCreate(config)
				if _, diags := f.invoke(activateAction, "pl-1"); len(diags) > 0 {
					t.Fatal(diags)
				}
				state = f.mustRefresh(state)
				if state.Text("status") != "ACTIVE" || state.Text("state") != "open" {
					t.Errorf("the state says %s, %s", state.Text("status"), state.Text("state"))
				}
				f.requireNoDrift(state, config)

				config = answeredConfig(Object{"activate": true})
				state, plan, diags := f.ApplyConfig(state, resourceType, config)
				if requireCounts(t, diags, 0, 0); plan.Action != protocoltest.Update {
					t.Errorf("%s because of %v", plan.Action, plan.Because)
				}
				f.requireCalls("get=1")
				f.requireNoDrift(state, config)
			})
		}
	}
}
