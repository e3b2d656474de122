package provider

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// ReadResource answers a refresh that finds nothing new with what it was asked with. Any other is the framework's, and goes
// on from what the vendor has said.
func (s server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	ctx, done := lend(rest.Operation(ctx))
	defer done()
	ctx, same := s.unchanged(ctx, req)
	if same != nil {
		return same, nil
	}
	return s.framework.ReadResource(ctx, req)
}

// unchanged is nil where the framework is needed. Whatever looks odd is left to it.
func (s server) unchanged(ctx context.Context, req *tfprotov6.ReadResourceRequest) (context.Context, *tfprotov6.ReadResourceResponse) {
	resource := s.steady[req.TypeName]
	if resource == nil || s.provider.runtime.Load() == nil || req.CurrentState == nil {
		return ctx, nil
	}
	var private map[string][]byte
	if json.Unmarshal(req.Private, &private) != nil || len(private) != 1 || private[link.PrivateStateKey] == nil { // the framework's own marks are for it
		return ctx, nil
	}
	state, err := req.CurrentState.Unmarshal(resource.Type())
	if err != nil || state.IsNull() || !state.IsFullyKnown() {
		return ctx, nil
	}
	identity := req.CurrentIdentity
	if identity == nil {
		if identity, err = resource.Identity(state); err != nil {
			return ctx, nil
		}
	}
	ctx, same := resource.Steady(ctx, s.provider.runtime.Load(), state, private[link.PrivateStateKey])
	if !same {
		return ctx, nil
	}
	return ctx, &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: identity}
}
