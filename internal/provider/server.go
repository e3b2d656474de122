package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// framework is all that the framework's protocol server offers. A wrapper that forgets a part makes it vanish.
type framework interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// server is the framework's protocol server, less complaints about what is not known yet, and less what costs a refresh of
// many links most.
type server struct {
	framework
	provider *paymentlinks
	steady   map[string]link.Steady // resources, by type
}

// Server serves a provider over protocol 6.
func Server(p provider.Provider) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		inner := providerserver.NewProtocol6(p)()
		whole, ok := inner.(framework)
		if !ok {
			return inner
		}
		out := server{framework: whole, steady: map[string]link.Steady{}}
		if own, ok := p.(*paymentlinks); ok {
			out.provider = own
			for _, build := range own.Resources(context.Background()) {
				if resource, ok := build().(link.Steady); ok {
					out.steady[resource.Name()] = resource
				}
			}
		}
		return out
	}
}

// ValidateResourceConfig drops the errors below a value that is not known yet. The framework (1.19) takes the required
// attributes of an unknown list element (`items = [var.item]` at `terraform validate`) for missing.
func (s server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	ctx, done := lend(ctx)
	defer done()
	resp, err := s.framework.ValidateResourceConfig(ctx, req)
	if err != nil || len(resp.Diagnostics) == 0 || req.Config == nil {
		return resp, err
	}
	schema, err := s.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || schema.ResourceSchemas[req.TypeName] == nil {
		return resp, err
	}
	config, err := req.Config.Unmarshal(schema.ResourceSchemas[req.TypeName].ValueType())
	if err != nil {
		return resp, err
	}
	resp.Diagnostics = slices.DeleteFunc(resp.Diagnostics, func(d *tfprotov6.Diagnostic) bool {
		return d.Attribute != nil && belowUnknown(config, d.Attribute.Steps())
	})
	return resp, nil
}

// belowUnknown reports whether something above the place is unknown.
func belowUnknown(v tftypes.Value, steps []tftypes.AttributePathStep) bool {
	for i := 1; i < len(steps); i++ {
		above, _, err := tftypes.WalkAttributePath(v, tftypes.NewAttributePathWithSteps(steps[:i]))
		if at, ok := above.(tftypes.Value); err == nil && ok && !at.IsKnown() {
			return true
		}
	}
	return false
}
