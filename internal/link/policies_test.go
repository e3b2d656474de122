package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

var policyOverrides = map[string]Object{
	"replace_when more":   {"replace_when": List{"revoked", "paid"}},
	"replace_when none":   {"replace_when": List{}},
	"replace_paid":        {"replace_paid": true},
	"on_destroy":          {"on_destroy": "fail"},
	"timeouts":            {"timeouts": Object{"create": "10m"}},
	"timeouts.delete":     {"timeouts": Object{"delete": "1h"}},
	"all":                 {"replace_when": List{"expired"}, "replace_paid": true, "on_destroy": "fail", "timeouts": Object{"read": "10s"}},
	"written-out default": {"on_destroy": "abandon", "replace_when": List{"revoked"}, "replace_paid": false},
}

// Policies change in place and without a request, whatever the state's origin.
func TestPoliciesChangeInPlace(t *testing.T) {
	t.Parallel()
	origins := map[string]func(*testing.T, *fixture) protocoltest.State{
		"created": func(_ *testing.T, f *fixture) protocoltest.State { return f.mustCreate(fullConfig()) },
		"imported": func(t *testing.T, f *fixture) protocoltest.State {
			f.mustCreate(fullConfig())
			f.store.ShowHidden = true
			return mustImport(t, f, "pl-1")
		},
		"from before there were policies": func(t *testing.T, f *fixture) protocoltest.State {
			return withoutAttributes(t, f.mustCreate(fullConfig()), "replace_when", "replace_paid", "on_destroy", "timeouts")
		},
	}
	for origin, build := range origins {
		for name, policy := range policyOverrides {
			t.Run(origin+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t)
				state := build(t, f)
				config := fullConfig(policy)
				if origin == "imported" { // it describes the link as the vendor spells it
					config = withValue(config, "return_url", "https://shop.example/done/")
				}
				f.store.TakeCalls()
				plan := f.Plan(resourceType, state, config)
				want := protocoltest.Update
				if name == "written-out default" && origin != "from before there were policies" {
					want = protocoltest.Nothing
				}
				if plan.Action != want || len(plan.Diagnostics) > 0 {
					t.Fatalf("got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				state, diags := f.Apply(plan)
				requireCounts(t, diags, 0, 0)
				f.requireCalls("")
				for path, want := range policy {
					if (path == "on_destroy" || path == "replace_paid") && state.Get(path) != want {
						t.Errorf("%s: %v", path, state.Get(path))
					}
				}
				if state.Text("id") != "pl-1" || identityOf(t, state)["id"] != "pl-1" {
					t.Errorf("another link: %s", state.Raw)
				}
				f.requireNoDrift(state, config)
			})
		}
	}
}

// A refresh fills the defaults into a state without policies, so that the plan is empty.
func TestRefreshFillsInPolicies(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := withoutAttributes(t, f.mustCreate(fullConfig()), "replace_when", "replace_paid", "on_destroy")
	f.requireNoDrift(f.mustRefresh(state), fullConfig())
}

func TestInvalidPolicies(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		policy Object
		at     string
		start  []func(f *fixture)
	}{
		"open in replace_when":              {policy: Object{"replace_when": List{"open"}}, at: "replace_when.*"},
		"revoke where there is no call":     {policy: Object{"on_destroy": "revoke"}, at: "on_destroy"},
		"a time-out that is not a duration": {policy: Object{"timeouts": Object{"create": "soon"}}, at: "timeouts.create"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diags := newFixture(t).Validate(resourceType, fullConfig(tc.policy)); len(diags.ForAttribute(tc.at).Errors()) == 0 {
				t.Errorf("no error at %s: %s", tc.at, diags)
			}
		})
	}
	t.Run("fail where there is a call", func(t *testing.T) {
		t.Parallel()
		if diags := newFixture(t, revocable).Validate(resourceType, fullConfig(Object{"on_destroy": "fail"})); len(diags.ForAttribute("on_destroy").Errors()) == 0 {
			t.Errorf("no error: %s", diags)
		}
	})
	t.Run("the vendor's own rule", func(t *testing.T) {
		t.Parallel()
		if diags := newFixture(t).Validate(resourceType, fullConfig(Object{"title": "forbidden"})); len(diags.ForAttribute("title").Errors()) != 1 {
			t.Errorf("no error: %s", diags)
		}
	})
}

// An unknown `replace_when` cannot decide about a link that has ended: an apply that then replaced it would contradict its plan.
func TestUnknownReplaceWhenOfAnEndedLink(t *testing.T) {
	t.Parallel()
	for state, blocked := range map[string]bool{"open": false, "paid": true, "expired": true, "revoked": true, "processing": false, "unknown": false} {
		f := newFixture(t)
		made := inState(t, f.mustCreate(fullConfig()), state)
		plan := f.Plan(resourceType, made, fullConfig(Object{"replace_when": tfconfig.Unknown}))
		if blocked != plan.HasError() || plan.Action == protocoltest.Replace {
			t.Errorf("%s: %s %s", state, plan.Action, plan.Diagnostics)
		}
		if blocked && len(plan.Errors().ForAttribute("replace_when")) != 1 {
			t.Errorf("%s: not at the attribute: %s", state, plan.Diagnostics)
		}
	}
}

// A link that is gone is dropped by the `replace_when` of the state; a new one that does not ask for it counts all the same.
func TestGoneUnderANewReplaceWhen(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	before := createOld(f, fullConfig())
	f.store.Forget("pl-1")
	if state, _ := f.Refresh(before); state.Exists() {
		t.Fatal("not dropped")
	}
	none := Object{"replace_when": List{}}
	plan := f.Plan(resourceType, protocoltest.State{}, fullConfig(none))
	requireCounts(t, plan.Diagnostics, 1, 0)
	requireText(t, plan.ForAttribute("replace_when"), "pl-1", "https://pay.example/pl-1", "`revoked`", "-refresh=false")
	for name, config := range map[string]Object{"the old policy": fullConfig(), "another link": fullConfig(none, Object{"title": "Another order"})} {
		if plan := f.Plan(resourceType, protocoltest.State{}, config); plan.Action != protocoltest.Create || len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, plan.Diagnostics)
		}
	}
	kept, diags := f.Apply(f.Plan(resourceType, before, fullConfig(none))) // without a refresh, as the error says
	requireCounts(t, diags, 0, 0)
	kept, _ = f.Refresh(kept)
	if kept.Text("state") != "revoked" {
		t.Errorf("%q", kept.Text("state"))
	}
	if plan := f.Plan(resourceType, kept, fullConfig(none)); plan.Action != protocoltest.Nothing {
		t.Errorf("%s: %s", plan.Action, plan.Diagnostics)
	}
}
