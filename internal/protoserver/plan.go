package protoserver

import (
	"bytes"
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// planLink plans a link. It returns nil for plans that it leaves to the framework: before the provider is configured, where private
// state holds keys of the framework's own, and where only the framework knows what the schema makes of the proposed state.
func planLink(ctx context.Context, resource shortcut, providerData any, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	if req.Config == nil || req.PriorState == nil || req.ProposedNewState == nil || !resource.CanPlan(providerData) {
		return nil
	}
	private, ok := privateOf(req.PriorPrivate)
	config, errConfig := req.Config.Unmarshal(resource.StateType())
	prior, errPrior := req.PriorState.Unmarshal(resource.StateType())
	proposed := prior
	var err error
	if !bytes.Equal(req.ProposedNewState.MsgPack, req.PriorState.MsgPack) || len(req.PriorState.MsgPack) == 0 {
		proposed, err = req.ProposedNewState.Unmarshal(resource.StateType())
	}
	if !ok || errConfig != nil || errPrior != nil || err != nil || !prior.IsFullyKnown() {
		return nil
	}
	plan, diags, ok := resource.schema.Plan(ctx, config, prior, proposed)
	if !ok {
		return nil
	}
	identity := req.PriorIdentity
	if identity == nil {
		if identity, err = resource.IdentityData(nil); err != nil {
			return nil
		}
	}
	planned := resource.EvaluatePlan(ctx, providerData, config, prior, plan, private, diags)
	resp := &tfprotov6.PlanResourceChangeResponse{
		Diagnostics: diagnostics(planned.Diagnostics), PlannedPrivate: req.PriorPrivate, PlannedIdentity: identity, RequiresReplace: requiresReplace(planned.RequiresReplace),
	}
	if resp.PlannedState = req.PriorState; tfvalue.Identical(planned.State, prior) {
		return resp
	}
	state, err := tfprotov6.NewDynamicValue(resource.StateType(), planned.State)
	if err != nil {
		resp.Diagnostics = append(resp.Diagnostics, diagnostics(cannotEncode("The plan", err))...)
	}
	resp.PlannedState = &state
	return resp
}
