package link

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Runtime is what the configured provider hands to its resources.
type Runtime struct {
	// Clients holds each configured vendor's Client, by the vendor's name.
	Clients map[string]any
	// Problems says, by the vendor's name, why one that only the environment configures has no Client.
	Problems map[string]diag.Diagnostics
	Clock    clock.Clock
}

// definition is what all resources of one vendor share; it is built once per process.
type definition[M, L any] struct {
	vendor   Vendor[M, L]
	about    About
	schema   schema.Schema
	identity identityschema.Schema
	shape    shape
}

// Resource is `paymentlinks_<vendor>_link`.
type Resource[M, L any, PM Linked[M]] struct {
	*definition[M, L]
	client Client[M, L]
	clock  clock.Clock
}

// NewResource returns the constructor of a vendor's resource.
func NewResource[M, L any, PM Linked[M]](vendor Vendor[M, L]) func() resource.Resource {
	about := vendor.About()
	d := &definition[M, L]{
		vendor:   vendor,
		about:    about,
		schema:   resourceSchema(about, vendor.Attributes()),
		identity: identitySchema(about),
	}
	d.shape = newShape(d.schema, about.Hidden)
	return func() resource.Resource { return &Resource[M, L, PM]{definition: d} }
}

func (r *Resource[M, L, PM]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.about.Name + "_link"
}

func (r *Resource[M, L, PM]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.schema
}

func (r *Resource[M, L, PM]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = r.identity
}

// UpgradeState is the place for states of earlier schema versions.
func (r *Resource[M, L, PM]) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return r.about.Upgrades
}

func (r *Resource[M, L, PM]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if req.ProviderData == nil { // validation comes before configuration
		return
	}
	runtime, ok := req.ProviderData.(*Runtime)
	if !ok {
		resp.Diagnostics.AddError("Cannot use the provider's configuration", fmt.Sprintf("The provider handed over a %T. Please report this to its developers.", req.ProviderData))
		return
	}
	r.clock = runtime.Clock
	configured, ok := runtime.Clients[r.about.Name]
	if problems := runtime.Problems[r.about.Name]; !ok && problems.HasError() {
		for _, problem := range problems { // the path was one of the provider's configuration
			resp.Diagnostics.Append(diag.NewErrorDiagnostic(problem.Summary(), problem.Detail()))
		}
		return
	}
	if !ok {
		resp.Diagnostics.AddError(r.about.Title+" is not configured",
			"A "+r.about.Title+" payment link is declared, but the provider has no access to "+r.about.Title+". "+r.about.Setup)
		return
	}
	if r.client, ok = configured.(Client[M, L]); !ok {
		resp.Diagnostics.AddError("Cannot use the provider's configuration", fmt.Sprintf("The client of %s is a %T. Please report this to the provider's developers.", r.about.Title, configured))
	}
}

func (r *Resource[M, L, PM]) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config M
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(r.vendor.Validate(ctx, &config)...)
	}
}

// answered is an answer as a value of the schema: everything the vendor said, everything of ours null.
func (r *Resource[M, L, PM]) answered(ctx context.Context, answer L) (tftypes.Value, diag.Diagnostics) {
	m := r.vendor.Model(answer)
	base := PM(&m).base()
	base.State = types.StringValue(string(r.vendor.State(answer, r.clock.Now())))
	base.ReplaceWhen = types.SetNull(types.StringType)
	base.OnDestroy = types.StringNull()
	base.Timeouts = r.noTimeouts()
	state := tfsdk.State{Schema: r.schema, Raw: r.null()}
	diags := state.Set(ctx, &m)
	return state.Raw, diags
}

func (r *Resource[M, L, PM]) noTimeouts() timeouts.Value {
	kinds := map[string]attr.Type{}
	if t, ok := r.schema.Attributes["timeouts"].GetType().(attr.TypeWithAttributeTypes); ok {
		kinds = t.AttributeTypes()
	}
	return timeouts.Value{Object: types.ObjectNull(kinds)}
}

func (r *Resource[M, L, PM]) null() tftypes.Value {
	return tftypes.NewValue(r.schema.Type().TerraformType(context.Background()), nil)
}

// key reads a link's identity out of a state or plan.
func (r *Resource[M, L, PM]) key(v tftypes.Value) Key {
	attributes := attributesOf(v)
	key := Key{ID: textOf(attributes["id"])}
	if r.about.Scope != "" {
		key.Scope = textOf(attributes[r.about.Scope])
	}
	return key
}

// identify writes the identity; nil where the caller's engine knows none.
func (r *Resource[M, L, PM]) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, key Key) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	diags := identity.SetAttribute(ctx, path.Root("id"), key.ID)
	if r.about.Scope != "" {
		diags.Append(identity.SetAttribute(ctx, path.Root(r.about.Scope), key.Scope)...)
	}
	return diags
}

// account is the configured account as seen from one link: a scope in its identity is the link's own.
func (r *Resource[M, L, PM]) account(key Key) Account {
	account := r.client.Account()
	if r.about.Scope != "" {
		account.Scope = key.Scope
	}
	return account
}

const (
	defaultCreate = 5 * time.Minute
	defaultRead   = 2 * time.Minute
	defaultDelete = 5 * time.Minute
)
