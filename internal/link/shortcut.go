package link

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The methods below serve package protoserver, which calls a resource without the framework. providerData is the configured provider's
// *ProviderData; private is what private state holds under PrivateStateKey.

// LinkSchema returns the resource's schema.
func (r *Resource[M, L, PM]) LinkSchema() schema.Schema { return r.schema }

// CanPlan reports whether plans can be evaluated under a configuration of the provider.
func (r *Resource[M, L, PM]) CanPlan(providerData any) bool {
	_, diags := r.with(providerData)
	return providerData != nil && !diags.HasError()
}

// Planned is the result of a plan.
type Planned struct {
	State           tftypes.Value
	RequiresReplace path.Paths
	Diagnostics     diag.Diagnostics
}

// EvaluatePlan is ModifyPlan without the framework. plan is what the schema makes of the proposed state, and diags what it said; CanPlan
// must hold.
func (r *Resource[M, L, PM]) EvaluatePlan(ctx context.Context, providerData any, config, state, plan tftypes.Value, private []byte, diags diag.Diagnostics) Planned {
	own, _ := r.with(providerData)
	req := resource.ModifyPlanRequest{
		Config: tfsdk.Config{Raw: config, Schema: r.schema}, Plan: tfsdk.Plan{Raw: plan, Schema: r.schema}, State: tfsdk.State{Raw: state, Schema: r.schema},
	}
	resp := resource.ModifyPlanResponse{Plan: req.Plan, Diagnostics: diags}
	own.modifyPlan(ctx, private, req, &resp)
	return Planned{resp.Plan.Raw, resp.RequiresReplace, resp.Diagnostics}
}

// EvaluateConfig is ValidateConfig without the framework, which asks it before the provider is configured, too.
func (r *Resource[M, L, PM]) EvaluateConfig(ctx context.Context, providerData any, config tftypes.Value) diag.Diagnostics {
	own, diags := r.with(providerData)
	if diags.HasError() {
		return diags
	}
	return append(diags, own.validate(ctx, config)...)
}

// EvaluateCreate is Create without the framework. CanPlan must hold.
func (r *Resource[M, L, PM]) EvaluateCreate(ctx context.Context, providerData any, config, plan tftypes.Value) Created {
	own, _ := r.with(providerData)
	return own.create(ctx, config, plan)
}

// EvaluateDelete is Delete without the framework. CanPlan must hold.
func (r *Resource[M, L, PM]) EvaluateDelete(ctx context.Context, providerData any, state tftypes.Value, private []byte) diag.Diagnostics {
	own, _ := r.with(providerData)
	return own.delete(ctx, state, private)
}
