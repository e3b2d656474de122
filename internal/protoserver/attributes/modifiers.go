package attributes

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

// modifier returns what one modifier makes of the planned value of the attribute at a path, and whether that is another one.
type modifier func(ctx context.Context, p *pass, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool)

// modifying returns the modifiers of one kind. kind is the plain type of their values, and ask calls one of them.
func modifying[K planmodifier.Describer, T attr.Value](kind attr.Type, all []K, ask func(ctx context.Context, of K, w whole, at path.Path, config, plan, state T) (T, bool, diag.Diagnostics)) (out []modifier) {
	for _, of := range all {
		onlyWithState := any(of) == any(usesStateWhenOmitted)
		usesState := onlyWithState || any(of) == any(usesStateOrNullWhenOmitted)
		out = append(out, func(ctx context.Context, p *pass, at path.Path, config, plan, state tftypes.Value) (tftypes.Value, bool) {
			if onlyWithState && p.state.Raw.IsNull() || usesState && plan.IsKnown() && !isEmptyText(plan) {
				return plan, false
			}
			configured, okConfig := value[T](ctx, kind, config)
			proposed, okPlan := value[T](ctx, kind, plan)
			before, okState := value[T](ctx, kind, state)
			if p.ok = p.ok && okConfig && okPlan && okState; !p.ok {
				return plan, false
			}
			planned, replaces, diags := ask(ctx, of, p.whole, at, configured, proposed, before)
			p.diags.Append(diags...)
			after, err := planned.ToTerraformValue(ctx)
			if p.ok = err == nil && !replaces && !diags.HasError(); !p.ok {
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

func stringModifiers(all []planmodifier.String) []modifier {
	return modifying(types.StringType, all, func(ctx context.Context, of planmodifier.String, w whole, at path.Path, config, plan, state basetypes.StringValue) (basetypes.StringValue, bool, diag.Diagnostics) {
		resp := planmodifier.StringResponse{PlanValue: plan}
		of.PlanModifyString(ctx, planmodifier.StringRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}

func boolModifiers(all []planmodifier.Bool) []modifier {
	return modifying(types.BoolType, all, func(ctx context.Context, of planmodifier.Bool, w whole, at path.Path, config, plan, state basetypes.BoolValue) (basetypes.BoolValue, bool, diag.Diagnostics) {
		resp := planmodifier.BoolResponse{PlanValue: plan}
		of.PlanModifyBool(ctx, planmodifier.BoolRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}

func numberModifiers(all []planmodifier.Number) []modifier {
	return modifying(types.NumberType, all, func(ctx context.Context, of planmodifier.Number, w whole, at path.Path, config, plan, state basetypes.NumberValue) (basetypes.NumberValue, bool, diag.Diagnostics) {
		resp := planmodifier.NumberResponse{PlanValue: plan}
		of.PlanModifyNumber(ctx, planmodifier.NumberRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}

func objectModifiers(kind attr.Type, all []planmodifier.Object) []modifier {
	return modifying(kind, all, func(ctx context.Context, of planmodifier.Object, w whole, at path.Path, config, plan, state basetypes.ObjectValue) (basetypes.ObjectValue, bool, diag.Diagnostics) {
		resp := planmodifier.ObjectResponse{PlanValue: plan}
		of.PlanModifyObject(ctx, planmodifier.ObjectRequest{
			Path: at, PathExpression: at.Expression(), Config: w.config, ConfigValue: config, Plan: w.plan, PlanValue: plan, State: w.state, StateValue: state,
		}, &resp)
		return resp.PlanValue, resp.RequiresReplace, resp.Diagnostics
	})
}
