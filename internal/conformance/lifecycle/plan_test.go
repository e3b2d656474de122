package lifecycle_test

import (
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// testPlan is refresh and plan of an unchanged configuration, and the same after an import. What the plan says is then
// done.
func (c *lifecycleCase) testPlan(replaceWhen []lifecycle.State) {
	c.Helper()
	p := policies{replaceWhen: replaceWhen}
	state, config := c.begin(p)
	c.testImport(state, config, p)

	want := c.row.PlanOutcome(c.replaceWhen(p))
	fresh, diags := c.Refresh(state)
	gone := want == lifecycle.PlanRecreate || want == lifecycle.PlanKeep
	c.requireDiagnostics("refresh", diags, state, 0, count(gone), "no longer exists")
	c.requireCalls(c.refreshCalls())
	if fresh.Exists() == (want == lifecycle.PlanRecreate) {
		c.Errorf("in state: %t", fresh.Exists())
	}
	if fresh.Exists() {
		c.requireAttributes(state, fresh)
	}
	c.requirePlan(state, fresh, config, want)
}

// requireAttributes expects the vendor's words, and ours.
func (c *lifecycleCase) requireAttributes(before, fresh protocoltest.State) {
	c.Helper()
	want := c.d.Shown(c.situation)
	want["state"], want["url"], want["id"] = string(c.row.State), before.Text("url"), before.Text("id")
	for name, value := range want {
		if got := fresh.Get(name); got != value && (value != descriptor.Present || got == nil) {
			c.Errorf("%s is %v, want %v", name, got, value)
		}
	}
}

// requirePlan expects the plan of a refreshed state, and does it where it replaces.
func (c *lifecycleCase) requirePlan(before, fresh protocoltest.State, config object, want lifecycle.PlanOutcome) {
	c.Helper()
	if !fresh.Exists() {
		fresh = protocoltest.State{}
	}
	plan := c.Plan(fresh, config)
	action, warnings := protocoltest.Nothing, 0
	var because, text []string
	switch want {
	case lifecycle.PlanWarn:
		warnings, text = 1, []string{"is kept", "replace_when", "-replace"}
	case lifecycle.PlanReplace:
		// An unchanged unique argument is taken still, where the old link stays.
		taken := c.d.Unique != "" && c.row.Destroy == lifecycle.WasPaid
		action, because, warnings, text = protocoltest.Replace, []string{"state"}, 1+count(taken), []string{"will be replaced", "replace_when"}
	case lifecycle.PlanRecreate:
		action = protocoltest.Create
	}
	if plan.Action != action || !slices.Equal(plan.Because, because) {
		c.Errorf("plan: %s because of %v, want %s because of %v", plan.Action, plan.Because, action, because)
	}
	c.requireDiagnostics("plan", plan.Diagnostics, before, 0, warnings, text...)
	c.requireCalls()
	if action != protocoltest.Nothing {
		c.applyReplacement(before, plan, config)
	}
}

// applyReplacement does a planned replacement, and expects that nothing is left to do.
func (c *lifecycleCase) applyReplacement(before protocoltest.State, plan protocoltest.Plan, config object) {
	c.Helper()
	outcome := lifecycle.NoCall
	if plan.Action == protocoltest.Replace {
		outcome = c.row.DestroyOutcome(c.v, c.v.OnDestroy[0], true)
	}
	want := outcome.Expected()
	after, diags := c.Apply(plan)
	if c.d.Unique != "" && outcome == lifecycle.WasPaid {
		calls := []string{c.d.Operations.Create}
		if c.d.List != nil { // where what holds the value is looked for
			calls = append(calls, c.d.Operations.List)
		}
		c.requireCalls(want.Calls, calls)
		c.requireDiagnostics("apply", diags, before, 1, 1, "409", c.unique())
		return
	}
	c.requireCalls(want.Calls, []string{c.d.Operations.Create})
	c.requireDiagnostics("apply", diags, before, 0, count(want.ApplySeverity == lifecycle.Warning), want.Text)
	if after.Text("id") == before.Text("id") || after.Text("state") != "open" {
		c.Errorf("the same link, or not open: %s", after.Text("state"))
	}
	c.RequireNoDrift(after, config)
	c.ResetCalls()
}

// importedReplaceWhen is the `replace_when` that an import writes: a link that it finds ended is kept as it is.
func (c *lifecycleCase) importedReplaceWhen() []lifecycle.State {
	return slices.DeleteFunc(slices.Clone(c.v.ReplaceWhen), func(s lifecycle.State) bool { return s == c.row.State })
}

// testImport: what the vendor has is in state, and the next plan is that of any other link.
func (c *lifecycleCase) testImport(before protocoltest.State, config object, p policies) {
	c.Helper()
	state, diags := c.ImportByID(before.Text("id"))
	c.requireCalls([]string{c.d.Operations.Get})
	if c.row.ImportOutcome() == lifecycle.NotFound {
		c.requireDiagnostics("import", diags, before, 1, 0, "404")
		if state.Exists() {
			c.Error("a link that is gone was imported")
		}
		return
	}
	c.requireDiagnostics("import", diags, before, 0, 0)
	c.requireAttributes(before, state)
	plan := c.Plan(state, config)
	want := protocoltest.Nothing
	switch {
	case c.row.PlanOutcome(c.replaceWhen(p)) == lifecycle.PlanReplace:
		want = protocoltest.Replace
	case len(c.d.NeverReturned) > 0, !slices.Equal(c.replaceWhen(p), c.importedReplaceWhen()): // what the import could not know goes in place
		want = protocoltest.Update
	}
	if plan.HasError() || plan.Action != want {
		c.Errorf("plan after the import: %s because of %v, want %s: %s", plan.Action, plan.Because, want, plan.Diagnostics)
	}
	if ended := c.row.State.IsEnded(); (len(plan.Warnings()) > 0) != ended {
		c.Errorf("plan after the import of a link that has ended (%t): %s", ended, plan.Diagnostics)
	}
	c.requireCalls()
}
