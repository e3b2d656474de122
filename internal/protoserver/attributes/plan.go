package attributes

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Plan returns the plan that the framework hands to a resource's ModifyPlan: the proposed state with the schema's defaults, with what
// is not known yet, and with what the attributes' own modifiers change. It is false where the framework has to answer.
func (s *Schema) Plan(ctx context.Context, config, prior, proposed tftypes.Value) (tftypes.Value, diag.Diagnostics, bool) {
	if proposed.IsNull() {
		return proposed, nil, true
	}
	if !proposed.IsKnown() || config.IsNull() || !config.IsKnown() {
		return proposed, nil, false
	}
	w := whole{
		config: tfsdk.Config{Raw: config, Schema: s.schema}, plan: tfsdk.Plan{Raw: proposed, Schema: s.schema}, state: tfsdk.State{Raw: prior, Schema: s.schema},
	}
	p := pass{whole: w, ok: true, change: withStandard}
	planned, _ := p.object(s.attributes, path.Empty(), config, proposed, prior)
	if !tfvalue.Identical(planned, prior) {
		p.change = withUnknown
		planned, _ = p.object(s.attributes, path.Empty(), config, planned, prior)
	}
	p.plan.Raw = planned
	p.change = func(a *attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
		changed := false
		for _, modify := range a.modifiers {
			after, other := modify(ctx, &p, at.AtName(a.name), config, plan, state)
			plan, changed = after, changed || other
		}
		return plan, changed
	}
	planned, _ = p.object(s.attributes, path.Empty(), config, planned, prior)
	return planned, p.diags, p.ok && valid(ctx, s.attributes, planned) && valid(ctx, s.attributes, prior)
}

// withStandard plans what the schema says of an attribute that the configuration leaves out.
func withStandard(a *attribute, _ path.Path, config, plan, _ tftypes.Value) (tftypes.Value, bool) {
	switch {
	case a.standard != nil && config.IsNull():
		return *a.standard, !tfvalue.Identical(plan, *a.standard)
	case a.writeOnly && !plan.IsNull():
		return a.null, true
	}
	return plan, false
}

// withUnknown plans an unknown value of what the vendor decides.
func withUnknown(a *attribute, _ path.Path, config, plan, _ tftypes.Value) (tftypes.Value, bool) {
	if a.computed && a.standard == nil && config.IsNull() {
		return a.unknown, true
	}
	return plan, false
}

// whole is what a modifier may look at beside its own attribute.
type whole struct {
	config tfsdk.Config
	plan   tfsdk.Plan
	state  tfsdk.State
}

// pass goes over the attributes of a plan.
type pass struct {
	whole
	// change returns what becomes of the planned value of the attribute below at, and whether that is another one.
	change func(a *attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool)
	diags  diag.Diagnostics
	ok     bool // nothing was met that only the framework knows
}

// object returns an object with what change makes of each attribute, outermost first, and whether that is another one.
func (p *pass) object(attributes []attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
	if plan.IsNull() || !plan.IsKnown() {
		return plan, false
	}
	values := diff.Attributes(plan)
	var changed map[string]tftypes.Value
	for i := range attributes {
		a := &attributes[i]
		if after, other := p.attribute(a, at, a.of(config), values[a.name], a.of(state)); other {
			if changed == nil {
				changed = maps.Clone(values)
			}
			changed[a.name] = after
		}
	}
	if changed == nil {
		return plan, false
	}
	return tftypes.NewValue(plan.Type(), changed), true
}

func (p *pass) attribute(a *attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
	plan, changed := p.change(a, at, config, plan, state)
	if a.nested == nil || plan.IsNull() || !plan.IsKnown() {
		return plan, changed
	}
	at = at.AtName(a.name)
	if !a.isList {
		after, other := p.object(a.nested, at, config, plan, state)
		return after, changed || other
	}
	elements, deeper := slices.Clone(diff.Elements(plan)), false
	configs, states := diff.Elements(config), diff.Elements(state)
	for i, element := range elements {
		if !config.IsKnown() || !state.IsKnown() || i >= len(configs) {
			p.ok = false
			return plan, changed
		}
		var before tftypes.Value // of a new element there is none
		if i < len(states) {
			before = states[i]
		}
		after, other := p.object(a.nested, at.AtListIndex(i), configs[i], element, before)
		elements[i], deeper = after, deeper || other
	}
	if !deeper {
		return plan, changed
	}
	return tftypes.NewValue(plan.Type(), elements), true
}

// valid reports whether no value of a state or plan is one that its own type calls faulty.
func valid(ctx context.Context, attributes []attribute, object tftypes.Value) bool {
	if object.IsNull() || !object.IsKnown() {
		return true
	}
	values := diff.Attributes(object)
	for i := range attributes {
		a := &attributes[i]
		v := values[a.name]
		switch {
		case a.checked && !a.isFaultless(ctx, path.Root(a.name), v):
			return false
		case a.nested == nil || v.IsNull() || !v.IsKnown():
		case !a.isList:
			if !valid(ctx, a.nested, v) {
				return false
			}
		case slices.ContainsFunc(diff.Elements(v), func(element tftypes.Value) bool { return !valid(ctx, a.nested, element) }):
			return false
		}
	}
	return true
}

// isFaultless asks a value of a checked attribute about itself.
func (a *attribute) isFaultless(ctx context.Context, at path.Path, v tftypes.Value) bool {
	if v.IsNull() || !v.IsKnown() {
		return true
	}
	value, err := a.kind.ValueFromTerraform(ctx, v)
	return err == nil && tfvalue.IsFaultless(ctx, at, value)
}

// value returns an attribute's value as its type has it; the zero T, which is null, where it cannot.
func value[T attr.Value](ctx context.Context, kind attr.Type, v tftypes.Value) (out T, ok bool) {
	converted, err := kind.ValueFromTerraform(ctx, v)
	if err != nil {
		return out, false
	}
	out, ok = converted.(T)
	return out, ok
}
