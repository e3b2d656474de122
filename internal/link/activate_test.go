package link_test

import (
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

func TestCreateActivates(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]Object{
		"everything": fullConfig(Object{"activate": true}), "what is required": minimalConfig(Object{"activate": true}),
		"empty text for a default": minimalConfig(Object{"activate": true, "grade": ""}), "as the vendor spells it": answeredConfig(Object{"activate": true}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
			requireCounts(t, diags, 0, 0)
			f.requireCalls("activate=1 create=1")
			if state.Text("status") != "ACTIVE" || state.Get("activate") != true || f.store.Status("pl-1") != "ACTIVE" {
				t.Errorf("status %s, activate %v", state.Text("status"), state.Get("activate"))
			}
			f.requireNoDrift(state, config)
		})
	}
}

// Nobody can pay a link that awaits an activation which nobody asked for: the plan of its create and each later one say so, once. An
// engine plans again when it applies, so that the apply says it too.
func TestNotPayableYet(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		activate any
		warned   int
	}{"left out": {nil, 1}, "false": {false, 1}, "true": {true, 0}, "unknown": {tfconfig.Unknown, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			config := fullConfig(Object{"activate": tc.activate})
			create := f.Plan(resourceType, protocoltest.State{}, config)
			state := f.mustCreate(fullConfig()) // its apply says nothing
			for of, said := range map[string]protocoltest.Diagnostics{
				"create": create.NotPayable, "later": f.Plan(resourceType, state, config).NotPayable,
				"replacement": f.Plan(resourceType, state, withOverrides(config, Object{"title": "Another order"})).NotPayable,
			} {
				if len(said.ForAttribute("activate")) != tc.warned || len(said) != tc.warned {
					t.Errorf("%s: %s", of, said)
				}
				if tc.warned > 0 {
					requireText(t, said, "activate = true", "`open`")
				}
				if of == "later" && tc.warned > 0 {
					requireText(t, said, "pl-1", "https://pay.example/pl-1")
				}
			}
			for _, status := range []string{"ACTIVE", "FINISHED"} {
				f.store.SetStatus("pl-1", status)
				if said := f.Plan(resourceType, f.mustRefresh(state), fullConfig()).NotPayable; len(said) > 0 {
					t.Error(said)
				}
			}
		})
	}
}

// createPending creates a link whose activation fails.
func createPending(t *testing.T, f *fixture, config Object) protocoltest.State {
	t.Helper()
	f.store.FailNext(memdriver.CallActivate, memdriver.Fault{Err: failures()["500"]})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
	requireCounts(t, diags, 0, 1)
	requireText(t, diags, "not activated", "pl-1", "next apply")
	requireText(t, diags, errorParts(failures()["500"])...)
	f.requireCalls("activate=1 create=1")
	if !state.Exists() || state.Tainted || state.Text("status") != "ATTEMPT" || state.Get("activate") != true {
		t.Fatalf("status %s, activate %v", state.Text("status"), state.Get("activate"))
	}
	return state
}

