package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Defaults of `timeouts`.
const (
	defaultCreateTimeout = 5 * time.Minute
	defaultReadTimeout   = 2 * time.Minute
	defaultDeleteTimeout = 5 * time.Minute
)

// Resource is `paymentlinks_<vendor>_link`.
type Resource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
}

func newResource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() resource.Resource {
	return func() resource.Resource { return &Resource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}} }
}

func (r *Resource[M, L, PM]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.TypeName()
}

func (r *Resource[M, L, PM]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.schema
}

func (r *Resource[M, L, PM]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = r.identity
}

// UpgradeState reads states that earlier schema versions wrote.
func (r *Resource[M, L, PM]) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return r.info.Upgrades
}

func (r *Resource[M, L, PM]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	resp.Diagnostics.Append(r.configure(req.ProviderData)...)
}

func (r *Resource[M, L, PM]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	resp.Diagnostics.Append(r.validate(ctx, req.Config.Raw)...)
}

func (r *Resource[M, L, PM]) validate(ctx context.Context, config tftypes.Value) diag.Diagnostics {
	var model M
	diags := r.decode(ctx, config, &model)
	if !diags.HasError() {
		diags.Append(r.vendor.Validate(ctx, &model)...)
	}
	return diags
}

// The methods below serve package protoserver, which reads links without the framework.

// TypeName returns the resource's type, "paymentlinks_<vendor>_link".
func (r *Resource[M, L, PM]) TypeName() string { return "paymentlinks_" + r.info.Name + "_link" }

// StateType returns the type of the resource's state.
func (r *Resource[M, L, PM]) StateType() tftypes.Type { return r.stateType }

// with returns the resource under a configuration of the provider.
func (r *Resource[M, L, PM]) with(providerData any) (*Resource[M, L, PM], diag.Diagnostics) {
	own := &Resource[M, L, PM]{configured[M, L, PM]{vendorDefinition: r.vendorDefinition}}
	return own, own.configure(providerData)
}

// IdentityData returns a link's identity as the protocol carries it; without a key, the identity of what is not there yet.
func (r *Resource[M, L, PM]) IdentityData(key *driver.Key) (*tfprotov6.ResourceIdentityData, error) {
	v := tftypes.NewValue(r.identityType, nil)
	if key != nil {
		v = r.identityValue(*key)
	}
	data, err := tfprotov6.NewDynamicValue(r.identityType, v)
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}, err
}
