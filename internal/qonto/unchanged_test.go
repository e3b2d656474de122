package qonto_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestRewritten: another way to write the same link is no change, whatever the state holds.
func TestRewritten(t *testing.T) {
	t.Parallel()
	rewrites := map[string][]object{
		"basket": {
			{"items.0.unit_price.value": "10.990"}, {"items.0.unit_price.value": "010.99"},
			{"items.0.vat_rate": "21"}, {"items.0.vat_rate": "21.00"}, {"items.0.vat_rate": "021.0"},
			{"amount": object{"value": "13.3", "currency": "EUR"}}, {"amount": object{"value": "13.300", "currency": nil}},
			{"amount": object{"value": nil, "currency": "EUR"}}, {"amount": object{}},
			{"items.0.unit_price.value": "10.9900", "items.0.vat_rate": "21.000", "amount": object{"value": "0013.30", "currency": "EUR"}},
		},
		"full basket": {
			{"potential_payment_methods": list{"paypal", "credit_card"}},
			{"items.0.unit_price.value": "149.5", "items.1.unit_price.value": "9.9000"},
			{"items.0.vat_rate": "20.000", "items.1.vat_rate": "5.50"},
			{"reusable": false},
		},
		"invoice": {
			{"amount.value": "1250"}, {"amount.value": "1250.0"}, {"amount.value": "01250.000"},
			{"reusable": nil}, {"reusable": false},
		},
	}
	for name, changes := range rewrites {
		for i, change := range changes {
			t.Run(name+" "+strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				state := b.Create(shapes[name]())
				state = b.RequireNoDrift(state, shapes[name](change))
				b.RequireNoDrift(state, shapes[name]())

				imported, diags := b.ImportByID(state.Text("id"))
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				b.RequireNoDrift(imported, shapes[name](change))
				again := b.Create(shapes[name](change))
				again = b.RequireNoDrift(again, shapes[name](change))
				b.RequireNoDrift(again, shapes[name]())
				for _, op := range []string{"deactivate", "list"} {
					if n := b.CallCount(op); n > 0 {
						t.Errorf("%d requests %q", n, op)
					}
				}
			})
		}
	}
}

// TestLeftOut: null and "" for what the link has, whether the configuration once said it or the vendor filled it in.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	optional := []string{"items.0.type", "items.0.description", "items.0.measure_unit"}
	for _, written := range []any{nil, ""} {
		for _, path := range optional {
			b := newBench(t)
			state := b.Create(fullBasket())
			b.RequireNoDrift(state, fullBasket(object{path: written}))

			qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.OmittedItemFields = "defaults" })
			state = b.Create(basket(object{path: written}))
			state = b.RequireNoDrift(state, basket(object{path: written}))
			imported, diags := b.ImportByID(state.Text("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			imported = b.RequireNoDrift(imported, basket())
			if imported.Get(path) != nil {
				b.RequireNoDrift(imported, basket(object{path: written}))
			}
		}
		b := newBench(t)
		state := b.Create(invoice())
		state = b.RequireNoDrift(state, invoice(object{"debitor_name": written}))
		if got := state.Text("debitor_name"); got != debitor {
			t.Errorf("debitor_name is %q after a plan that leaves it out", got)
		}
	}
}

// TestEmptied: "" where the state has null cannot plan as null (Terraform's core wants the configuration's value), so it
// changes in place, once, without a request.
func TestEmptied(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"items.0.type", "items.0.description", "items.0.measure_unit", "debitor_name"} {
		b := newBench(t)
		state := b.Create(basket())
		b.ResetCalls()
		plan := b.Plan(state, basket(object{path: ""}))
		if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
			t.Fatalf("%s: %s because of %v %s", path, plan.Action, plan.Because, plan.Diagnostics)
		}
		state, diags := b.Apply(plan)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		b.RequireCalls()
		state = b.RequireNoDrift(state, basket(object{path: ""}))
		b.RequireEmptyPlan(state, basket())
	}
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
