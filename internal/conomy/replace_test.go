package conomy_test

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
		if !a.Optional && !a.Required || slices.Contains([]string{"replace_when", "on_destroy", "timeouts", "activate"}, name) {
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

// others are values for each argument that is no plain text and differ from those of full.
var others = map[string]any{
	"currency":                        "COP",
	"payment_methods_allowed":         list{"CARD"},
	"customer_requirements":           list{"email"},
	"duration":                        3601,
	"items":                           full()["items"].(list)[:1],
	"items.0":                         object{"pre_tax_amount": "1", "total_amount": "1", "description": "Other"},
	"items.0.pre_tax_amount":          "100.01",
	"items.0.total_amount":            "119.01",
	"items.0.tax":                     nil,
	"items.0.tax.type":                "FIXED",
	"items.0.tax.value":               "19.5",
	"items.0.tax.amount":              "19.01",
	"customer":                        nil,
	"customer.address":                nil,
	"destinations":                    full()["destinations"].(list)[1:],
	"destinations.0":                  object{"amount": "100.00", "account": object{"account_number": "333"}},
	"destinations.0.amount":           "100.01",
	"destinations.0.metadata":         nil,
	"destinations.0.account":          object{"account_number": "333"},
	"destinations.0.account.type":     "FEE",
	"destinations.0.account.currency": "COP",
	"owner":                           object{"identity_id": "other"},
}

// TestReplacement: a change of each single argument replaces the link, and the plan shows it at that argument.
func TestReplacement(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(full())
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		other, ok := others[argument]
		if !ok {
			other = "another"
		}
		b.replaced(state, full(object{argument: other}), tfconfig.RootAttribute(argument))
	}
	b.RequireCalls()
	b.holds(1)
}

// TestRemoved: what the configuration no longer names at all and what nobody fills in.
func TestRemoved(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(full())
	for _, path := range []string{
		"customer", "customer.address", "items.0.tax", "destinations.0.metadata", "destinations.0.external_id", "success_url", "failed_url",
		"customer_requirements",
	} {
		b.replaced(state, full(object{path: nil}), tfconfig.RootAttribute(path))
	}
	for _, path := range []string{"destinations.0.external_id", "success_url", "failed_url"} {
		b.replaced(state, full(object{path: ""}), tfconfig.RootAttribute(path))
	}
}

// replaced: the plan replaces because of exactly these attributes, and warns that an open link will die.
func (b *bench) replaced(state protocoltest.State, config object, because ...string) protocoltest.Plan {
	b.Helper()
	return b.RequireReplacement(state, config, because, append(slices.Clone(because), "stops working")...)
}

// TestReshaped: lists that shrink, grow or swap, and objects that come; each is carried out, the old link first.
func TestReshaped(t *testing.T) {
	t.Parallel()
	items, destinations := full()["items"].(list), full()["destinations"].(list)
	tests := map[string]struct {
		from, to object
		because  []string
	}{
		"a grown list":         {full(), full(object{"items": append(slices.Clone(items), object{"pre_tax_amount": "0", "total_amount": "0", "description": "Gift"})}), []string{"items"}},
		"a shrunk list":        {full(), full(object{"items": items[:1], "destinations.1.amount": "19.00"}), []string{"destinations", "items"}},
		"swapped items":        {full(), full(object{"items": list{items[1], items[0]}}), []string{"items"}},
		"swapped destinations": {full(), full(object{"destinations": list{destinations[1], destinations[0]}}), []string{"destinations"}},
		"a method more":        {full(), full(object{"payment_methods_allowed": list{"CARD", "NEQUI", "PSE"}}), []string{"payment_methods_allowed"}},
		"a tax where none was": {small(), small(object{
			"items.0.pre_tax_amount": "42008", "items.0.tax": object{"name": "IVA", "type": "PERCENTAGE", "value": "19", "amount": "7982"},
		}), []string{"items"}},
		"a customer where none was": {small(), small(object{"customer.email": "payer@planted.example"}), []string{"customer"}},
		"another token":             {small(), small(object{"checkout_token": "invoice-1002"}), []string{"checkout_token"}},
		"two at once":               {small(), small(object{"duration": 60, "owner.name": "Other"}), []string{"duration", "owner"}},
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
			b.RequireCalls("delete", "create")
			b.holds(1)
			if next.Text("id") == state.Text("id") {
				t.Error("the id is still that of the old link")
			}
			b.RequireNoDrift(next, test.to)
		})
	}
}

// TestUnknown: every argument, at every depth, unknown while planning, at create and at change. What may turn out to be
// another value replaces, at its attribute.
func TestUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	kept := map[string]protocoltest.State{"full": b.Create(full()), "small": b.Create(small())}
	b.ResetCalls()
	everything := object{}
	for _, argument := range arguments(b.Server) {
		if !strings.Contains(argument, ".") {
			everything[argument] = unknown
		}
		for name, shape := range shapes {
			parent := strings.TrimSuffix(argument[:max(0, strings.LastIndex(argument, "."))], ".0")
			if parent != "" && tfconfig.Lookup(shape(), parent) == nil {
				continue
			}
			config := shape(object{argument: unknown})
			if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
				t.Errorf("%s, %s: validate: %s", name, argument, diags)
			}
			if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 || plan.Action != protocoltest.Create {
				t.Errorf("%s, %s: create: %s %s", name, argument, plan.Action, plan.Diagnostics)
			}
			b.replaced(kept[name], config, tfconfig.RootAttribute(argument))
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

// TestUnknownPolicies: a policy that is unknown while planning is no reason to replace, nor is `activate`.
func TestUnknownPolicies(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	for _, path := range []string{"on_destroy", "replace_when", "timeouts.create", "timeouts", "activate"} {
		config := small(object{path: unknown})
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
