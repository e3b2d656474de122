package direct

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// modifier returns what one modifier of an attribute below at makes of its planned value, and whether that is another one.
type modifier func(ctx context.Context, m *modification, a *attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool)

// modifying returns the modifiers of one kind. base are the plain types of their values, and ask calls one of them.
func modifying[K planmodifier.Describer, T attr.Value](all []K, base func(a *attribute) attr.Type, ask func(ctx context.Context, of K, w whole, at path.Path, config, plan, state T) (T, bool, diag.Diagnostics)) (out []modifier) {
	for _, of := range all {
		onlyWithState := any(of) == any(usesStateWhenOmitted)
		usesState := onlyWithState || any(of) == any(usesStateOrNullWhenOmitted)
		out = append(out, func(ctx context.Context, m *modification, a *attribute, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
			if onlyWithState && m.state.Raw.IsNull() || usesState && plan.IsKnown() && !isEmptyText(plan) {
				return plan, false
			}
			kind := base(a)
			c, okC := value[T](ctx, kind, config)
			p, okP := value[T](ctx, kind, plan)
			s, okS := value[T](ctx, kind, state)
			if m.ok = m.ok && okC && okP && okS; !m.ok {
				return plan, false
			}
			planned, replaces, diags := ask(ctx, of, m.whole, at.AtName(a.name), c, p, s)
			m.diags.Append(diags...)
			after, err := planned.ToTerraformValue(ctx)
			if m.ok = err == nil && !replaces && !diags.HasError(); !m.ok {
				return plan, false
			}
			return after, !tfvalue.Identical(after, plan)
		})
	}
	return out
}

func isEmptyText(v tftypes.Value) bool {
	var text *string
	return v.Type().Is(tftypes.String) && v.As(&text) == nil && text != nil && *text == ""
}

func plain(t attr.Type) func(*attribute) attr.Type { return func(*attribute) attr.Type { return t } }

func stringModifiers(all []planmodifier.String) []modifier {
	return modifying(all, plain(types.StringType), func(ctx context.Context, of planmodifier.String, w whole, at path.Path, config, plan, state basetypes.StringValue) (basetypes.StringValue, bool, diag.Diagnostics) {
		resp := planmodifier.StringResponse{PlanValue: plan}
		of.PlanModifyString(ctx, planmodifier.StringRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}

func boolModifiers(all []planmodifier.Bool) []modifier {
	return modifying(all, plain(types.BoolType), func(ctx context.Context, of planmodifier.Bool, w whole, at path.Path, config, plan, state basetypes.BoolValue) (basetypes.BoolValue, bool, diag.Diagnostics) {
		resp := planmodifier.BoolResponse{PlanValue: plan}
		of.PlanModifyBool(ctx, planmodifier.BoolRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}

func numberModifiers(all []planmodifier.Number) []modifier {
	return modifying(all, plain(types.NumberType), func(ctx context.Context, of planmodifier.Number, w whole, at path.Path, config, plan, state basetypes.NumberValue) (basetypes.NumberValue, bool, diag.Diagnostics) {
		resp := planmodifier.NumberResponse{PlanValue: plan}
		of.PlanModifyNumber(ctx, planmodifier.NumberRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}

func objectModifiers(all []planmodifier.Object) []modifier {
	kind := func(a *attribute) attr.Type { return a.kind }
	return modifying(all, kind, func(ctx context.Context, of planmodifier.Object, w whole, at path.Path, config, plan, state basetypes.ObjectValue) (basetypes.ObjectValue, bool, diag.Diagnostics) {
		resp := planmodifier.ObjectResponse{PlanValue: plan}
		of.PlanModifyObject(ctx, planmodifier.ObjectRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}
