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

// Runtime is what the configured provider hands to its resources.
type Runtime struct {
	// Clients holds each configured vendor's Client, by the vendor's name.
	Clients map[string]any
	// Problems says, by the vendor's name, why one that only the environment configures has no Client.
	Problems map[string]diag.Diagnostics
	Clock    clock.Clock
	// RetryBudget bounds the waits of one operation.
	RetryBudget time.Duration
	// Refresh is how links are read; the zero value is RefreshAuto.
	Refresh Refresh

	mu      sync.Mutex
	ledgers map[string]*ledger
	shared  map[string]any // refreshers, by vendor
}

// ledger is the vendor's, one for everything that this configuration does.
func (r *Runtime) ledger(vendor string) *ledger {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ledgers == nil {
		r.ledgers = map[string]*ledger{}
	}
	if r.ledgers[vendor] == nil {
		r.ledgers[vendor] = newLedger()
	}
	return r.ledgers[vendor]
}

// definition is what everything of one vendor shares; it is built once per process.
type definition[M, L any] struct {
	vendor   Vendor[M, L]
	about    About
	schema   schema.Schema
	identity identityschema.Schema
	shape    shape
	// What each request would build anew.
	typ     tftypes.Object
	nothing timeouts.Value
	encoder *encoder
}

func define[M, L any](vendor Vendor[M, L]) *definition[M, L] {
	about := vendor.About()
	d := &definition[M, L]{
		vendor:   vendor,
		about:    about,
		schema:   resourceSchema(about, vendor.Attributes()),
		identity: identitySchema(about),
	}
	d.shape = newShape(d.schema, about.Hidden)
	d.typ, _ = d.schema.Type().TerraformType(context.Background()).(tftypes.Object)
	d.nothing = noTimeouts(d.schema)
	d.encoder = &encoder{schema: d.typ}
	return d
}

// access is a vendor that is configured: what resources and actions work with.
type access[M, L any, PM Linked[M]] struct {
	*definition[M, L]
	client  Client[M, L]
	clock   clock.Clock
	ledger  *ledger
	budget  time.Duration // of the waits of one operation
	runtime *Runtime
}

// connect takes the vendor's client out of what the provider hands over; nil while nothing is configured yet.
func (a *access[M, L, PM]) connect(handed any) (diags diag.Diagnostics) {
	if handed == nil { // validation comes before configuration
		return nil
	}
	runtime, ok := handed.(*Runtime)
	if !ok {
		diags.AddError("Cannot use the provider's configuration", "What was handed over is no configuration. This is a bug of the provider: please report it to its developers.")
		return diags
	}
	a.clock, a.budget, a.ledger, a.runtime = runtime.Clock, runtime.RetryBudget, runtime.ledger(a.about.Name), runtime
	configured, ok := runtime.Clients[a.about.Name]
	if problems := runtime.Problems[a.about.Name]; !ok && problems.HasError() {
		for _, problem := range problems { // the path was one of the provider's configuration
			diags.Append(diag.NewErrorDiagnostic(problem.Summary(), problem.Detail()))
		}
		return diags
	}
	if !ok {
		diags.AddError(a.about.Title+" is not configured",
			"This needs "+a.about.Title+", and the provider has no access to it. "+a.about.Setup)
		return diags
	}
	if a.client, ok = configured.(Client[M, L]); !ok {
		diags.AddError("Cannot use the provider's configuration", "What was handed over is no access to "+a.about.Title+". This is a bug of the provider: please report it to its developers.")
	}
	return diags
}

// answered is an answer as a value of the schema: everything the vendor said, everything of ours null.
func (a *access[M, L, PM]) answered(ctx context.Context, answer L) (tftypes.Value, diag.Diagnostics) {
	m := a.vendor.Model(answer)
	base := PM(&m).base()
	base.State = types.StringValue(string(a.vendor.State(answer, a.clock.Now())))
	base.ReplaceWhen = types.SetNull(types.StringType)
	base.OnDestroy = types.StringNull()
	base.Timeouts = a.nothing
	return a.encoder.encode(ctx, &m)
}

func noTimeouts(s schema.Schema) timeouts.Value {
	kinds := map[string]attr.Type{}
	if t, ok := s.Attributes["timeouts"].GetType().(attr.TypeWithAttributeTypes); ok {
		kinds = t.AttributeTypes()
	}
	return timeouts.Value{Object: types.ObjectNull(kinds)}
}

func (a *access[M, L, PM]) null() tftypes.Value { return tftypes.NewValue(a.typ, nil) }

// key reads a link's identity out of a state or plan.
func (a *access[M, L, PM]) key(v tftypes.Value) Key {
	attributes := attributesOf(v)
	key := Key{ID: textOf(attributes["id"])}
	if a.about.Scope != "" {
		key.Scope = textOf(attributes[a.about.Scope])
	}
	return key
}

// identify writes the identity; nil where the caller's engine knows none.
func (a *access[M, L, PM]) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, key Key) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	diags := identity.SetAttribute(ctx, path.Root("id"), key.ID)
	if a.about.Scope != "" {
		diags.Append(identity.SetAttribute(ctx, path.Root(a.about.Scope), key.Scope)...)
	}
	return diags
}

// account is the configured account as seen from one link: a scope in its identity is the link's own.
func (a *access[M, L, PM]) account(key Key) Account {
	account := a.client.Account()
	if a.about.Scope != "" {
		account.Scope = key.Scope
	}
	return account
}
