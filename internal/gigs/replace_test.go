package gigs_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// arguments are the dotted paths of everything of the vendor's that a configuration can name, objects included, as the
// schema has them.
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
		if a.NestedType != nil {
			out = append(out, below(name, a.NestedType.Attributes)...)
		}
	}
	return out
}

// others are values for each argument that differ from those of the shapes. What is write-only cannot be compared.
var others = map[string]any{
	"project": "elsewhere",
	"invoice": otherInvoice,
	// The only other types are refused by validation; that they would replace is shown all the same.
	"type":                  "pix",
	"ebanx":                 object{"user": object{"full_name": "Other", "email": "other@example.com", "tax_number": "11144477735"}},
	"ebanx.redirect_url":    "https://example.com/thanks/?order=1",
	"ebanx.user":            object{"full_name": "Other", "email": "other@example.com", "tax_number": "11144477735"},
	"ebanx.user.full_name":  "Other",
	"ebanx.user.email":      "other@example.com",
	"ebanx.user.tax_number": "29006307203",
	"ebanx.user_wo":         nil, "ebanx.user_wo.full_name": nil, "ebanx.user_wo.email": nil, "ebanx.user_wo.tax_number": nil,
	"ebanx.user_wo_version": 2,
}

// TestReplacement: a change of each single argument replaces the link, and the plan shows it at that argument.
func TestReplacement(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	kept := map[string]protocoltest.State{}
	for name, shape := range shapes {
		kept[name] = b.Create(shape())
	}
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		other, ok := others[argument]
		if !ok {
			t.Errorf("no other value for the argument %s", argument)
		}
		for name, state := range kept {
			if strings.HasPrefix(argument, "ebanx.user.") && name == "write-only" {
				continue // half a payer
			}
			if other != nil {
				b.replaced(state, shapes[name](object{argument: other}), tfconfig.RootAttribute(argument))
			}
		}
	}
	b.RequireCalls()
	b.RequirePayable(len(shapes))
}

// replaced: the plan replaces because of exactly these attributes, and warns that the old link stays payable.
func (b *bench) replaced(state protocoltest.State, config object, because ...string) protocoltest.Plan {
	b.Helper()
	return b.RequireReplacement(state, config, because, "stays payable")
}

// TestReplaced carries a replacement out: one more POST, no other call, and the old link as the warning said.
func TestReplaced(t *testing.T) {
	t.Parallel()
	for name, pair := range map[string][2]object{
		"another invoice":    {stored(), stored(object{"invoice": otherInvoice})},
		"another payer":      {stored(), stored(object{"ebanx.user.full_name": "Other"})},
		"a redirect":         {minimal(), stored()},
		"no redirect":        {stored(), minimal()},
		"another slash":      {stored(object{"ebanx.redirect_url": "https://example.com/a"}), stored(object{"ebanx.redirect_url": "https://example.com/a/"})},
		"another version":    {writeOnly(), writeOnly(object{"ebanx.user_wo_version": 2})},
		"a first version":    {writeOnly(object{"ebanx.user_wo_version": nil}), writeOnly()},
		"out of the state":   {stored(), writeOnly()},
		"into the state":     {writeOnly(), stored()},
		"no version anymore": {writeOnly(), writeOnly(object{"ebanx.user_wo_version": nil})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(pair[0])
			because := "ebanx"
			if tfconfig.Lookup(pair[0], "invoice") != tfconfig.Lookup(pair[1], "invoice") {
				because = "invoice"
			}
			plan := b.replaced(state, pair[1], because)
			b.ResetCalls()
			next, diags := b.Apply(plan)
			if diags.HasError() {
				t.Fatal(diags)
			}
			b.RequireText(diags.Warnings(), "stays payable", state.Text("url"))
			b.RequireCalls("get", "create")
			b.RequirePayable(2)
			if next.Text("id") == state.Text("id") {
				t.Error("the id is still that of the old link")
			}
			b.RequireNoDrift(next, pair[1])
		})
	}
}

// TestPayerRemoved: a payer that is left out of the configuration of a link made with one is a change that needs one.
func TestPayerRemoved(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored())
	b.ResetCalls()
	plan := b.Plan(state, stored(object{"ebanx.user": nil}))
	b.RequireErrors(plan.Diagnostics, "ebanx.user", "user_wo", "payer")
	b.RequireCalls()
}

// TestUnknown: every argument, at every depth, unknown while planning, at create and at change. What may turn out to be
// another value replaces, at its attribute.
func TestUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	kept := map[string]protocoltest.State{}
	for name, shape := range shapes {
		kept[name] = b.Create(shape())
	}
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		for name, shape := range shapes {
			inUser, inWriteOnly := strings.HasPrefix(argument, "ebanx.user."), strings.HasPrefix(argument, "ebanx.user_wo.")
			if inUser && name == "write-only" || inWriteOnly && name != "write-only" {
				continue
			}
			config := shape(object{argument: unknown})
			if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
				t.Errorf("%s, %s: validate: %s", name, argument, diags)
			}
			if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 || plan.Action != protocoltest.Create {
				t.Errorf("%s, %s: create: %s %s", name, argument, plan.Action, plan.Diagnostics)
			}
			if argument == "ebanx.user_wo" || inWriteOnly {
				if plan := b.Plan(kept[name], config); plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
					t.Errorf("%s, %s: %s %s", name, argument, plan.Action, plan.Diagnostics)
				}
				continue
			}
			b.replaced(kept[name], config, tfconfig.RootAttribute(argument))
		}
	}
	everything := object{"project": unknown, "invoice": unknown, "type": unknown, "ebanx": unknown}
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

// TestUnknownPayers: while one of the two is unknown, nobody can say that there are two, or none.
func TestUnknownPayers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, payers := range []object{
		{"ebanx.user": unknown, "ebanx.user_wo": payer()}, {"ebanx.user": payer(), "ebanx.user_wo": unknown},
		{"ebanx.user": unknown, "ebanx.user_wo": unknown}, {"ebanx.user": unknown, "ebanx.user_wo": nil}, {"ebanx.user": nil, "ebanx.user_wo": unknown},
	} {
		config := tfconfig.Changed(minimal(), payers)
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%v: %s", payers, diags)
		}
		if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
			t.Errorf("%v: %s", payers, plan.Diagnostics)
		}
	}
}

// TestUnknownPolicies: a policy that is unknown while planning is no reason to replace.
func TestUnknownPolicies(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored())
	for _, path := range []string{"on_destroy", "replace_when", "timeouts.create", "timeouts"} {
		config := stored(object{path: unknown})
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%s: %s", path, diags)
		}
		if plan := b.Plan(state, config); len(plan.Diagnostics) > 0 || plan.Action != protocoltest.Update {
			t.Errorf("%s: %s %s", path, plan.Action, plan.Diagnostics)
		}
	}
}
