package conomy_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestActivate at the create and in place; false over true replaces, but not while the link is still dormant.
func TestActivate(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	config := small(object{"activate": true})
	state := f.Create(config)
	f.RequireCalls("create", "activate")
	if state.Text("status") != "ACTIVE" || state.Text("state") != "open" || held(f, state).Status != "ACTIVE" {
		t.Errorf("status %s", state.Text("status"))
	}
	state = f.RequireNoDrift(state, config)
	state = f.RequireNoDrift(state, small())
	plan := f.Plan(state, small(object{"activate": false}))
	if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"activate"}) || len(plan.Warnings()) != 1 {
		t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}

	later := f.Create(full())
	f.ResetCalls()
	config = full(object{"activate": true})
	plan = f.Plan(later, config)
	if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 || plan.Planned("status") != tfconfig.Unknown {
		t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}
	later, diags := f.Apply(plan)
	if len(diags) > 0 || later.Text("status") != "ACTIVE" {
		t.Fatalf("%s: %s", later.Text("status"), diags)
	}
	f.RequireCalls("activate")
	f.RequireNoDrift(later, config)
}

// TestActivationFails: at the create the link stays in state with a warning, and the next apply tries again; in place it is
// an error that changes nothing.
func TestActivationFails(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	config := small(object{"activate": true})
	remove := f.Sandbox.Inject(fault.Fault{Op: "activate", Status: http.StatusForbidden, Body: testdata("refused.json")})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
	if diags.HasError() || !state.Exists() || state.Tainted || state.Text("status") != "ATTEMPT" || state.Get("activate") != true {
		t.Fatalf("%s %v %s", state.Text("status"), state.Get("activate"), diags)
	}
	f.RequireText(diags.Warnings(), append(whole, "not activated", state.Text("id"))...)
	f.RequireCalls("create", "activate")

	after, plan, diags := f.ApplyConfig(state, config)
	f.RequireErrors(diags, "", append(whole, "Cannot activate Conomy payment link")...)
	if plan.Action != protocoltest.Update || after.Text("status") != "ATTEMPT" {
		t.Errorf("%s, %s", plan.Action, after.Text("status"))
	}
	remove()
	if given, plan, diags := f.ApplyConfig(after, small(object{"activate": false})); plan.Action != protocoltest.Update || len(diags) > 0 || given.Get("activate") != false {
		t.Errorf("false while dormant: %s %s", plan.Action, diags)
	}
	after, _, diags = f.ApplyConfig(after, config)
	if len(diags) > 0 || after.Text("status") != "ACTIVE" {
		t.Errorf("%s %s", after.Text("status"), diags)
	}
	f.RequireNoDrift(after, config)
}

// TestActivatedAllTheSame: refused or without an answer, it is the link that tells (contract 8.2).
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

// TestActivationOfAnEndedLink: a state that is out of date. The error says what the link is.
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

// TestRestartedClock: the vendor may restart the clock.
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
