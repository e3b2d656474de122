package lifecycle_test

import (
	"maps"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// testReplacement: the configuration has changed. Where the old link cannot be ended, no new one is made.
func (c *lifecycleCase) testReplacement(p policies) {
	c.Helper()
	state, _ := c.begin(p)
	fresh, diags := c.Refresh(state)
	c.requireDiagnostics("refresh", diags, state, 0, count(c.situation.Gone), "no longer exists")
	c.ResetCalls()
	outcome := c.row.DestroyOutcome(c.v, p.onDestroy, true)
	if c.row.PlanOutcome(c.replaceWhen(p)) == lifecycle.PlanRecreate {
		fresh, outcome = protocoltest.State{}, lifecycle.NoCall
	}
	change := c.change(p, outcome)
	config := c.config(p, change)
	plan := c.Plan(fresh, config)
	c.requireCalls()
	if c.requireReplacement(plan, state, p, change); !plan.HasError() {
		c.replace(plan, state, config, outcome, p)
	}
}

// testRenewal: the link is about to expire. One that the table renews is replaced like any other, and all others are let be.
func (c *lifecycleCase) testRenewal(p policies) {
	c.Helper()
	state, config := c.begin(p)
	state, _ = c.Refresh(state)
	if !state.Exists() { // gone: there is nothing to renew
		return
	}
	left := time.Hour
	if expires, err := time.Parse(time.RFC3339, state.Text(c.v.Expires)); err == nil && expires.After(c.Clock.Now()) {
		left = expires.Sub(c.Clock.Now())
	}
	config["renew_before"] = (left / 2).String()
	before := c.Plan(state, config)
	if state, _ = c.Apply(before); before.Action == protocoltest.Replace { // a state that is replaced by default
		return
	}
	c.Clock.Advance(left / 2) // nothing changes but the time
	c.ResetCalls()
	plan := c.Plan(state, config)
	c.requireCalls()
	if !c.row.IsRenewed(c.v) {
		if len(plan.Diagnostics) != len(before.Diagnostics) || plan.Action != protocoltest.Nothing {
			c.Errorf("plan: %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
		return
	}
	if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{c.v.Expires}) {
		c.Fatalf("plan: %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}
	c.RequireText(plan.Warnings(), "will be renewed", state.Text("id"), state.Text("url"), "renew_before")
	taken := c.d.Unique != "" && p.onDestroy == lifecycle.Abandon // by the old link
	c.requireDiagnostics("plan", plan.Diagnostics, state, 0, 1+count(c.row.PlanWarns && p.onDestroy == lifecycle.Revoke || taken))
	if taken {
		config[c.d.Unique] = c.unique() + "-again"
		plan = c.Plan(state, config)
		c.ResetCalls()
	}
	c.replace(plan, state, config, c.row.DestroyOutcome(c.v, p.onDestroy, true), p)
}

// change is an argument with another value; a unique one, too, where the old link stays at the vendor.
func (c *lifecycleCase) change(p policies, outcome lifecycle.DestroyOutcome) object {
	change := maps.Clone(c.d.Change)
	if stays := outcome == lifecycle.WasPaid || p.onDestroy == lifecycle.Abandon; c.d.Unique != "" && stays && !c.situation.Gone {
		change[c.d.Unique] = c.unique() + "-again"
	}
	return change
}

// requireReplacement expects the plan of a replacement.
func (c *lifecycleCase) requireReplacement(plan protocoltest.Plan, state protocoltest.State, p policies, change object) {
	c.Helper()
	because := slices.Sorted(maps.Keys(change))
	failed, warning := c.planText(p)
	changed := c.row.ChangeOutcome(c.replaceWhen(p), p.replacePaid)
	if changed == lifecycle.ChangeRefused {
		c.requireDiagnostics("plan", plan.Diagnostics, state, 1, 0, append(because, "replace_paid", "`"+string(c.row.State)+"`")...)
		if len(plan.ForAttribute(because[0])) != 1 {
			c.Errorf("the error is not at %s: %s", because[0], plan.Diagnostics)
		}
		return
	}
	again := changed == lifecycle.ChangeReplacesPaid
	if again {
		c.RequireText(plan.Diagnostics, "requests the money again")
	}
	switch c.row.PlanOutcome(c.replaceWhen(p)) {
	case lifecycle.PlanRecreate:
		c.requireDiagnostics("plan", plan.Diagnostics, state, 0, 0)
		if plan.Action != protocoltest.Create {
			c.Errorf("plan: %s because of %v", plan.Action, plan.Because)
		}
		return
	case lifecycle.PlanReplace:
		because, warning = slices.Sorted(slices.Values(append(because, "state"))), "will be replaced"
	}
	c.requireDiagnostics("plan", plan.Diagnostics, state, count(failed), count(warning != "" && !failed)+count(again), warning)
	slices.Sort(plan.Because)
	if !failed && (plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, because)) {
		c.Errorf("plan: %s because of %v, want a replacement because of %v", plan.Action, plan.Because, because)
	}
}

// planText tells whether the plan of a replacement fails under the policies, and what it says; "" for nothing.
func (c *lifecycleCase) planText(p policies) (failed bool, text string) {
	switch {
	case p.onDestroy == c.v.OnDestroy[0]:
		return false, c.row.ReplaceOutcome().Expected().PlanText
	case c.row.State.IsEnded():
		return false, ""
	case p.onDestroy == lifecycle.Fail:
		return true, "`fail`"
	}
	return false, "will be payable"
}

// replace applies the plan of a replacement, and expects what it said.
func (c *lifecycleCase) replace(plan protocoltest.Plan, state protocoltest.State, config object, outcome lifecycle.DestroyOutcome, p policies) {
	c.Helper()
	id, links := state.Text("id"), len(c.Sandbox.Overview())
	payable := c.link(id).Payable
	destroy := outcome.Expected()
	want := lifecycle.ExpectedReplacement{Creates: true, ApplyText: destroy.Text}
	if p.onDestroy == c.v.OnDestroy[0] && plan.Action == protocoltest.Replace {
		want = c.row.ReplaceOutcome().Expected()
	}
	after, diags := c.Apply(plan)
	c.requireApplyText(diags, state, destroy)
	if want.ApplyText != "" {
		c.RequireText(diags.Warnings(), want.ApplyText)
	}
	if ended := payable && !c.link(id).Payable; ended != (want.Ends && payable) {
		c.Errorf("%q: the old link was ended: %t", outcome, ended)
	}
	if !want.Creates {
		c.requireCalls(destroy.Calls)
		if after.Text("id") != id || len(c.Sandbox.Overview()) != links {
			c.Errorf("%q: replaced by %s, or its state is lost", outcome, after.Text("id"))
		}
		return
	}
	c.requireCalls(destroy.Calls, []string{c.d.Operations.Create})
	if !after.Exists() || after.Text("id") == id {
		c.Errorf("%q: no new link", outcome)
	}
	if p.replaceWhen == nil {
		c.RequireNoDrift(after, config)
		c.ResetCalls()
	}
}
