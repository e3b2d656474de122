package conformance_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// actionFixture is a link on which a vendor's action can act.
type actionFixture struct {
	*fixture
	descriptor.Action
	verb   string
	config object
	state  protocoltest.State
}

// forEachAction runs a test for every action of every vendor.
func forEachAction(t *testing.T, test func(*actionFixture)) {
	hasActions := func(d descriptor.Descriptor) bool { return len(d.Actions) > 0 }
	forVendors(t, hasActions, func(f *fixture) {
		for verb, action := range f.d.Actions {
			f.Run(verb, func(t *testing.T) {
				t.Parallel()
				test((&actionFixture{Action: action, verb: verb}).in(f.again(t)))
			})
		}
	})
}

// in is the same action on a link of another fixture.
func (a *actionFixture) in(f *fixture) *actionFixture {
	f.Helper()
	out := &actionFixture{fixture: f, Action: a.Action, verb: a.verb}
	out.config = f.d.With(out.changes())
	out.state, _ = f.apply(protocoltest.State{}, out.config)
	f.Clock.Advance(time.Hour)
	f.ResetCalls()
	return out
}

// again is the same action with a sandbox, a provider and a link of its own, for a subtest.
func (a *actionFixture) again(t *testing.T) *actionFixture { return a.in(a.fixture.again(t)) }

// revokes: the action ends a link; the others activate one.
func (a *actionFixture) revokes() bool { return a.Operation == a.d.Operations.Revoke }

// changes are those of the configuration: what a revoke can be too late for is a link that is paid once.
func (a *actionFixture) changes() object {
	if a.revokes() {
		return a.d.Payable
	}
	return nil
}

func (a *actionFixture) id() string     { return a.state.Text("id") }
func (a *actionFixture) status() string { return a.link(a.id()).Status }
func (a *actionFixture) name() string   { return a.d.ActionType(a.verb) }

func (a *actionFixture) invoke() ([]string, protocoltest.Diagnostics) {
	a.Helper()
	return a.InvokeAction(a.name(), object{"id": a.id()})
}

// requireDone expects that the link is as the action leaves it, and that this was said.
func (a *actionFixture) requireDone(progress []string, diags protocoltest.Diagnostics) {
	a.Helper()
	if len(diags) > 0 || a.status() != a.Done {
		a.Errorf("the link is %s: %s", a.status(), diags)
	}
	if len(progress) < 2 || !strings.Contains(progress[len(progress)-1], a.id()) {
		a.Errorf("reported %q", progress)
	}
}

// What users can type is one action for each call that a vendor documents, and no other.
func TestActionsAreThoseOfTheDescriptors(t *testing.T) {
	t.Parallel()
	offered := acctest.Schemas(t).ActionSchemas
	n := 0
	for _, d := range descriptor.All() {
		for verb := range d.Actions {
			n++
			if offered[d.ActionType(verb)] == nil {
				t.Errorf("no %s", d.ActionType(verb))
			}
		}
	}
	if len(offered) != n {
		t.Errorf("%d actions, want %d", len(offered), n)
	}
}

// Every state of a link: what is asked, twice, and what is said.
func TestActionInEveryState(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		for name, s := range a.States {
			a.Run(name, func(t *testing.T) {
				t.Parallel()
				a := a.again(t)
				for _, act := range s.Before {
					a.Sandbox.Simulate(a.id(), act)
				}
				a.ResetCalls()
				text := append([]string{a.id()}, s.Text...)
				for _, calls := range [][]string{s.First, s.Again} {
					progress, diags := a.invoke()
					a.RequireCalls(calls...)
					if s.Fails {
						a.RequireErrors(diags, "", text...)
						continue
					}
					if len(diags) > 0 || len(progress) < 2 {
						a.Fatalf("%q, %s", progress, diags)
					}
					for _, part := range text {
						if !strings.Contains(progress[len(progress)-1], part) {
							a.Errorf("reported %q, without %q", progress, part)
						}
					}
				}
				if a.status() != s.Then {
					a.Errorf("the link is %q, want %q", a.status(), s.Then)
				}
			})
		}
	})
}

// The next plan tells what the action did: a revoked link is replaced, or kept, as its policy says; an activated one is fine.
func TestPlanAfterAnAction(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		a.requireDone(a.invoke())
		keep := object{"replace_when": list{}}
		state, _, diags := a.ApplyConfig(a.state, a.d.With(a.changes(), keep))
		if diags.HasError() || state.Text("id") != a.id() {
			a.Fatal(diags)
		}
		if !a.revokes() {
			if state.Text("status") != a.d.Activation.Active || len(diags) > 0 {
				a.Errorf("%s: %s", state.Text("status"), diags)
			}
			for _, activate := range []any{nil, false} {
				a.RequireNoDrift(state, a.d.With(keep, object{"activate": activate}))
			}
			return
		}
		if state.Text("state") != "revoked" {
			a.Errorf("the state says %s", state.Text("state"))
		}
		a.RequireText(diags.Warnings(), "is revoked", "is kept")
		a.ResetCalls()
		after, plan, diags := a.ApplyConfig(a.state, a.config)
		if diags.HasError() || plan.Action != protocoltest.Replace || after.Text("id") == a.id() {
			a.Errorf("%s: %s", plan.Action, diags)
		}
		a.RequireText(diags.Warnings(), "will be replaced: ", "is revoked", a.id())
		calls := []string{a.d.Operations.Get, a.d.Operations.Create}
		if a.d.NoCreationTime { // what exists is noted again after a minute
			calls = slices.Insert(calls, 1, a.d.Operations.List)
		}
		a.RequireCalls(calls...)
		a.RequirePayable(1)
	})
}

// An id that can be none costs no request. One that is not known yet is not wrong.
func TestActionRefusesAnIDThatIsNone(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		ids := []string{"", " ", "a/b", "..", "pl\n"}
		if a.d.UUID {
			ids = append(ids, "plink_1", a.id()+":revoke")
		}
		for _, id := range ids {
			config := object{"id": id}
			_, invoked := a.Server.InvokeAction(a.Context(), a.name(), config)
			for _, diags := range []protocoltest.Diagnostics{a.Server.ValidateAction(a.name(), config), a.Server.PlanAction(a.name(), config), invoked} {
				a.RequireErrors(a.Record(diags), "id", "No request was sent")
			}
		}
		later := object{"id": tfconfig.Unknown}
		if diags := slices.Concat(a.Server.ValidateAction(a.name(), later), a.Server.PlanAction(a.name(), later)); len(diags) > 0 {
			a.Error(diags)
		}
		a.requireNoRequests()
	})
}