func TestFailedActivationIsRetriedByTheNextApply(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]any{"still true": true, "left out": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			state := f.mustRefresh(createPending(t, f, fullConfig(Object{"activate": true})))
			f.store.TakeCalls()
			config := fullConfig(Object{"activate": next})
			plan := f.Plan(resourceType, state, config)
			if plan.Action != protocoltest.Update || plan.Planned("status") != unknown || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s, status %v: %s", plan.Action, plan.Planned("status"), plan.Diagnostics)
			}
			f.requireCalls("")
			f.store.FailNext(memdriver.CallActivate, memdriver.Fault{Err: failures()["503"]})
			failed, diags := f.Apply(plan)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot activate Memory payment link")
			requireText(t, diags, errorParts(failures()["503"])...)
			if f.requireCalls("activate=1"); !failed.Raw.Equal(state.Raw) || failed.Tainted {
				t.Fatalf("the state moved: %s", failed.Raw)
			}
			state, diags = f.Apply(f.Plan(resourceType, state, config))
			requireCounts(t, diags, 0, 0)
			f.requireCalls("activate=1")
			if state.Text("status") != "ACTIVE" {
				t.Errorf("status %s", state.Text("status"))
			}
			f.requireNoDrift(state, config)
		})
	}
	t.Run("carried out all the same", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		f.store.FailNext(memdriver.CallActivate, memdriver.Fault{Err: failures()["connection lost"], After: true})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig(Object{"activate": true}))
		requireCounts(t, diags, 0, 1)
		f.requireCalls("activate=1 create=1")
		f.requireEmptyPlan(f.Plan(resourceType, f.mustRefresh(state), fullConfig(Object{"activate": true})))
	})
	t.Run("given up", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		state := createPending(t, f, fullConfig(Object{"activate": true}))
		config := fullConfig(Object{"activate": false})
		state, plan, diags := f.ApplyConfig(state, resourceType, config)
		if plan.Action != protocoltest.Update || len(diags) > 0 {
			t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
		}
		f.requireCalls("get=1")
		f.requireNoDrift(state, config)
	})
	t.Run("replaced meanwhile", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t, revocable)
		config := answeredConfig(Object{"activate": true, "title": "New"})
		state, plan, diags := f.ApplyConfig(createPending(t, f, fullConfig(Object{"activate": true})), resourceType, config)
		if plan.Action != protocoltest.Replace || diags.HasError() {
			t.Fatalf("%s: %s", plan.Action, diags)
		}
		f.requireCalls("activate=1 create=1 get=1 revoke=1")
		f.requireNoDrift(state, config)
	})
}

// What the answer to an activation leaves out is as the create answered it, and in the form in which it did.
func TestActivationAnsweredWithLess(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]any{"at the create": true, "in place": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			config := fullConfig(Object{"activate": true, "grade": nil})
			f.store.TerseActivation = true
			state, _, _ := f.ApplyConfig(protocoltest.State{}, resourceType, withOverrides(config, Object{"activate": before}))
			if before == nil {
				state, _, _ = f.ApplyConfig(state, resourceType, config)
			}
			if state.Text("url") == "" || state.Text("grade") != "standard" || state.Text("total") == "" || state.Text("status") != "ACTIVE" {
				t.Errorf("lost: %s", state.Raw)
			}
			f.requireEmptyPlan(f.Plan(resourceType, state, config))
			f.requireEmptyPlan(f.Plan(resourceType, f.mustRefresh(state), config))
		})
	}
}

func TestActivateInPlace(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]any{"from null": nil, "from false": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			state := f.mustCreate(fullConfig(Object{"activate": before}))
			config := fullConfig(Object{"activate": true, "timeouts": Object{"create": "1m"}})
			state, plan, diags := f.ApplyConfig(state, resourceType, config)
			if plan.Action != protocoltest.Update || len(diags) > 0 {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
			}
			if f.requireCalls("activate=1 get=1"); state.Text("id") != "pl-1" || state.Text("status") != "ACTIVE" || identityOf(t, state)["id"] != "pl-1" {
				t.Errorf("%s is %s", state.Text("id"), state.Text("status"))
			}
			f.requireNoDrift(state, config)
		})
	}
}

// Credentials of another account never activate a link.
func TestActivateChecksTheAccountFirst(t *testing.T) {
	t.Parallel()
	f := newFixture(t).withConfig(Object{"account": "shop"})
	state := createOld(f, fullConfig())
	plan := f.Plan(resourceType, state, fullConfig(Object{"activate": true}))
	after, diags := f.withConfig(Object{"account": "bank"}).Apply(plan)
	requireUnchanged(t, state, after)
	requireText(t, diags.Errors(), `"shop"`, `"bank"`, "pl-1")
	f.requireCalls("")
}

