package provider_test

import (
	"maps"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// planned: refresh and plan of an unchanged configuration, and the same after an import. What the plan says is then done.
func (g *stage) planned(replaceWhen []lifecycle.State) {
	g.Helper()
	p := policies{replaceWhen: replaceWhen}
	state, config := g.begin(p)
	g.imported(state, config, p)

	want := g.row.Plan(g.replaceWhen(p))
	fresh, diags := g.Refresh(state)
	gone := want == lifecycle.Anew || want == lifecycle.Kept
	g.says("refresh", diags, state, 0, one(gone), "no longer exists")
	g.asked(g.read())
	if fresh.Exists() == (want == lifecycle.Anew) {
		g.Errorf("in state: %t", fresh.Exists())
	}
	if fresh.Exists() {
		g.shows(state, fresh)
	}
	g.plans(state, fresh, config, want)
}

// shows: the state has the vendor's words, and ours.
func (g *stage) shows(before, fresh acctest.State) {
	g.Helper()
	want := object{"state": string(g.row.State), "url": before.Text("url"), "id": before.Text("id")}
	switch {
	case g.v.Name == "powens":
		maps.Copy(want, g.attempted())
		if (fresh.Get("revoked_at") != nil) != (g.s.Date == lifecycle.ToCome || g.s.Date == lifecycle.Past) {
			g.Errorf("revoked_at %v", fresh.Get("revoked_at"))
		}
		if paid := !slices.Contains([]string{"", lifecycle.NoAttempt, lifecycle.NotYetPaid}, g.s.Status); (fresh.Get("last_payment_id") != nil) != paid {
			g.Errorf("last_payment_id %v", fresh.Get("last_payment_id"))
		}
	case g.s.Gone:
		want["status"] = g.v.Born // as last seen
	default:
		want["status"] = g.s.Status
	}
	for name, value := range want {
		if got := fresh.Get(name); got != value {
			g.Errorf("%s is %v, want %v", name, got, value)
		}
	}
}

// attempted is Powens' word for the latest attempt.
func (g *stage) attempted() object {
	switch g.s.Status {
	case lifecycle.NoAttempt:
		return object{"attempt_state": nil}
	case lifecycle.Outage, "": // gone: as last seen
		return object{"attempt_state": "unavailable"}
	}
	return object{"attempt_state": g.s.Status}
}

// plans expects the plan of a refreshed state, and does it where it replaces.
func (g *stage) plans(before, fresh acctest.State, config object, want lifecycle.Plan) {
	g.Helper()
	if !fresh.Exists() {
		fresh = acctest.State{}
	}
	plan := g.Plan(fresh, config)
	action, warned := acctest.Nothing, 0
	var because, words []string
	switch want {
	case lifecycle.Reported:
		warned, words = 1, []string{"stays as it is", "replace_when", "-replace"}
	case lifecycle.Renewed:
		// An unchanged unique argument is taken still, where the old link stays.
		taken := g.v.Unique != "" && g.row.Destroy == lifecycle.WasPaid
		action, because, warned, words = acctest.Replace, []string{"state"}, 1+one(taken), []string{"will be replaced", "replace_when"}
	case lifecycle.Anew:
		action = acctest.Create
	}
	if plan.Action != action || !slices.Equal(plan.Because, because) {
		g.Errorf("plan: %s because of %v, want %s because of %v", plan.Action, plan.Because, action, because)
	}
	g.says("plan", plan.Diagnostics, before, 0, warned, words...)
	g.asked()
	if action != acctest.Nothing {
		g.renews(before, plan, config)
	}
}

// renews: the planned replacement is done, and there is nothing left to do.
func (g *stage) renews(before acctest.State, plan acctest.Plan, config object) {
	g.Helper()
	ending := lifecycle.Silent
	if plan.Action == acctest.Replace {
		ending = g.row.End(g.v, g.v.OnDestroy[0], true)
	}
	fact := ending.Fact()
	after, diags := g.Apply(plan)
	if g.v.Unique != "" && ending == lifecycle.WasPaid {
		g.asked(fact.Asked, []string{"create", "list"})
		g.says("apply", diags, before, 1, 1, "409", g.unique())
		return
	}
	g.asked(fact.Asked, []string{"create"})
	g.says("apply", diags, before, 0, one(fact.Said == lifecycle.Warning), fact.Words)
	if after.Text("id") == before.Text("id") || after.Text("state") != "open" {
		g.Errorf("the same link, or not open: %s", after.Text("state"))
	}
	g.Quiet(after, config)
	g.Forget()
}

// kept is the `replace_when` that an import writes: a link that it finds over is kept as it is.
func (g *stage) kept() []lifecycle.State {
	return slices.DeleteFunc(slices.Clone(g.v.ReplaceWhen), func(s lifecycle.State) bool { return s == g.row.State })
}

// imported: what the vendor has is in state, and the next plan is that of any other link.
func (g *stage) imported(before acctest.State, config object, p policies) {
	g.Helper()
	id := before.Text("id")
	state, diags := g.Imported(id)
	g.asked([]string{"get"})
	if g.row.Import() == lifecycle.NoLink {
		g.says("import", diags, before, 1, 0, "404")
		if state.Exists() {
			g.Error("a link that is gone was imported")
		}
		return
	}
	g.says("import", diags, before, 0, 0)
	g.shows(before, state)
	plan := g.Plan(state, config)
	want := acctest.Nothing
	switch kind := g.row.Plan(g.replaceWhen(p)); {
	case kind == lifecycle.Renewed:
		want = acctest.Replace
	case g.c.hidden, !slices.Equal(g.replaceWhen(p), g.kept()): // what the import could not know goes in place
		want = acctest.Update
	}
	if plan.HasError() || plan.Action != want {
		g.Errorf("plan after the import: %s because of %v, want %s: %s", plan.Action, plan.Because, want, plan.Diagnostics)
	}
	if over := g.row.State.Over(); (len(plan.Warnings()) > 0) != over {
		g.Errorf("plan after the import of a link that is over (%t): %s", over, plan.Diagnostics)
	}
	g.asked()
}
