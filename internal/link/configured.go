package link

import (
	"context"
	"iter"
	"slices"
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

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
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
	registries map[string]*createonce.Registry
	readers    map[string]any // bulk readers, by vendor
}

// registry is the vendor's, one for everything that this configuration does.
func (r *ProviderData) registry(vendor string) *createonce.Registry {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.registries == nil {
		r.registries = map[string]*createonce.Registry{}
	}
	if r.registries[vendor] == nil {
		r.registries[vendor] = createonce.NewRegistry()
	}
	return r.registries[vendor]
}

// vendorDefinition is what everything of one vendor shares; it is built once per process.
type vendorDefinition[M, L any] struct {
	vendor    driver.Vendor[M, L]
	revocable bool // the client is a Revoker
	info      driver.Info
	schema    schema.Schema
	identity  identityschema.Schema
	diff      diff.Schema
	// What each request would build anew.
	stateType    tftypes.Object
	nullTimeouts timeouts.Value
	encoder      *diff.Encoder
}

func newVendorDefinition[M, L any](vendor driver.Vendor[M, L], revocable bool) *vendorDefinition[M, L] {
	info := vendor.Info()
	d := &vendorDefinition[M, L]{
		vendor:    vendor,
		revocable: revocable,
		info:      info,
		schema:    ResourceSchema(info, revocable, vendor.Attributes()),
		identity:  identitySchema(info),
	}
	d.diff = diff.NewSchema(d.schema, append(slices.Clone(lifecycleAttributes), activateAttribute), info.Hidden)
	d.stateType, _ = d.schema.Type().TerraformType(context.Background()).(tftypes.Object)
	d.nullTimeouts = newNullTimeouts(d.schema)
	d.encoder = diff.NewEncoder(d.stateType)
	return d
}

// configured is a vendor that is configured: what resources and actions work with.
type configured[M, L any, PM driver.ModelPointer[M]] struct {
	*vendorDefinition[M, L]
	client   driver.Client[M, L]
	clock    clock.Clock
	registry *createonce.Registry
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
	if a.client, ok = configured.(driver.Client[M, L]); !ok {
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
	return a.encoder.Encode(ctx, &m)
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
func (a *configured[M, L, PM]) key(v tftypes.Value) driver.Key {
	attributes := diff.Attributes(v)
	key := driver.Key{ID: diff.String(attributes["id"])}
	if a.info.Scope != "" {
		key.Scope = diff.String(attributes[a.info.Scope])
	}
	return key
}

// setIdentity writes the identity; nil where the caller's engine knows none.
func (a *configured[M, L, PM]) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, key driver.Key) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	diags := identity.SetAttribute(ctx, path.Root("id"), key.ID)
	if a.info.Scope != "" {
		diags.Append(identity.SetAttribute(ctx, path.Root(a.info.Scope), key.Scope)...)
	}
	return diags
}

// account returns the configured account as seen from one link. Where the vendor's scopes tell whose account it is, the link's
// own does.
func (a *configured[M, L, PM]) account(key driver.Key) driver.Account {
	account := a.client.Account()
	if a.info.Scope != "" && a.info.ScopeIdentifiesAccount {
		account.Owner = key.Scope
	}
	return account
}

// list ranges over the vendor's list. What asks for it is registered for a Lister only.
func (a *configured[M, L, PM]) list(ctx context.Context, query driver.Query) iter.Seq2[L, error] {
	if lister, ok := a.client.(driver.Lister[L]); ok {
		return lister.List(ctx, query)
	}
	return func(func(L, error) bool) {}
}

// defaultScope returns the scope of links that do not name theirs; empty where there is none.
func (a *configured[M, L, PM]) defaultScope() string {
	if scoped, ok := any(a.client).(driver.Scoped); ok {
		return scoped.DefaultScope()
	}
	return ""
}

func (a *configured[M, L, PM]) idOf(answer L) string {
	m := a.vendor.Model(answer)
	return PM(&m).Common().ID.ValueString()
}

// scopeOf returns the scope of a planned link: its own, else the default.
func (a *configured[M, L, PM]) scopeOf(plan tftypes.Value) string {
	if scope := a.key(plan).Scope; scope != "" || a.info.Scope == "" {
		return scope
	}
	return a.defaultScope()
}

// creator returns what creates the vendor's links.
func (a *configured[M, L, PM]) creator() *createonce.Creator[M, L] {
	return &createonce.Creator[M, L]{
		Vendor: a.vendor, Client: a.client, Info: a.info, Diff: a.diff, Registry: a.registry, Clock: a.clock, Budget: a.budget,
		Value: a.stateValue, ID: a.idOf, Key: a.key, Scope: a.scopeOf,
		Refused: func(err error) diag.Diagnostics { return a.apiError("create", err, "Nothing was created.") },
		Explain: func(err error) string { return a.errorDetail(err, false) },
	}
}
