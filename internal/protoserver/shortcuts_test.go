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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// countingProvider counts the calls that its resources answer without the framework.
type countingProvider struct {
	protoserver.Provider
	calls *calls
}

type calls struct{ reads, plans, validations int }

func (p countingProvider) Resources(ctx context.Context) []func() resource.Resource {
	var out []func() resource.Resource
	for _, newResource := range p.Provider.Resources(ctx) {
		out = append(out, func() resource.Resource { return countingResource{newResource().(linkResource), p.calls} })
	}
	return out
}

type linkResource interface {
	LinkSchema() schema.Schema
	CanPlan(providerData any) bool
	EvaluatePlan(ctx context.Context, providerData any, config, state, plan tftypes.Value, private []byte, diags diag.Diagnostics) link.Planned
	EvaluateCreate(ctx context.Context, providerData any, config, plan tftypes.Value) link.Created
	EvaluateDelete(ctx context.Context, providerData any, state tftypes.Value, private []byte) diag.Diagnostics
	EvaluateConfig(ctx context.Context, providerData any, config tftypes.Value) diag.Diagnostics
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithModifyPlan
	resource.ResourceWithValidateConfig
	TypeName() string
	StateType() tftypes.Type
	EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult
	IdentityData(key *driver.Key) (*tfprotov6.ResourceIdentityData, error)
}

type countingResource struct {
	linkResource
	calls *calls
}

func (r countingResource) EvaluateRead(ctx context.Context, providerData any, state tftypes.Value, private []byte) link.ReadResult {
	r.calls.reads++
	return r.linkResource.EvaluateRead(ctx, providerData, state, private)
}

func (r countingResource) EvaluatePlan(ctx context.Context, providerData any, config, state, plan tftypes.Value, private []byte, diags diag.Diagnostics) link.Planned {
	r.calls.plans++
	return r.linkResource.EvaluatePlan(ctx, providerData, config, state, plan, private, diags)
}

func (r countingResource) EvaluateConfig(ctx context.Context, providerData any, config tftypes.Value) diag.Diagnostics {
	r.calls.validations++
	return r.linkResource.EvaluateConfig(ctx, providerData, config)
}

// PAYMENTLINKS_SHORTCUTS=off leaves every call to the framework; nothing else does. A configuration is validated once.
func TestShortcutsCanBeSwitchedOff(t *testing.T) {
	for value, want := range map[string]calls{"": {1, 1, 1}, "on": {1, 1, 1}, "off": {}} {
		t.Setenv(protoserver.ShortcutsVariable, value)
		v := newVendor(t)
		state := v.create()
		var made calls
		own, ok := provider.New("test", v.clock, v.registration()).(protoserver.Provider)
		if !ok {
			t.Fatal("the provider offers no calls without the framework")
		}
		server := v.serve(protoserver.New(countingProvider{own, &made}), link.RefreshGet, tfconfig.Object{})
		if after, diags := server.Refresh(state); len(diags) > 0 || !after.Exists() {
			t.Fatalf("%q: %s", value, diags)
		}
		for range 2 {
			if diags := server.Validate(linkType, linkConfig); len(diags) > 0 {
				t.Fatalf("%q: %s", value, diags)
			}
		}
		if plan := server.Plan(linkType, state, linkConfig); plan.Action != protocoltest.Nothing {
			t.Fatalf("%q: %s %s", value, plan.Action, plan.Diagnostics)
		}
		if made != want {
			t.Errorf("%q: %v without the framework, want %v", value, made, want)
		}
	}
}
