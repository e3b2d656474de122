package protoserver

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// readLink reads a link. It returns nil for reads that it leaves to the framework: before the provider is configured, and where
// private state holds keys of the framework's own, as at the first read of an import.
func readLink(ctx context.Context, resource shortcut, providerData any, req *tfprotov6.ReadResourceRequest) *tfprotov6.ReadResourceResponse {
	if providerData == nil || req.CurrentState == nil {
		return nil
	}
	private, ok := privateOf(req.Private)
	if !ok || private == nil {
		return nil
	}
	state, err := req.CurrentState.Unmarshal(resource.StateType())
	if err != nil || state.IsNull() || !state.IsFullyKnown() {
		return nil
	}
	result := resource.EvaluateRead(ctx, providerData, state, private)
	resp, err := readResponse(req, resource, result)
	if err != nil {
		return &tfprotov6.ReadResourceResponse{
			NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity, Diagnostics: diagnostics(cannotEncode("The result of the read", err)),
		}
	}
	return resp
}

// readResponse encodes the result of a read. A response without a new identity keeps the one that the request had.
func readResponse(req *tfprotov6.ReadResourceRequest, resource shortcut, result link.ReadResult) (*tfprotov6.ReadResourceResponse, error) {
	resp := &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity, Diagnostics: diagnostics(result.Diagnostics)}
	var err error
	if result.Outcome != link.ReadFailed && resp.NewIdentity == nil {
		if resp.NewIdentity, err = resource.IdentityData(&result.Key); err != nil {
			return nil, err
		}
	}
	if result.Outcome == link.ReadUnchanged || result.Outcome == link.ReadFailed {
		return resp, nil
	}
	state, err := tfprotov6.NewDynamicValue(resource.StateType(), result.State)
	if err != nil {
		return nil, err
	}
	resp.NewState = &state
	resp.Private, err = json.Marshal(map[string][]byte{link.PrivateStateKey: result.Private})
	return resp, err
}
