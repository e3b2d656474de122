package protoserver_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
)

// endedProvider is a provider whose engine ends it when a link was made, and before the answer has reached it.
type endedProvider struct {
	protoserver.Provider
	server tfprotov6.ProviderServer
	closed int
}

func (p *endedProvider) Close(context.Context)    { p.closed++ }
func (p *endedProvider) Orphaned(context.Context) {}

func (p *endedProvider) Resources(ctx context.Context) []func() resource.Resource {
	var out []func() resource.Resource
	for _, newResource := range p.Provider.Resources(ctx) {
		out = append(out, func() resource.Resource { return endedResource{newResource().(linkResource), p} })
	}
	return out
}

type endedResource struct {
	linkResource
	provider *endedProvider
}

func (r endedResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	r.linkResource.Create(ctx, req, resp)
	protoserver.EndRun(ctx, r.provider.server)
}

// A run that is ended while it answers a change was not ended in order: nobody receives what it made.
func TestRunIsNotEndedInOrderWithinAChange(t *testing.T) {
	t.Parallel()
	v := newVendor(t)
	own, ok := provider.New("test", v.clock, v.registration()).(protoserver.Provider)
	if !ok {
		t.Fatal("no provider with reads")
	}
	p := &endedProvider{Provider: own}
	p.server = protoserver.New(p)
	v.createBy(p.server)
	if p.closed != 0 {
		t.Error("ended in order, although the answer had reached nobody")
	}
	if protoserver.EndRun(t.Context(), p.server); p.closed != 1 {
		t.Errorf("ended %d times after the change", p.closed)
	}
}
