package protoserver_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// countingProvider counts the reads that its resources answer without the framework.
type countingProvider struct {
	protoserver.Provider
	reads *int
}

func (p countingProvider) Resources(ctx context.Context) []func() resource.Resource {
	var out []func() resource.Resource
	for _, newResource := range p.Provider.Resources(ctx) {
		out = append(out, func() resource.Resource { return countingResource{newResource().(linkResource), p.reads} })
	}
	return out
}

type linkResource interface {
	LinkSchema() schema.Schema
	NoIdentityData() (*tfprotov6.ResourceIdentityData, error)
	CanPlan(providerData any) bool
	EvaluatePlan(ctx context.Context, providerData any, config, state, plan tftypes.Value, private []byte, diags diag.Diagnostics) link.Planned
	EvaluateConfig(ctx context.Context, providerData any, config tftypes.Value) diag.Diagnostics
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	TypeName() string
	StateType() tftypes.Type
	EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult
	IdentityData(key driver.Key) (*tfprotov6.ResourceIdentityData, error)
}

type countingResource struct {
	linkResource
	reads *int
}

func (r countingResource) EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult {
	*r.reads++
	return r.linkResource.EvaluateRead(ctx, providerData, state, private)
}

// PAYMENTLINKS_SHORTCUTS=off leaves every read to the framework; nothing else does.
func TestShortcutsCanBeSwitchedOff(t *testing.T) {
	for value, want := range map[string]int{"": 1, "on": 1, "off": 0} {
		t.Setenv(protoserver.ShortcutsVariable, value)
		v := newVendor(t)
		state := v.create()
		reads := 0
		own, ok := provider.New("test", v.clock, v.registration()).(protoserver.Provider)
		if !ok {
			t.Fatal("the provider offers no reads without the framework")
		}
		server := v.serve(protoserver.New(countingProvider{own, &reads}), link.RefreshGet, tfconfig.Object{})
		if after, diags := server.Refresh(state); len(diags) > 0 || !after.Exists() {
			t.Fatalf("%q: %s", value, diags)
		}
		if reads != want {
			t.Errorf("%q: %d reads without the framework, want %d", value, reads, want)
		}
	}
}
