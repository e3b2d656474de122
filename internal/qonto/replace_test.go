package qonto_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// arguments are the dotted paths of everything of the vendor's that a configuration can name, objects and elements
// included, as the schema has them; list elements are those with index 0.
func arguments(s *protocoltest.Server) []string {
	return below("", s.Schema().ResourceSchemas[typeName].Block.Attributes)
}

func below(prefix string, attributes []*tfprotov6.SchemaAttribute) []string {
	var out []string
	for _, a := range attributes {
		name := strings.TrimPrefix(prefix+"."+a.Name, ".")
		if !a.Optional && !a.Required || slices.Contains([]string{"replace_when", "on_destroy", "timeouts"}, name) {
			continue
		}
		out = append(out, name)
		if a.NestedType == nil {
			continue
		}
		if a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList {
			name += ".0"
			out = append(out, name)
		}
		out = append(out, below(name, a.NestedType.Attributes)...)
	}
	return out
}

// others are values for each argument that differ from those of fullBasket and invoice; nil for an argument that the
// shape does not have.
var others = map[string]struct{ basket, invoice any }{
	"potential_payment_methods": {list{"credit_card"}, list{"paypal"}},
	"items.0.title":             {basket: "Seminar"},
	"items.0.quantity":          {basket: 3},
	"items.0.unit_price.value":  {basket: "149.51"},
	"items.0.unit_price":        {basket: object{"value": "1.00", "currency": "EUR"}},
	// The only other currencies are refused by validation; that they would replace is shown all the same.
	"items.0.unit_price.currency": {basket: "USD"},
	"items.0.vat_rate":            {basket: "19.9"},
	"items.0.type":                {basket: "good"},
	"items.0.description":         {basket: "Three days"},
	"items.0.measure_unit":        {basket: "hour"},
	"items.0": {basket: object{
		"title": "Seminar", "quantity": 1, "unit_price": object{"value": "1.00", "currency": "EUR"}, "vat_rate": "0",
	}},
	"items": {basket: list{object{
		"title": "Workshop", "quantity": 2, "unit_price": object{"value": "149.50", "currency": "EUR"}, "vat_rate": "20",
	}}},
	"reusable":       {true, true}, // refused by validation beside an invoice
	"invoice_id":     {nil, "0194f1c2-5d0a-7c11-9e21-6a1f0f0c7a12"},
	"invoice_number": {nil, "F-2026-0043"},
	"debitor_name":   {nil, "Somebody Else"},
	// Beside items it is only an expectation: TestExpectedOtherwise.
	"amount":          {nil, object{"value": "1.00", "currency": "EUR"}},
	"amount.value":    {nil, "1250.01"},
	"amount.currency": {"USD", "USD"},
}

// TestReplacement: a change of each single argument replaces the link, and the plan shows it at that argument.
func TestReplacement(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	kept := map[string]protocoltest.State{"full basket": b.Create(fullBasket()), "invoice": b.Create(invoice())}
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		other, ok := others[argument]
		if !ok {
			t.Errorf("no other value for the argument %s", argument)
		}
		for name, value := range map[string]any{"full basket": other.basket, "invoice": other.invoice} {
			if value != nil {
				b.replaced(kept[name], shapes[name](object{argument: value}), tfconfig.RootAttribute(argument))
			}
		}
	}
	b.RequireCalls()
	b.RequirePayable(2)
}

// replaced: the plan replaces because of exactly these attributes, and warns that an open link will die.
func (b *bench) replaced(state protocoltest.State, config object, because ...string) protocoltest.Plan {
	b.Helper()
	return b.RequireReplacement(state, config, because, append(slices.Clone(because), "stops working")...)
}

// TestReshaped: lists that shrink, grow or swap, and one shape in place of the other.
func TestReshaped(t *testing.T) {
	t.Parallel()
	full := fullBasket()["items"].(list)
	tests := map[string]struct {
		from, to object
		because  []string
	}{
		"a shrunk list":           {fullBasket(), fullBasket(object{"items": full[:1]}), []string{"items"}},
		"a list without its head": {fullBasket(), fullBasket(object{"items": full[1:]}), []string{"items"}},
		"a grown list":            {fullBasket(), fullBasket(object{"items": append(slices.Clone(full), full[0])}), []string{"items"}},
		"a swapped list":          {fullBasket(), fullBasket(object{"items": list{full[1], full[0]}}), []string{"items"}},
		"a method more":           {fullBasket(), fullBasket(object{"potential_payment_methods": list{"credit_card", "ideal", "paypal"}}), []string{"potential_payment_methods"}},
		"another method":          {fullBasket(), fullBasket(object{"potential_payment_methods": list{"credit_card", "ideal"}}), []string{"potential_payment_methods"}},
		"a type where none was":   {basket(), basket(object{"items.0.type": "service"}), []string{"items"}},
		"two at once":             {basket(), basket(object{"items.0.title": "New", "reusable": false}), []string{"items", "reusable"}},
		"basket to invoice":       {basket(), invoice(object{"potential_payment_methods": list{"credit_card"}, "reusable": false}), []string{"amount", "debitor_name", "invoice_id", "invoice_number", "items", "reusable"}},
		"invoice to basket":       {invoice(), basket(object{"potential_payment_methods": list{"ideal"}}), []string{"invoice_id", "invoice_number", "items", "reusable"}},
		"invoice to basket, amount written": {
			invoice(), basket(object{"reusable": false, "amount": object{"value": "13.30", "currency": "EUR"}}),
			[]string{"amount", "invoice_id", "invoice_number", "items", "potential_payment_methods"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(test.from)
			plan := b.replaced(state, test.to, test.because...)
			b.ResetCalls()
			next, diags := b.Apply(plan)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls("deactivate", "create")
			b.RequirePayable(1)
			if next.Text("id") == state.Text("id") {
				t.Error("the id is still that of the old link")
			}
			b.RequireNoDrift(next, test.to)
		})
	}
}

