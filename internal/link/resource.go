package link

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Resource is `paymentlinks_<vendor>_link`.
type Resource[M, L any, PM driver.ModelPointer[M]] struct {
	configured[M, L, PM]
}

// newResource returns the constructor of a vendor's resource.
func newResource[M, L any, PM driver.ModelPointer[M]](d *vendorDefinition[M, L]) func() resource.Resource {
	return func() resource.Resource { return &Resource[M, L, PM]{configured[M, L, PM]{vendorDefinition: d}} }
}

func (r *Resource[M, L, PM]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.info.Name + "_link"
}

func (r *Resource[M, L, PM]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.schema
}

func (r *Resource[M, L, PM]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = r.identity
}

// UpgradeState is the place for states of earlier schema versions.
func (r *Resource[M, L, PM]) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return r.info.Upgrades
}

func (r *Resource[M, L, PM]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	resp.Diagnostics.Append(r.configure(req.ProviderData)...)
}

func (r *Resource[M, L, PM]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config M
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.vendor.Validate(ctx, &config)...)
	}
}

const (
	defaultCreate = 5 * time.Minute
	defaultRead   = 2 * time.Minute
	defaultDelete = 5 * time.Minute
)
