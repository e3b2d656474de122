package conomy_test

import (
	"net/http"
	"slices"
	"testing"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestActivate at the create and in place; false over true replaces, but not while the link is still dormant.
func TestActivate(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	config := small(object{"activate": true})
	state := b.Create(config)
	b.RequireCalls("create", "activate")
	if state.Text("status") != "ACTIVE" || state.Text("state") != "open" || b.held(state).Status != "ACTIVE" {
		t.Errorf("status %s", state.Text("status"))
	}
	state = b.RequireNoDrift(state, config)
	state = b.RequireNoDrift(state, small())
	plan := b.Plan(state, small(object{"activate": false}))
	if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"activate"}) || len(plan.Warnings()) != 1 {
		t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}

	later := b.Create(full())
	b.ResetCalls()
	config = full(object{"activate": true})
	plan = b.Plan(later, config)
	if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 || plan.Planned("status") != unknown {
		t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}
	later, diags := b.Apply(plan)
	if len(diags) > 0 || later.Text("status") != "ACTIVE" {
		t.Fatalf("%s: %s", later.Text("status"), diags)
	}
	b.RequireCalls("activate")
	b.RequireNoDrift(later, config)
}

// TestActivationFails: at the create the link stays in state with a warning, and the next apply tries again; in place it is
// an error that changes nothing.
func TestActivationFails(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	config := small(object{"activate": true})
	remove := b.Sandbox.Inject(fault.Fault{Op: "activate", Status: http.StatusForbidden, Body: string(testdata(t, "refused.json"))})
	state, _, diags := b.ApplyConfig(protocoltest.State{}, config)
	if diags.HasError() || !state.Exists() || state.Tainted || state.Text("status") != "ATTEMPT" || state.Get("activate") != true {
		t.Fatalf("%s %v %s", state.Text("status"), state.Get("activate"), diags)
	}
	b.RequireText(diags.Warnings(), append(whole, "not activated", state.Text("id"))...)
	b.RequireCalls("create", "activate")

	after, plan, diags := b.ApplyConfig(state, config)
	b.RequireErrors(diags, "", append(whole, "Cannot activate Conomy payment link")...)
	if plan.Action != protocoltest.Update || after.Text("status") != "ATTEMPT" {
		t.Errorf("%s, %s", plan.Action, after.Text("status"))
	}
	remove()
	if given, plan, diags := b.ApplyConfig(after, small(object{"activate": false})); plan.Action != protocoltest.Update || len(diags) > 0 || given.Get("activate") != false {
		t.Errorf("false while dormant: %s %s", plan.Action, diags)
	}
	after, _, diags = b.ApplyConfig(after, config)
	if len(diags) > 0 || after.Text("status") != "ACTIVE" {
		t.Errorf("%s %s", after.Text("status"), diags)
	}
	b.RequireNoDrift(after, config)
}

// TestActivatedAllTheSame: refused or without an answer, it is the link that tells (row 2).
func TestActivatedAllTheSame(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"dropped after": {Kind: fault.Drop, After: true}, "500 after": {Status: 500, After: true}, "html after": {Kind: fault.HTML, After: true},
		"truncated": {Kind: fault.Truncate}, "empty": {Kind: fault.Empty, After: true}, "409": {Status: 409, After: true}, "422": {Status: 422, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			fault.Op = "activate"
			b.Sandbox.Inject(fault)
			config := small(object{"activate": true})
			state := b.Create(config)
			b.RequireCalls("create", "activate", "get")
			if state.Text("status") != "ACTIVE" {
				t.Errorf("status %s", state.Text("status"))
			}
			b.RequireNoDrift(state, config)
		})
	}
}

// TestActivationOfAnEndedLink: a state that is out of date. The error says what the link is.
func TestActivationOfAnEndedLink(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"ACTIVE", "EXPIRED"} {
		b := newBench(t)
		state := b.Create(small())
		plan := b.Plan(state, small(object{"activate": true}))
		b.become(state, statusOf(status))
		after, diags := b.Apply(plan)
		b.RequireCalls("activate", "get")
		if status == "ACTIVE" {
			if len(diags) > 0 || after.Text("status") != "ACTIVE" {
				t.Errorf("%s %s", after.Text("status"), diags)
			}
			continue
		}
		b.RequireErrors(diags, "", "cannot be activated", "The link is EXPIRED", "422", "failedPrecondition")
	}
}

func statusOf(word string) status { return status{force: word} }

// TestRestartedClock: the vendor may restart the clock.
func TestRestartedClock(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	conomysandbox.From(b.Sandbox).Set(func(s *switches) { s.RestartClock = true })
	state := b.Create(small())
	b.become(state, statusOf("ATTEMPT"))
	config := small(object{"activate": true})
	after, _, diags := b.ApplyConfig(state, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	after = b.RequireNoDrift(after, config)
	if after.Text("created_at") == state.Text("created_at") || after.Text("expires_at") == state.Text("expires_at") {
		t.Error("the new times are not shown after a refresh")
	}
}
