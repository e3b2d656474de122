package link_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

var policyChanges = map[string]Object{
	"replace_when more":   {"replace_when": List{"revoked", "paid"}},
	"replace_when none":   {"replace_when": List{}},
	"on_destroy":          {"on_destroy": "fail"},
	"timeouts":            {"timeouts": Object{"create": "10m"}},
	"timeouts.delete":     {"timeouts": Object{"delete": "1h"}},
	"all three":           {"replace_when": List{"expired"}, "on_destroy": "fail", "timeouts": Object{"read": "10s"}},
	"written-out default": {"on_destroy": "abandon", "replace_when": List{"revoked"}},
}

// Policies change in place and without a call, whatever the state's origin.
func TestPoliciesChangeInPlace(t *testing.T) {
	t.Parallel()
	origins := map[string]func(*testing.T, *world) protocoltest.State{
		"created": func(_ *testing.T, w *world) protocoltest.State { return w.create(full()) },
		"imported": func(t *testing.T, w *world) protocoltest.State {
			w.create(full())
			w.bank.shows = true
			return imported(t, w, "pl-1")
		},
		"from before there were policies": func(t *testing.T, w *world) protocoltest.State {
			return without(t, w.create(full()), "replace_when", "on_destroy", "timeouts")
		},
	}
	for origin, build := range origins {
		for name, policy := range policyChanges {
			t.Run(origin+"/"+name, func(t *testing.T) {
				t.Parallel()
				w := start(t)
				state := build(t, w)
				config := full(policy)
				if origin == "imported" { // it describes the link as the vendor spells it
					config = put(config, "return_url", "https://shop.example/done/")
				}
				w.bank.taken()
				plan := w.Plan(kind, state, config)
				want := protocoltest.Update
				if name == "written-out default" && origin != "from before there were policies" {
					want = protocoltest.Nothing
				}
				if plan.Action != want || len(plan.Diagnostics) > 0 {
					t.Fatalf("got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				state, diags := w.Apply(plan)
				count(t, diags, 0, 0)
				w.calls("")
				for path, want := range policy {
					if path == "on_destroy" && state.Text(path) != want {
						t.Errorf("%s: %v", path, state.Get(path))
					}
				}
				if state.Text("id") != "pl-1" || identity(t, state)["id"] != "pl-1" {
					t.Errorf("another link: %s", state.Raw)
				}
				w.settled(state, config)
			})
		}
	}
}

// A refresh gives a state without policies the defaults, so that the plan is empty.
func TestPoliciesAreFilledIn(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := without(t, w.create(full()), "replace_when", "on_destroy")
	w.settled(w.refresh(state), full())
}

func TestPoliciesRefuse(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		policy Object
		at     string
		start  []func(w *world)
	}{
		"open in replace_when":              {policy: Object{"replace_when": List{"open"}}, at: "replace_when.*"},
		"revoke where there is no call":     {policy: Object{"on_destroy": "revoke"}, at: "on_destroy"},
		"a time-out that is not a duration": {policy: Object{"timeouts": Object{"create": "soon"}}, at: "timeouts.create"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diags := start(t).Validate(kind, full(tc.policy)); len(diags.ForAttribute(tc.at).Errors()) == 0 {
				t.Errorf("no error at %s: %s", tc.at, diags)
			}
		})
	}
	t.Run("fail where there is a call", func(t *testing.T) {
		t.Parallel()
		if diags := start(t, revocable).Validate(kind, full(Object{"on_destroy": "fail"})); len(diags.ForAttribute("on_destroy").Errors()) == 0 {
			t.Errorf("no error: %s", diags)
		}
	})
	t.Run("the vendor's own rule", func(t *testing.T) {
		t.Parallel()
		if diags := start(t).Validate(kind, full(Object{"title": "forbidden"})); len(diags.ForAttribute("title").Errors()) != 1 {
			t.Errorf("no error: %s", diags)
		}
	})
}

// A `replace_when` that is not known while planning cannot decide over a link that has ended: an apply that then replaced
// it would contradict its plan.
func TestReplaceWhenNotKnownYet(t *testing.T) {
	t.Parallel()
	for state, blocked := range map[string]bool{"open": false, "paid": true, "expired": true, "revoked": true, "processing": false, "unknown": false} {
		w := start(t)
		made := became(t, w.create(full()), state)
		plan := w.Plan(kind, made, full(Object{"replace_when": tfconfig.Unknown}))
		if blocked != plan.HasError() || plan.Action == protocoltest.Replace {
			t.Errorf("%s: %s %s", state, plan.Action, plan.Diagnostics)
		}
		if blocked && len(plan.Errors().ForAttribute("replace_when")) != 1 {
			t.Errorf("%s: not at the attribute: %s", state, plan.Diagnostics)
		}
	}
}

// became is a state whose link is in another state.
func became(t *testing.T, state protocoltest.State, is string) protocoltest.State {
	t.Helper()
	attributes := map[string]tftypes.Value{}
	if err := state.Raw.As(&attributes); err != nil {
		t.Fatal(err)
	}
	attributes["state"] = tftypes.NewValue(tftypes.String, is)
	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	return state
}
