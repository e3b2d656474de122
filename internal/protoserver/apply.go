package protoserver

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// applyLink creates or destroys a link. It returns nil, before anything is done, for what it leaves to the framework: a change in place,
// and where private state holds keys of the framework's own.
//
// After a create the framework compares the new state with the plan semantically, and keeps what is equal as it was planned; a link's
// state has each known planned value as it is.
func applyLink(ctx context.Context, resource shortcut, providerData any, req *tfprotov6.ApplyResourceChangeRequest) *tfprotov6.ApplyResourceChangeResponse {
	if req.Config == nil || req.PriorState == nil || req.PlannedState == nil || !resource.CanPlan(providerData) {
		return nil
	}
	private, ok := privateOf(req.PlannedPrivate)
	prior, errPrior := req.PriorState.Unmarshal(resource.StateType())
	planned, errPlanned := req.PlannedState.Unmarshal(resource.StateType())
	none, errNone := resource.IdentityData(nil)
	if !ok || errPrior != nil || errPlanned != nil || errNone != nil || prior.IsNull() == planned.IsNull() {
		return nil
	}
	identity := req.PlannedIdentity
	if identity == nil {
		identity = none
	}
	if planned.IsNull() {
		diags := resource.EvaluateDelete(ctx, providerData, prior, private)
		if diags.HasError() {
			return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PriorState, Private: req.PlannedPrivate, NewIdentity: identity, Diagnostics: diagnostics(diags)}
		}
		return &tfprotov6.ApplyResourceChangeResponse{NewState: req.PlannedState, NewIdentity: none, Diagnostics: diagnostics(diags)}
	}
	config, err := req.Config.Unmarshal(resource.StateType())
	if err != nil {
		return nil
	}
	return createdResponse(resource, resource.EvaluateCreate(ctx, providerData, config, planned), identity)
}

// createdResponse encodes what a create has left. What cannot be encoded is said, beside everything else: of an identity as a warning,
// because an error would taint the link.
func createdResponse(resource shortcut, created link.Created, identity *tfprotov6.ResourceIdentityData) *tfprotov6.ApplyResourceChangeResponse {
	resp := &tfprotov6.ApplyResourceChangeResponse{NewIdentity: identity, Diagnostics: diagnostics(created.Diagnostics)}
	state, err := tfprotov6.NewDynamicValue(resource.StateType(), created.State)
	resp.NewState = &state
	if created.Key != nil {
		var errPrivate error
		resp.Private, errPrivate = json.Marshal(map[string][]byte{link.PrivateStateKey: created.Private})
		err = errors.Join(err, errPrivate)
		if made, failed := resource.IdentityData(created.Key); failed == nil {
			resp.NewIdentity = made
		} else {
			resp.Diagnostics = append(resp.Diagnostics, diagnostics(diag.Diagnostics{diag.NewWarningDiagnostic("Cannot encode the identity of the payment link", failed.Error())})...)
		}
	}
	if err != nil {
		resp.Diagnostics = append(resp.Diagnostics, diagnostics(cannotEncode("The link was created, but what is known of it", err))...)
	}
	return resp
}
