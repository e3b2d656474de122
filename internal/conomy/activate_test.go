package conomy_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A refused activation is shown whole. At the create the link stays in state all the same; in place nothing changes.
func TestActivationRefused(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	config := small(object{"activate": true})
	remove := f.Sandbox.Inject(fault.Fault{Op: "activate", Status: http.StatusForbidden, Body: drivertest.Testdata("refused.json")})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
	if diags.HasError() || !state.Exists() || state.Tainted || state.Text("status") != "ATTEMPT" || state.Get("activate") != true {
		t.Fatalf("%s %v %s", state.Text("status"), state.Get("activate"), diags)
	}
	f.RequireText(diags.Warnings(), append(whole, "not activated", state.Text("id"))...)
	f.RequireCalls("create", "activate")
	after, _, diags := f.ApplyConfig(state, config)
	f.RequireErrors(diags, "", append(whole, "Cannot activate Conomy payment link")...)
	if after.Text("status") != "ATTEMPT" {
		t.Errorf("status %s", after.Text("status"))
	}
	remove()
	if after, _, diags = f.ApplyConfig(after, config); len(diags) > 0 || after.Text("status") != "ACTIVE" || held(f, after).Status != "ACTIVE" {
		t.Errorf("%s %s", after.Text("status"), diags)
	}
	f.RequireNoDrift(after, config)
	f.RequireReplacement(after, small(object{"activate": false}), []string{"activate"}, "cannot be replaced yet")
}

// Refused or without an answer, it is the link that tells (contract 8.2).
func TestActivatedAllTheSame(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"dropped after": {Kind: fault.Drop, After: true}, "500 after": {Status: 500, After: true}, "html after": {Kind: fault.HTML, After: true},
		"truncated": {Kind: fault.Truncate}, "empty": {Kind: fault.Empty, After: true}, "409": {Status: 409, After: true}, "422": {Status: 422, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			fault.Op = "activate"
			f.Sandbox.Inject(fault)
			config := small(object{"activate": true})
			state := f.Create(config)
			f.RequireCalls("create", "activate", "get")
			if state.Text("status") != "ACTIVE" {
				t.Errorf("status %s", state.Text("status"))
			}
			f.RequireNoDrift(state, config)
		})
	}
}

// A state that is out of date. The error says what the link is.
func TestActivationOfAnEndedLink(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"ACTIVE", "EXPIRED"} {
		f := harness.Start(t)
		state := f.Create(small())
		plan := f.Plan(state, small(object{"activate": true}))
		become(f, state, status)
		after, diags := f.Apply(plan)
		f.RequireCalls("activate", "get")
		if status == "ACTIVE" {
			if len(diags) > 0 || after.Text("status") != "ACTIVE" {
				t.Errorf("%s %s", after.Text("status"), diags)
			}
			continue
		}
		f.RequireErrors(diags, "", "cannot be activated", "The link is EXPIRED", "422", "failedPrecondition")
	}
}

// The vendor may restart the clock.
func TestRestartedClock(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	sandboxOf(f).Set(func(s *switches) { s.RestartClock = true })
	state := f.Create(small())
	become(f, state, "ATTEMPT")
	config := small(object{"activate": true})
	after, _, diags := f.ApplyConfig(state, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	after = f.RequireNoDrift(after, config)
	if after.Text("created_at") == state.Text("created_at") || after.Text("expires_at") == state.Text("expires_at") {
		t.Error("the new times are not shown after a refresh")
	}
}

// A link that asks for other money than its arguments, and could not be revoked at once, is replaced: it was never activated, so that nobody can have paid it.
func TestLinkOfOtherMoneyIsReplaced(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string]object{"at once": {"activate": true}, "later": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			f.Switch(`{"inflated":true}`)
			remove := f.Sandbox.Inject(fault.Fault{Op: "delete", Status: http.StatusForbidden, Body: drivertest.Testdata("refused.json")})
			state, _, diags := f.ApplyConfig(protocoltest.State{}, small(changes))
			if diags.HasError() || state.Text("status") != "ATTEMPT" {
				t.Fatalf("%s %s", state.Text("status"), diags)
			}
			remove()
			f.Switch(`{"inflated":false}`)
			config := small(object{"activate": true})
			f.RequireReplacement(state, config, []string{"state"}, state.Text("id"), state.Text("total_amount"), "never activated")
			fresh, _, diags := f.ApplyConfig(state, config)
			if diags.HasError() || fresh.Text("id") == state.Text("id") || fresh.Text("status") != "ACTIVE" || f.CallCount("activate") != 1 {
				t.Errorf("%s %s", fresh.Text("status"), diags)
			}
			f.RequireNoDrift(fresh, config)
		})
	}
}