func TestActivateOnAnActiveLink(t *testing.T) {
	t.Parallel()
	active := func(f *fixture, config Object) protocoltest.State {
		state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
		requireCounts(t, diags, 0, 0)
		f.store.TakeCalls()
		return state
	}
	t.Run("null keeps", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		f.requireNoDrift(active(f, answeredConfig(Object{"activate": true})), answeredConfig())
	})
	t.Run("false replaces", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t, revocable)
		config := answeredConfig(Object{"activate": false})
		state := active(f, answeredConfig(Object{"activate": true}))
		plan := f.Plan(resourceType, state, config)
		if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"activate"}) {
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		}
		requireCounts(t, plan.Diagnostics, 0, 1)
		requireText(t, plan.Diagnostics, "activate", "stops working")
		state, _, diags := f.ApplyConfig(state, resourceType, config)
		if diags.HasError() || state.Text("id") != "pl-2" || state.Text("status") != "ATTEMPT" {
			t.Errorf("%s is %s: %s", state.Text("id"), state.Text("status"), diags)
		}
		f.requireCalls("create=1 get=1 revoke=1")
		f.requireNoDrift(state, config)
	})
	for status := range statuses {
		t.Run("true over "+status+" that was activated elsewhere", func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, keepsEnded)
			state := f.mustCreate(fullConfig())
			f.store.SetStatus("pl-1", status)
			state = f.mustRefresh(state)
			plan := f.Plan(resourceType, state, fullConfig(Object{"activate": true}))
			if plan.HasError() || plan.Action != protocoltest.Update {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			f.store.TakeCalls()
			_, diags := f.Apply(plan)
			requireCounts(t, diags, 0, 0)
			if status == "ATTEMPT" {
				f.requireCalls("activate=1")
			} else {
				f.requireCalls("")
			}
		})
	}
}

func TestActivateAfterAnImport(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status string
		config any
		calls  string
		action protocoltest.Action
	}{
		"dormant, null":     {"ATTEMPT", nil, "", protocoltest.Nothing},
		"dormant, false":    {"ATTEMPT", false, "", protocoltest.Nothing},
		"dormant, true":     {"ATTEMPT", true, "activate=1", protocoltest.Update},
		"active, null":      {"ACTIVE", nil, "", protocoltest.Nothing},
		"active, true":      {"ACTIVE", true, "", protocoltest.Nothing},
		"active, false":     {"ACTIVE", false, "create=1 get=1", protocoltest.Replace},
		"processing, true":  {"PROCESSING", true, "", protocoltest.Update},
		"processing, false": {"PROCESSING", false, "create=1 get=1", protocoltest.Replace},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.mustCreate(answeredConfig())
			f.store.SetStatus("pl-1", tc.status)
			f.store.ShowHidden = true
			state := mustImport(t, f, "pl-1")
			config := answeredConfig(Object{"activate": tc.config, "replace_paid": tc.status == "PROCESSING"})
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, config)
			if plan.HasError() || plan.Action != tc.action {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			state, diags := f.Apply(plan)
			if diags.HasError() {
				t.Fatal(diags)
			}
			f.requireCalls(tc.calls)
			f.requireNoDrift(state, config)
		})
	}
}

// A link that is gone cannot be activated: it is kept as revoked, reported and left alone.
func TestActivateOnALinkThatIsGone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change Object
		want   protocoltest.Action
	}{
		"still true":           {Object{"activate": true}, protocoltest.Nothing},
		"left out":             {Object{}, protocoltest.Nothing},
		"beside a policy":      {Object{"activate": true, "timeouts": Object{"read": "1m"}}, protocoltest.Update},
		"taken back, unproven": {Object{"activate": false}, protocoltest.Update},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, keepsEnded)
			state := createPending(t, f, fullConfig(Object{"activate": true}))
			f.clock.Advance(time.Hour)
			f.store.Forget("pl-1")
			state, diags := f.Refresh(state)
			requireCounts(t, diags, 0, 1)
			if state.Text("state") != "revoked" {
				t.Fatalf("state %s", state.Text("state"))
			}
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, fullConfig(tc.change))
			if plan.Action != tc.want || len(plan.Warnings()) != 0 {
				t.Errorf("plans %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			if plan.Action == protocoltest.Replace {
				return
			}
			_, diags = f.Apply(plan)
			requireCounts(t, diags, 0, 0)
			f.requireCalls("")
		})
	}
}

// If the answer to a successful activation cannot be mapped, the state keeps the answer to the create.
func TestActivationWithAnInvalidAnswerIsAWarning(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.InvalidActivation = true
	state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig(Object{"activate": true}))
	if diags.HasError() || len(diags.Warnings()) == 0 || state.Tainted {
		t.Fatalf("want warnings only: %s", diags)
	}
	for path, want := range map[string]string{"id": "pl-1", "project": "proj", "total": "109.900", "state": "open", "status": "ATTEMPT"} {
		if got := state.Text(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	f.requireNoDrift(f.mustRefresh(state), fullConfig(Object{"activate": true}))
}
