package link

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// ProviderData is what the configured provider hands to its resources.
type ProviderData struct {
	// Clients holds each configured vendor's Client, by the vendor's name.
	Clients map[string]any
	// ConfigErrors says, by the vendor's name, why one that only the environment configures has no Client.
	ConfigErrors map[string]diag.Diagnostics
	Clock        clock.Clock
	// RetryBudget bounds the waits of one operation.
	RetryBudget time.Duration
	// RefreshMode is how links are read; the zero value is RefreshAuto.
	RefreshMode RefreshMode

	mu         sync.Mutex
	registries map[string]*Registry
	readers    map[string]any // refreshers, by vendor
}

// registry is the vendor's, one for everything that this configuration does.
func (r *ProviderData) registry(vendor string) *Registry {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.registries == nil {
		r.registries = map[string]*Registry{}
	}
	if r.registries[vendor] == nil {
		r.registries[vendor] = NewRegistry()
	}
	return r.registries[vendor]
}

// vendorDefinition is what everything of one vendor shares; it is built once per process.
type vendorDefinition[M, L any] struct {
	vendor   Vendor[M, L]
	info     Info
	schema   schema.Schema
	identity identityschema.Schema
	diff     Schema
	// What each request would build anew.
	stateType    tftypes.Object
	nullTimeouts timeouts.Value
	encoder      *encoder
}

func newVendorDefinition[M, L any](vendor Vendor[M, L]) *vendorDefinition[M, L] {
	about := vendor.Info()
	d := &vendorDefinition[M, L]{
		vendor:   vendor,
		info:     about,
		schema:   resourceSchema(about, vendor.Attributes()),
		identity: identitySchema(about),
	}
	d.diff = NewSchema(d.schema, about.Hidden)
	d.stateType, _ = d.schema.Type().TerraformType(context.Background()).(tftypes.Object)
	d.nullTimeouts = newNullTimeouts(d.schema)
	d.encoder = &encoder{schema: d.stateType}
	return d
}

// configured is a vendor that is configured: what resources and actions work with.
type configured[M, L any, PM ModelPointer[M]] struct {
	*vendorDefinition[M, L]
	client   Client[M, L]
	clock    clock.Clock
	registry *Registry
	budget   time.Duration // of the waits of one operation
	data     *ProviderData
}

// configure takes the vendor's client out of what the provider hands over; nil while nothing is configured yet.
func (a *configured[M, L, PM]) configure(providerData any) (diags diag.Diagnostics) {
	if providerData == nil { // validation comes before configuration
		return nil
	}
	runtime, ok := providerData.(*ProviderData)
	if !ok {
		diags.AddError("Cannot use the provider's configuration", "What was handed over is no configuration. This is a bug of the provider: please report it to its developers.")
		return diags
	}
	a.clock, a.budget, a.registry, a.data = runtime.Clock, runtime.RetryBudget, runtime.registry(a.info.Name), runtime
	configured, ok := runtime.Clients[a.info.Name]
	if problems := runtime.ConfigErrors[a.info.Name]; !ok && problems.HasError() {
		for _, problem := range problems { // the path was one of the provider's configuration
			diags.Append(diag.NewErrorDiagnostic(problem.Summary(), problem.Detail()))
		}
		return diags
	}
	if !ok {
		diags.AddError(a.info.Title+" is not configured",
			"This needs "+a.info.Title+", and the provider has no access to it. "+a.info.ConfigurationHint)
		return diags
	}
	if a.client, ok = configured.(Client[M, L]); !ok {
		diags.AddError("Cannot use the provider's configuration", "What was handed over is no access to "+a.info.Title+". This is a bug of the provider: please report it to its developers.")
	}
	return diags
}

// stateValue is an answer as a value of the schema: everything the vendor said, everything of ours null.
func (a *configured[M, L, PM]) stateValue(ctx context.Context, answer L) (tftypes.Value, diag.Diagnostics) {
	m := a.vendor.Model(answer)
	base := PM(&m).Common()
	base.State = types.StringValue(string(a.vendor.State(answer, a.clock.Now())))
	base.ReplaceWhen = types.SetNull(types.StringType)
	base.OnDestroy = types.StringNull()
	base.Timeouts = a.nullTimeouts
	return a.encoder.encode(ctx, &m)
}

func newNullTimeouts(s schema.Schema) timeouts.Value {
	kinds := map[string]attr.Type{}
	if t, ok := s.Attributes["timeouts"].GetType().(attr.TypeWithAttributeTypes); ok {
		kinds = t.AttributeTypes()
	}
	return timeouts.Value{Object: types.ObjectNull(kinds)}
}

func (a *configured[M, L, PM]) nullState() tftypes.Value { return tftypes.NewValue(a.stateType, nil) }

// key reads a link's identity out of a state or plan.
func (a *configured[M, L, PM]) key(v tftypes.Value) Key {
	attributes := Attributes(v)
	key := Key{ID: String(attributes["id"])}
	if a.info.Scope != "" {
		key.Scope = String(attributes[a.info.Scope])
	}
	return key
}

// setIdentity writes the identity; nil where the caller's engine knows none.
func (a *configured[M, L, PM]) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, key Key) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	diags := identity.SetAttribute(ctx, path.Root("id"), key.ID)
	if a.info.Scope != "" {
		diags.Append(identity.SetAttribute(ctx, path.Root(a.info.Scope), key.Scope)...)
	}
	return diags
}

// account is the configured account as seen from one link: a scope in its identity is the link's own.
func (a *configured[M, L, PM]) account(key Key) Account {
	account := a.client.Account()
	if a.info.Scope != "" {
		account.Scope = key.Scope
	}
	return account
}
