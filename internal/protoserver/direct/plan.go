package direct

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
	planned, _ := rewrite(s.attributes, proposed, config, func(a *attribute, v, config tftypes.Value) (tftypes.Value, bool) {
		switch {
		case a.standard != nil && config.IsNull():
			return *a.standard, !tfvalue.Identical(v, *a.standard)
		case a.writeOnly && !v.IsNull():
			return a.null, true
		}
		return v, false
	})
	if !tfvalue.Identical(planned, prior) {
		planned, _ = rewrite(s.attributes, planned, config, func(a *attribute, v, config tftypes.Value) (tftypes.Value, bool) {
			if a.computed && a.standard == nil && config.IsNull() {
				return a.unknown, true
			}
			return v, false
		})
	}
	m := modification{ok: true, whole: whole{
		config: tfsdk.Config{Raw: config, Schema: s.schema}, plan: tfsdk.Plan{Raw: planned, Schema: s.schema}, state: tfsdk.State{Raw: prior, Schema: s.schema},
	}}
	planned, _ = m.object(ctx, s.attributes, path.Empty(), config, planned, prior)
	return planned, m.diags, m.ok && valid(ctx, s.attributes, planned) && valid(ctx, s.attributes, prior)
}

// rewrite returns an object with what change makes of each attribute, innermost first, and whether that is another one. config is the
// configuration's value at the same place; below a null, an unknown or a missing one it is that one.
func rewrite(attributes []attribute, object, config tftypes.Value, change func(a *attribute, v, config tftypes.Value) (tftypes.Value, bool)) (tftypes.Value, bool) {
	if object.IsNull() || !object.IsKnown() {
		return object, false
	}
	values := diff.Attributes(object)
	var configs, rewritten map[string]tftypes.Value
	if !config.IsNull() && config.IsKnown() {
		configs = diff.Attributes(config)
	}
	for i := range attributes {
		a := &attributes[i]
		v, below, deeper := values[a.name], config, false
		if configs != nil {
			below = configs[a.name]
		}
		if a.nested != nil {
			v, deeper = a.rewriteNested(v, below, change)
		}
		if now, changed := change(a, v, below); changed || deeper {
			rewritten = with(rewritten, values, a.name, now)
		}
	}
	if rewritten == nil {
		return object, false
	}
	return tftypes.NewValue(object.Type(), rewritten), true
}

func (a *attribute) rewriteNested(v, config tftypes.Value, change func(a *attribute, v, config tftypes.Value) (tftypes.Value, bool)) (tftypes.Value, bool) {
	if !a.isList || v.IsNull() || !v.IsKnown() {
		return rewrite(a.nested, v, config, change)
	}
	before, configs := diff.Elements(v), diff.Elements(config)
	var elements []tftypes.Value
	for i, element := range before {
		below := config
		if i < len(configs) {
			below = configs[i]
		}
		if now, changed := rewrite(a.nested, element, below, change); changed {
			if elements == nil {
				elements = slices.Clone(before)
			}
			elements[i] = now
		}
	}
	if elements == nil {
		return v, false
	}
	return tftypes.NewValue(v.Type(), elements), true
}

// with returns changed, or a first copy of before, with another value.
func with(changed, before map[string]tftypes.Value, name string, v tftypes.Value) map[string]tftypes.Value {
	if changed == nil {
		changed = maps.Clone(before)
	}
	changed[name] = v
	return changed
}

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

func (m *modification) object(ctx context.Context, attributes []attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
	if plan.IsNull() || !plan.IsKnown() {
		return plan, false
	}
	values := diff.Attributes(plan)
	var modified map[string]tftypes.Value
	for i := range attributes {
		a := &attributes[i]
		if a.isModified {
			if after, changed := m.attribute(ctx, a, at, a.of(config), values[a.name], a.of(state)); changed {
				modified = with(modified, values, a.name, after)
			}
		}
	}
	if modified == nil {
		return plan, false
	}
	return tftypes.NewValue(plan.Type(), modified), true
}

// attribute is about the attribute below at.
func (m *modification) attribute(ctx context.Context, a *attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
	changed := false
	for _, modify := range a.modifiers {
		after, other := modify(ctx, m, a, at, config, plan, state)
		plan, changed = after, changed || other
	}
	if !slices.ContainsFunc(a.nested, func(a attribute) bool { return a.isModified }) || plan.IsNull() || !plan.IsKnown() {
		return plan, changed
	}
	at = at.AtName(a.name)
	if !a.isList {
		after, other := m.object(ctx, a.nested, at, config, plan, state)
		return after, changed || other
	}
	elements, deeper := slices.Clone(diff.Elements(plan)), false
	configs, states := diff.Elements(config), diff.Elements(state)
	for i, element := range elements {
		if !config.IsKnown() || !state.IsKnown() || i >= len(configs) {
			m.ok = false
			return plan, changed
		}
		var before tftypes.Value // of a new element there is none
		if i < len(states) {
			before = states[i]
		}
		after, other := m.object(ctx, a.nested, at.AtListIndex(i), configs[i], element, before)
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
