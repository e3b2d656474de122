package provider_test

import (
	"net/http"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// destroyed: a destroy under the policies. Without a refresh the state is from before the change.
func (g *stage) destroyed(p policies, refreshed bool) {
	g.Helper()
	state, _ := g.begin(p)
	if refreshed {
		state, _ = g.Refresh(state)
		g.Forget()
		if !state.Exists() {
			if g.row.Plan(g.replaceWhen(p)) != lifecycle.Anew {
				g.Error("a refresh dropped the link")
			}
			return
		}
	}
	ending := g.row.End(g.v, p.onDestroy, refreshed)
	g.ends(state, p, ending, refreshed, ending.Fact().Asked)
}

// ends plans and applies the end of the link.
func (g *stage) ends(state acctest.State, p policies, ending lifecycle.Ending, refreshed bool, asked []string) {
	g.Helper()
	id, fact, began := state.Text("id"), ending.Fact(), g.Clock.Now()
	payable := g.payable(id)
	plan := g.Plan(state, nil)
	foreseen := refreshed && g.row.Foreseen && p.onDestroy == lifecycle.Revoke
	g.announces(plan.Diagnostics, state, fact, foreseen)
	after := state
	if !plan.HasError() {
		var diags acctest.Diagnostics
		after, diags = g.Apply(plan)
		g.applied(diags, state, fact)
	}
	g.asked(asked)
	if failed := fact.Planned == lifecycle.Error || fact.Said == lifecycle.Error; after.Exists() != failed {
		g.Errorf("%q under %v: in state %t", ending, p, after.Exists())
	}
	if now := g.payable(id); now != (payable && !fact.Ends) {
		g.Errorf("%q under %v: payable %t, was %t", ending, p, now, payable)
	}
	if waited := g.Clock.Now().Sub(began) >= 2*time.Minute; waited != (ending == lifecycle.Waited) {
		g.Errorf("%q under %v: took %s", ending, p, g.Clock.Now().Sub(began))
	}
}

// announces expects what a plan says of a link's end.
func (g *stage) announces(diags acctest.Diagnostics, state acctest.State, fact lifecycle.Fact, foreseen bool) {
	g.Helper()
	words := []string{fact.Words}
	if fact.Foretold != "" {
		words = []string{fact.Foretold}
	}
	if foreseen {
		words = []string{g.row.Replace().Change().Planned}
	}
	g.says("plan", diags, state, one(fact.Planned == lifecycle.Error), one(fact.Planned == lifecycle.Warning)+one(foreseen), words...)
}

// applied expects what an apply says of a link's end.
func (g *stage) applied(diags acctest.Diagnostics, state acctest.State, fact lifecycle.Fact) {
	g.Helper()
	words := []string{fact.Words}
	if fact.Said == lifecycle.Error {
		words = append(words, "stays in state", "`"+string(g.row.State)+"`")
	}
	g.says("apply", diags, state, one(fact.Said == lifecycle.Error), one(fact.Said == lifecycle.Warning), words...)
}

// refused: the vendor refuses with another status than its own, once where it is waited for the link.
func (g *stage) refused(status int) {
	g.Helper()
	p := policies{onDestroy: lifecycle.Revoke}
	state, _ := g.begin(p)
	ending := g.row.Refused()
	fault := fault.Fault{Vendor: g.v.Name, Op: g.v.Call, Kind: fault.Answer, Status: status, Body: `{"message":"not just now"}`, ContentType: "application/json"}
	asked := slices.Clone(ending.Fact().Asked)
	fails := ending.Fact().Said == lifecycle.Error
	switch {
	case ending == lifecycle.Waited:
		fault.Times = 1
		if status == http.StatusNotFound {
			asked = []string{"end", "get", "end", "get", "end"}
		}
	case status == http.StatusNotFound && fails: // not found, and yet there: tried once more
		asked = append(asked, asked...)
	}
	defer g.Sandbox.Inject(fault)()
	g.ends(state, p, ending, false, asked)
}
