package direct

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
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
	planned := rewrite(s.attributes, proposed, config, func(a *attribute, v, config tftypes.Value) tftypes.Value {
		switch {
		case a.standard != nil && config.IsNull():
			return *a.standard
		case a.writeOnly && !v.IsNull():
			return a.null
		}
		return v
	})
	if !planned.Equal(prior) {
		planned = rewrite(s.attributes, planned, config, func(a *attribute, v, config tftypes.Value) tftypes.Value {
			if a.computed && a.standard == nil && config.IsNull() {
				return a.unknown
			}
			return v
		})
	}
	m := modification{ok: true, whole: whole{
		config: tfsdk.Config{Raw: config, Schema: s.schema}, plan: tfsdk.Plan{Raw: planned, Schema: s.schema}, state: tfsdk.State{Raw: prior, Schema: s.schema},
	}}
	planned = m.object(ctx, s.attributes, path.Empty(), config, planned, prior)
	return planned, m.diags, m.ok && s.valid(ctx, planned) && s.valid(ctx, prior)
}

// rewrite returns an object with what change makes of each attribute, innermost first. config is the configuration's value at the same
// place; below a null, an unknown or a missing one it is that one.
func rewrite(attributes []attribute, object, config tftypes.Value, change func(a *attribute, v, config tftypes.Value) tftypes.Value) tftypes.Value {
	if object.IsNull() || !object.IsKnown() {
		return object
	}
	values := attributesOf(object)
	var changed map[string]tftypes.Value
	for i := range attributes {
		a := &attributes[i]
		before := values[a.name]
		below := config
		if !config.IsNull() && config.IsKnown() {
			below = attributesOf(config)[a.name]
		}
		after, deeper := before, false
		if a.nested != nil && !before.IsNull() && before.IsKnown() {
			after, deeper = a.rewriteNested(before, below, change)
		}
		if now := change(a, after, below); deeper || !same(now, before) {
			if changed == nil {
				changed = maps.Clone(values)
			}
			changed[a.name] = now
		}
	}
	if changed == nil {
		return object
	}
	return tftypes.NewValue(object.Type(), changed)
}

func (a *attribute) rewriteNested(v, config tftypes.Value, change func(a *attribute, v, config tftypes.Value) tftypes.Value) (out tftypes.Value, changed bool) {
	if !v.Type().Is(tftypes.List{}) {
		out = rewrite(a.nested, v, config, change)
		return out, !same(out, v)
	}
	elements := elementsOf(v)
	configs := elementsOf(config)
	out = v
	for i, element := range elements {
		below := config
		if i < len(configs) {
			below = configs[i]
		}
		if now := rewrite(a.nested, element, below, change); !same(now, element) {
			if !changed {
				elements, changed = slices.Clone(elements), true
			}
			elements[i] = now
		}
	}
	if changed {
		out = tftypes.NewValue(v.Type(), elements)
	}
	return out, changed
}

// same reports whether a rewritten value is what it was.
func same(now, before tftypes.Value) bool { return now.Equal(before) }

// whole is what a modifier may look at beside its own attribute.
type whole struct {
	config tfsdk.Config
	plan   tfsdk.Plan
	state  tfsdk.State
}

// modification is the pass of the attributes' own modifiers over a plan.
type modification struct {
	whole
	diags diag.Diagnostics
	ok    bool // nothing was met that only the framework knows
}

func (m *modification) object(ctx context.Context, attributes []attribute, at path.Path, config, plan, state tftypes.Value) tftypes.Value {
	if plan.IsNull() || !plan.IsKnown() {
		return plan
	}
	values := attributesOf(plan)
	var changed map[string]tftypes.Value
	for i := range attributes {
		a := &attributes[i]
		if !a.planned {
			continue
		}
		before := values[a.name]
		after := m.attribute(ctx, a, at.AtName(a.name), a.of(config), before, a.of(state))
		if !same(after, before) {
			if changed == nil {
				changed = maps.Clone(values)
			}
			changed[a.name] = after
		}
	}
	if changed == nil {
		return plan
	}
	return tftypes.NewValue(plan.Type(), changed)
}

func (m *modification) attribute(ctx context.Context, a *attribute, at path.Path, config, plan, state tftypes.Value) tftypes.Value {
	for _, modify := range a.modifiers {
		plan = modify(ctx, m, a, at, config, plan, state)
	}
	switch {
	case a.nested == nil || plan.IsNull() || !plan.IsKnown():
		return plan
	case !plan.Type().Is(tftypes.List{}):
		return m.object(ctx, a.nested, at, config, plan, state)
	}
	elements := slices.Clone(elementsOf(plan))
	configs, states := elementsOf(config), elementsOf(state)
	for i, element := range elements {
		if !config.IsKnown() || !state.IsKnown() || i >= len(configs) {
			m.ok = false
			return plan
		}
		var before tftypes.Value // of a new element there is none
		if i < len(states) {
			before = states[i]
		}
		elements[i] = m.object(ctx, a.nested, at.AtListIndex(i), configs[i], element, before)
	}
	return tftypes.NewValue(plan.Type(), elements)
}

// valid reports whether no value of a state or plan is one that its own type calls faulty.
func (s *Schema) valid(ctx context.Context, v tftypes.Value) bool { return valid(ctx, s.attributes, v) }

func valid(ctx context.Context, attributes []attribute, object tftypes.Value) bool {
	if object.IsNull() || !object.IsKnown() {
		return true
	}
	values := attributesOf(object)
	for i := range attributes {
		a := &attributes[i]
		v := values[a.name]
		switch {
		case a.checked && !a.isFaultless(ctx, path.Root(a.name), v):
			return false
		case a.nested == nil || v.IsNull() || !v.IsKnown():
		case !v.Type().Is(tftypes.List{}):
			if !valid(ctx, a.nested, v) {
				return false
			}
		case slices.ContainsFunc(elementsOf(v), func(element tftypes.Value) bool { return !valid(ctx, a.nested, element) }):
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
	checked, ok := value.(xattr.ValidateableAttribute)
	if err != nil || !ok {
		return false
	}
	var resp xattr.ValidateAttributeResponse
	checked.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: at}, &resp)
	return len(resp.Diagnostics) == 0
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
