package powens_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestRewritten: another way to write the same link is no change, whatever the state holds.
func TestRewritten(t *testing.T) {
	t.Parallel()
	rewrites := map[string][]object{
		"small": {
			{"amount": "50.9"}, {"amount": "050.9000000000"}, {"redirect": false}, {"payer_identity.kind": "individual"}, {"payer_identity.pep": false},
		},
		"full":        {{"amount": "9.50"}, {"amount": "9.500"}, {"redirect": nil}},
		"redirecting": {{"redirect": true}},
	}
	for name, changes := range rewrites {
		for i, change := range changes {
			t.Run(name+" "+strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				state := b.Create(shapes[name]())
				state = b.RequireNoDrift(state, shapes[name](change))
				b.RequireNoDrift(state, shapes[name]())

				b.RequireNoDrift(b.taken(state.Text("id")), shapes[name](change))
				again := b.Create(shapes[name](change))
				again = b.RequireNoDrift(again, shapes[name](change))
				b.RequireNoDrift(again, shapes[name]())
				for op, most := range map[string]int{"revoke": 0, "list": 1} { // one list before the first create
					if n := b.CallCount(op); n > most {
						t.Errorf("%d requests %q", n, op)
					}
				}
			})
		}
	}
}

// kept lists the arguments that stay what the link has when the configuration leaves them out.
func kept(s *protocoltest.Server) []string {
	var out []string
	for _, path := range arguments(s) {
		attribute := attributeAt(s, path)
		if attribute.Optional && attribute.Computed && attribute.NestedType == nil && path != "redirect" && path != "redirect_state" && !slices.Contains([]string{
			"beneficiary_identity.kind", "payer_identity.kind", "operator_identity.kind", // these have a default
		}, path) {
			out = append(out, path)
		}
	}
	return out
}

// TestLeftOut: null (and for texts "") for what the link has, whether the configuration once said it or the vendor filled
// it in.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.FillIssuer = true })
	made, filled := b.Create(full()), b.Create(small())
	imported, everything := b.taken(made.Text("id")), full()
	for _, path := range kept(b.Server) {
		written := []any{nil, ""}
		if top := tfconfig.Lookup(full(), path); top == true || top == nil {
			written = []any{nil}
		}
		for _, value := range written {
			b.RequireEmptyPlan(made, full(object{path: value}))
			if filled.Get(path) != nil {
				b.RequireEmptyPlan(filled, small(object{path: value}))
			}
		}
		everything = tfconfig.With(everything, path, nil)
	}
	b.RequireNoDrift(made, everything)
	b.RequireNoDrift(imported, everything)
	for _, path := range []string{"reference_id", "beneficiary.issuer", "payer_identity.pep"} {
		if filled.Get(path) == nil {
			t.Errorf("%s was not filled in", path)
		}
	}
}

// TestGeneratedConfiguration: what Terraform writes for an import block plans empty: null for every sensitive attribute.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		for _, sensitive := range []string{"echo", "null", "omit"} {
			b := newBench(t)
			powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.Sensitive = sensitive })
			state := b.taken(b.Create(shape()).Text("id"))
			config := object{}
			for _, path := range arguments(b.Server) {
				attribute := attributeAt(b.Server, path)
				if value := state.Get(path); attribute.NestedType == nil && !attribute.Sensitive && value != nil {
					if text, ok := value.(string); ok && attribute.Type.String() == "tftypes.Number" {
						number, err := strconv.Atoi(text)
						if err != nil {
							t.Fatal(err)
						}
						value = number
					}
					config = tfconfig.With(config, path, value)
				}
			}
			t.Logf("%s, %s: %v", name, sensitive, config)
			b.RequireNoDrift(state, config)
		}
	}
}

// TestEmptied: "" where the state has null cannot plan as null (Terraform's core wants the configuration's value), so it
// changes in place, once, without a request.
func TestEmptied(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"payer_identity.email", "payer_identity.external_ref", "beneficiary.issuer", "redirect_uri", "redirect_state"} {
		b := newBench(t)
		state := b.Create(small())
		b.ResetCalls()
		plan := b.Plan(state, small(object{path: ""}))
		if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
			t.Fatalf("%s: %s because of %v %s", path, plan.Action, plan.Because, plan.Diagnostics)
		}
		state, diags := b.Apply(plan)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		b.RequireCalls()
		b.RequireNoDrift(state, small(object{path: ""}))
	}
}

// TestStateLeftOut: a link made with a state of "" goes on without one, which is how engines generate its configuration; one
// with another state would be another link then, and that needs one.
func TestStateLeftOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	without := redirecting(object{"redirect_state": nil})
	state := b.taken(b.Create(redirecting()).Text("id"))
	b.ResetCalls()
	b.RequireEmptyPlan(state, without)
	b.RequireCalls()
	b.RequireNoDrift(state, without)
	b.RequireErrors(b.Plan(b.Create(redirecting(object{"redirect_state": "order-1"})), without).Errors(), "redirect_state", "A new link with a redirect needs")
}

// TestPolicies change in place, without a request.
func TestPolicies(t *testing.T) {
	t.Parallel()
	policies := map[string]any{
		"replace_when": list{"expired", "paid"}, "on_destroy": "abandon", "timeouts": object{"create": "1m", "read": "1m", "delete": "1m"},
	}
	for _, name := range slices.Sorted(maps.Keys(policies)) {
		for _, shape := range shapes {
			b := newBench(t)
			state := b.Create(shape())
			b.ResetCalls()
			config := shape(object{name: policies[name]})
			plan := b.Plan(state, config)
			if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s: %s because of %v %s", name, plan.Action, plan.Because, plan.Diagnostics)
			}
			state, diags := b.Apply(plan)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls()
			b.RequireNoDrift(state, config)
		}
	}
}
