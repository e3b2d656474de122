package powens_test

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

func attributeAt(s *protocoltest.Server, path string) *tfprotov6.SchemaAttribute {
	attributes := s.Schema().ResourceSchemas[typeName].Block.Attributes
	var found *tfprotov6.SchemaAttribute
	for name := range strings.SplitSeq(path, ".") {
		i := slices.IndexFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name })
		if i < 0 {
			panic("no attribute " + path)
		}
		if found = attributes[i]; found.NestedType != nil {
			attributes = found.NestedType.Attributes
		}
	}
	return found
}

// another is a value for an argument that differs from that of full.
func another(path string) any {
	values := map[string]any{
		"amount": "9.51", "currency": "EUR", "execution_date_type": "first_open_day", "redirect": false,
		"beneficiary.scheme_name": "iban", "payer.scheme_name": "sort_code_account_number",
		"beneficiary": object{"scheme_name": "iban", "identification": frenchIBAN, "label": "X"},
		"payer":       object{"scheme_name": "iban", "identification": frenchIBAN, "label": "X"},
	}
	if value, ok := values[path]; ok {
		return value
	}
	_, leaf, nested := strings.Cut(path, ".")
	switch {
	case leaf == "kind":
		return "corporate"
	case leaf == "pep":
		return false
	case leaf == "id_user":
		return 43
	case strings.HasSuffix(path, "_identity") && !nested:
		return object{"first_name": "Other", "last_name": "Body"}
	}
	return "another"
}

// TestReplacement: a change of each single argument replaces the link, and the plan shows it at that argument.
func TestReplacement(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(full())
	imported := b.taken(state.Text("id"))
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		b.replaced(state, full(object{argument: another(argument)}), tfconfig.RootAttribute(argument))
		if !strings.Contains(argument, "_identity.") || tfconfig.RootAttribute(argument) == "payer_identity" { // the three are alike
			b.replaced(imported, full(object{argument: another(argument)}), tfconfig.RootAttribute(argument))
		}
	}
	b.RequireCalls()
	b.RequirePayable(1)
}

// replaced: the plan replaces because of exactly these attributes, and warns that an open link will die.
func (b *bench) replaced(state protocoltest.State, config object, because ...string) protocoltest.Plan {
	b.Helper()
	plan := b.Plan(state, config)
	slices.Sort(plan.Because)
	if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, because) {
		if !plan.HasError() || !slices.Equal(plan.Because, because) { // a new link has to keep rules of its own
			b.Errorf("plan: %s because of %q, want a replacement because of %q %s", plan.Action, plan.Because, because, plan.Errors())
		}
	}
	b.RequireText(plan.Warnings(), append(because, state.Text("id"), state.Text("url"), "stops working")...)
	return plan
}

// TestReshaped: what the configuration names newly, or no longer.
func TestReshaped(t *testing.T) {
	t.Parallel()
	payer := object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted"}
	operator := object{"first_name": "Planted", "last_name": "Söhne"}
	tests := map[string]struct {
		from, to object
		because  []string
	}{
		"a payer more":           {small(), small(object{"payer": payer}), []string{"payer"}},
		"a payer less":           {small(object{"payer": payer}), small(), []string{"payer"}},
		"an operator more":       {small(), small(object{"operator_identity": operator}), []string{"operator_identity"}},
		"an operator less":       {small(object{"operator_identity": operator}), small(), []string{"operator_identity"}},
		"a redirect more":        {small(), redirecting(), []string{"redirect", "redirect_uri"}},
		"a redirect less":        {redirecting(), small(), []string{"redirect", "redirect_uri"}},
		"another address":        {redirecting(), redirecting(object{"redirect_uri": "https://shop.example.com/done"}), []string{"redirect_uri"}},
		"a state":                {redirecting(), redirecting(object{"redirect_state": "x"}), []string{"redirect_state"}},
		"a reference":            {small(), small(object{"reference_id": "E2E-1"}), []string{"reference_id"}},
		"an issuer":              {small(), small(object{"beneficiary.issuer": "PSSTFRPPPAR"}), []string{"beneficiary"}},
		"a first e-mail address": {small(), small(object{"payer_identity.email": "planted@example.com"}), []string{"payer_identity"}},
		"a user more":            {small(), small(object{"payer_identity.id_user": 7}), []string{"payer_identity"}},
		"a user less":            {small(object{"payer_identity.id_user": 7}), small(), []string{"payer_identity"}},
		"a name less":            {small(object{"beneficiary_identity.org_name": "Acme"}), small(), []string{"beneficiary_identity"}},
		"a kind left out":        {small(), small(object{"beneficiary_identity": operator}), []string{"beneficiary_identity"}},
		"two at once":            {small(), small(object{"label": "New", "amount": "1"}), []string{"amount", "label"}},
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
			b.RequireCalls("revoke", "create")
			b.RequirePayable(1)
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
	kept := map[string]protocoltest.State{"full": b.Create(full()), "small": b.Create(small()), "redirecting": b.Create(redirecting())}
	b.ResetCalls()
	for _, argument := range arguments(b.Server) {
		for name, shape := range shapes {
			if strings.Contains(argument, ".") && tfconfig.Lookup(shape(), argument) == nil {
				continue
			}
			config := shape(object{argument: unknown})
			if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
				t.Errorf("%s, %s: validate: %s", name, argument, diags)
			}
			if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 || plan.Action != protocoltest.Create {
				t.Errorf("%s, %s: create: %s %s", name, argument, plan.Action, plan.Diagnostics)
			}
			because := []string{tfconfig.RootAttribute(argument)}
			if argument == "redirect_uri" && name != "full" { // whether there is a redirect is not known then either
				because = []string{"redirect", "redirect_uri"}
			}
			b.replaced(kept[name], config, because...)
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

// TestUnknownPolicies: a policy that is unknown while planning is no reason to replace.
func TestUnknownPolicies(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	for _, path := range []string{"on_destroy", "replace_when", "timeouts.create", "timeouts"} {
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
