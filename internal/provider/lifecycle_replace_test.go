package provider_test

import (
	"maps"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// replaced: the configuration has changed. Where the old link cannot be ended, no new one is made.
func (g *stage) replaced(p policies) {
	g.Helper()
	state, _ := g.begin(p)
	fresh, diags := g.Refresh(state)
	g.says("refresh", diags, state, 0, one(g.s.Gone), "no longer exists")
	g.Forget()
	ending := g.row.End(g.v, p.onDestroy, true)
	if g.row.Plan(g.replaceWhen(p)) == lifecycle.Anew {
		fresh, ending = acctest.State{}, lifecycle.Silent
	}
	change := g.change(p, ending)
	config := g.config(p, change)
	plan := g.Plan(fresh, config)
	g.asked()
	if g.replacing(plan, state, p, change); !plan.HasError() {
		g.carried(plan, state, config, ending, p)
	}
}

// change is an argument with another value; a unique one, too, where the old link stays at the vendor.
func (g *stage) change(p policies, ending lifecycle.Ending) object {
	change := maps.Clone(g.c.change)
	if stays := ending == lifecycle.WasPaid || p.onDestroy == lifecycle.Abandon; g.v.Unique != "" && stays && !g.s.Gone {
		change[g.v.Unique] = g.unique() + "-again"
	}
	return change
}

// replacing expects the plan of a replacement.
func (g *stage) replacing(plan acctest.Plan, state acctest.State, p policies, change object) {
	g.Helper()
	because := slices.Sorted(maps.Keys(change))
	failed, warning := g.warns(p)
	switch g.row.Plan(g.replaceWhen(p)) {
	case lifecycle.Anew:
		g.says("plan", plan.Diagnostics, state, 0, 0)
		if plan.Action != acctest.Create {
			g.Errorf("plan: %s because of %v", plan.Action, plan.Because)
		}
		return
	case lifecycle.Renewed:
		because, warning = slices.Sorted(slices.Values(append(because, "state"))), "will be replaced"
	}
	g.says("plan", plan.Diagnostics, state, one(failed), one(warning != "" && !failed), warning)
	slices.Sort(plan.Because)
	if !failed && (plan.Action != acctest.Replace || !slices.Equal(plan.Because, because)) {
		g.Errorf("plan: %s because of %v, want a replacement because of %v", plan.Action, plan.Because, because)
	}
}

// warns: the plan of a replacement fails under the policies, or has words of a warning.
func (g *stage) warns(p policies) (failed bool, words string) {
	switch over := g.row.State.Over(); {
	case p.onDestroy == g.v.OnDestroy[0]:
		return false, g.row.Replace().Change().Planned
	case over:
		return false, ""
	case p.onDestroy == lifecycle.Fail:
		return true, "`fail`"
	}
	return false, "both be payable"
}

// carried: the replacement is done as planned.
func (g *stage) carried(plan acctest.Plan, state acctest.State, config object, ending lifecycle.Ending, p policies) {
	g.Helper()
	id, links, payable := state.Text("id"), len(g.Sandbox.Overview()), g.payable(state.Text("id"))
	fact, want := ending.Fact(), lifecycle.Change{Made: true, Said: ending.Fact().Words}
	if p.onDestroy == g.v.OnDestroy[0] && plan.Action == acctest.Replace {
		want = g.row.Replace().Change()
	}
	after, diags := g.Apply(plan)
	g.applied(diags, state, fact)
	if want.Said != "" {
		g.Has(diags.Warnings(), want.Said)
	}
	if ended := payable && !g.payable(id); ended != (want.Ends && payable) {
		g.Errorf("%q: the old link was ended: %t", ending, ended)
	}
	if !want.Made {
		g.asked(fact.Asked)
		if after.Text("id") != id || len(g.Sandbox.Overview()) != links {
			g.Errorf("%q: replaced by %s, or its state is lost", ending, after.Text("id"))
		}
		return
	}
	g.asked(fact.Asked, []string{"create"})
	if !after.Exists() || after.Text("id") == id {
		g.Errorf("%q: no new link", ending)
	}
	if p.replaceWhen == nil {
		g.Quiet(after, config)
		g.Forget()
	}
}
