package lifecycle_test

import (
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// testDestroy is a destroy under the policies. Without a refresh the state is from before the change.
func (c *lifecycleCase) testDestroy(p policies, refreshed bool) {
	c.Helper()
	state, _ := c.begin(p)
	if refreshed {
		state, _ = c.Refresh(state)
		c.ResetCalls()
		if !state.Exists() {
			if c.row.PlanOutcome(c.replaceWhen(p)) != lifecycle.PlanRecreate {
				c.Error("a refresh dropped the link")
			}
			return
		}
	}
	outcome := c.row.DestroyOutcome(c.v, p.onDestroy, refreshed)
	c.destroy(state, p, outcome, refreshed, outcome.Expected().Calls)
}

// destroy plans and applies a destroy, and expects its outcome.
func (c *lifecycleCase) destroy(state protocoltest.State, p policies, outcome lifecycle.DestroyOutcome, refreshed bool, calls []string) {
	c.Helper()
	id, want, began := state.Text("id"), outcome.Expected(), c.Clock.Now()
	payable := c.link(id).Payable
	plan := c.Plan(state, nil)
	warned := refreshed && (c.row.PlanWarns && p.onDestroy == lifecycle.Revoke || c.row.WarnsOfPayment(c.v, p.onDestroy))
	c.requirePlanText(plan.Diagnostics, state, want, warned, p)
	after := state
	if !plan.HasError() {
		var diags protocoltest.Diagnostics
		after, diags = c.Apply(plan)
		c.requireApplyText(diags, state, want)
	}
	if c.situation.Gone && slices.Contains(calls, "end") { // the list confirms a 404
		calls = append(slices.Clone(calls), c.d.Operations.List)
	}
	c.requireCalls(calls)
	if failed := want.PlanSeverity == lifecycle.Error || want.ApplySeverity == lifecycle.Error; after.Exists() != failed {
		c.Errorf("%q under %v: in state %t", outcome, p, after.Exists())
	}
	if now := c.link(id).Payable; now != (payable && !want.Ends) {
		c.Errorf("%q under %v: payable %t, was %t", outcome, p, now, payable)
	}
	if waited := c.Clock.Now().Sub(began) >= 2*time.Minute; waited != (outcome == lifecycle.WaitThenEnd) {
		c.Errorf("%q under %v: took %s", outcome, p, c.Clock.Now().Sub(began))
	}
}

// requirePlanText expects what the plan of a destroy says; warned tells whether it warns of what stands in the way.
func (c *lifecycleCase) requirePlanText(diags protocoltest.Diagnostics, state protocoltest.State, want lifecycle.ExpectedDestroy, warned bool, p policies) {
	c.Helper()
	text := want.Text
	if want.PlanText != "" {
		text = want.PlanText
	}
	if warned {
		if text = c.row.ReplaceOutcome().Expected().PlanText; c.row.WarnsOfPayment(c.v, p.onDestroy) {
			text = "A payment is in progress"
		}
	}
	c.requireDiagnostics("plan", diags, state, count(want.PlanSeverity == lifecycle.Error), count(want.PlanSeverity == lifecycle.Warning)+count(warned), text)
}

// requireApplyText expects what the apply of a destroy says.
func (c *lifecycleCase) requireApplyText(diags protocoltest.Diagnostics, state protocoltest.State, want lifecycle.ExpectedDestroy) {
	c.Helper()
	text := []string{want.Text}
	if want.ApplySeverity == lifecycle.Error {
		text = append(text, "stays in state", "`"+string(c.row.State)+"`")
	}
	c.requireDiagnostics("apply", diags, state, count(want.ApplySeverity == lifecycle.Error), count(want.ApplySeverity == lifecycle.Warning), text...)
}

// testRefusedDestroy has the vendor refuse with another status than its own, once where it is waited for the link.
func (c *lifecycleCase) testRefusedDestroy(status int) {
	c.Helper()
	p := policies{onDestroy: lifecycle.Revoke}
	state, _ := c.begin(p)
	outcome := c.row.RefusedDestroy()
	injected := fault.Fault{Vendor: c.v.Name, Op: c.v.Call, Kind: fault.Answer, Status: status, Body: `{"message":"not just now"}`, ContentType: "application/json"}
	calls := slices.Clone(outcome.Expected().Calls)
	switch {
	case outcome == lifecycle.WaitThenEnd:
		injected.Times = 1
		if status == http.StatusNotFound {
			calls = []string{"end", "get", "end", "get", "end"}
		}
	case status == http.StatusNotFound && outcome.Expected().ApplySeverity == lifecycle.Error: // not found, and yet there: tried once more
		calls = append(calls, calls...)
	}
	defer c.Sandbox.Inject(injected)()
	c.destroy(state, p, outcome, false, calls)
}