// TestRemovedObjects: what the configuration no longer names at all. Beside items, amount is only an expectation.
func TestRemovedObjects(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	expected := b.Create(basket(object{"amount": object{"value": "13.30", "currency": "EUR"}}))
	b.RequireNoDrift(expected, basket())

	state := b.Create(basket())
	plan := b.Plan(state, basket(object{"items": nil, "reusable": nil}))
	if plan.Action != protocoltest.Replace || !slices.Contains(plan.Because, "items") {
		if !plan.HasError() { // a new link of neither shape is refused
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		}
	}
	b.RequireErrors(b.Record(b.Server.Validate(typeName, basket(object{"items": nil, "reusable": nil}))), "items")

	collected := b.Create(invoice())
	b.RequireErrors(b.Record(b.Server.Validate(typeName, invoice(object{"amount": nil}))), "amount", "amount")
	if plan := b.Plan(collected, invoice(object{"amount": nil})); plan.Action == protocoltest.Replace {
		t.Errorf("an amount left out replaces because of %v", plan.Because)
	}
}

// TestUnknown: every argument, at every depth, unknown while planning, at create and at change. What may turn out to be
// another value replaces, at its attribute.
func TestUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	kept := map[string]protocoltest.State{"full basket": b.Create(fullBasket()), "invoice": b.Create(invoice()), "basket": b.Create(basket())}
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		for name, shape := range shapes {
			if tfconfig.Lookup(shape(), tfconfig.RootAttribute(argument)) == nil && tfconfig.RootAttribute(argument) != "amount" && tfconfig.RootAttribute(argument) != "reusable" {
				continue
			}
			config := shape(object{argument: unknown})
			if argument == "items.0" {
				b.replaced(kept[name], config, "items")
				continue // TestUnknownElement
			}
			if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
				t.Errorf("%s, %s: validate: %s", name, argument, diags)
			}
			if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 || plan.Action != protocoltest.Create {
				t.Errorf("%s, %s: create: %s %s", name, argument, plan.Action, plan.Diagnostics)
			}
			b.replaced(kept[name], config, tfconfig.RootAttribute(argument))
		}
	}
	everything := object{}
	for _, argument := range arguments(b.Server) {
		if !strings.Contains(argument, ".") {
			everything[argument] = unknown
		}
	}
	if diags := b.Record(b.Server.Validate(typeName, everything)); len(diags) > 0 {
		t.Errorf("everything: validate: %s", diags)
	}
	if plan := b.Plan(protocoltest.State{}, everything); len(plan.Diagnostics) > 0 {
		t.Errorf("everything: create: %s", plan.Diagnostics)
	}
	for _, state := range kept {
		if plan := b.Plan(state, everything); plan.HasError() || plan.Action != protocoltest.Replace {
			t.Errorf("everything: change: %s %s", plan.Action, plan.Errors())
		}
	}
	b.RequireCalls()
}

// TestUnknownElement: one whole item that is unknown, as in `items = [var.item]` while Terraform validates.
func TestUnknownElement(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	config := fullBasket(object{"items.0": unknown})
	if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
		t.Errorf("validate: %s", diags)
	}
	if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
		t.Errorf("create: %s", plan.Diagnostics)
	}
}

// TestUnknownPolicies: a policy that is unknown while planning is no reason to replace.
func TestUnknownPolicies(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	for _, path := range []string{"on_destroy", "replace_when", "timeouts.create", "timeouts"} {
		config := basket(object{path: unknown})
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%s: %s", path, diags)
		}
		if plan := b.Plan(state, config); len(plan.Diagnostics) > 0 || plan.Action != protocoltest.Update {
			t.Errorf("%s: %s %s", path, plan.Action, plan.Diagnostics)
		}
		if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", path, plan.Diagnostics)
		}
	}
}
