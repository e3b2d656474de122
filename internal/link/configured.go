package link

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/bulkread"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// vendorDefinition is what everything of one vendor shares. It is built once per process.
type vendorDefinition[M, L any] struct {
	vendor    driver.Vendor[M, L]
	revocable bool // the client is a driver.Revoker
	info      driver.Info
	schema    schema.Schema
	identity  identityschema.Schema
	diff      diff.Schema
	// Derived once, because every request needs them.
	stateType, identityType tftypes.Object
	nullTimeouts            timeouts.Value
	encoder                 *diff.Encoder
}

func newVendorDefinition[M, L any](vendor driver.Vendor[M, L], revocable bool) *vendorDefinition[M, L] {
	info := vendor.Info()
	d := &vendorDefinition[M, L]{
		vendor:    vendor,
		revocable: revocable,
		info:      info,
		schema:    ResourceSchema(vendor, revocable),
		identity:  identitySchema(info),
	}
	d.diff = diff.NewSchema(d.schema, append(slices.Clone(lifecycleAttributes), activateAttribute), info.Hidden, info.Defaults, info.Scope, info.Currency)
	d.stateType, _ = d.schema.Type().TerraformType(context.Background()).(tftypes.Object)
	d.identityType, _ = d.identity.Type().TerraformType(context.Background()).(tftypes.Object)
	nested, _ := d.schema.Attributes["timeouts"].(schema.SingleNestedAttribute)
	d.nullTimeouts = timeouts.Value{Object: types.ObjectNull(tfvalue.AttributeTypes(nested.Attributes))}
	d.encoder = diff.NewEncoder(d.stateType, tfvalue.AttributeTypes(d.schema.Attributes))
	return d
}

// configured is a vendor with its client: the base of resources, data sources, list resources and actions. client, clock,
// registry and data are nil until configure.
type configured[M, L any, PM driver.ModelPointer[M]] struct {
	*vendorDefinition[M, L]
	client   driver.Client[M, L]
	clock    clock.Clock
	registry *createonce.Registry
	lookups  *createdLookups
	data     *ProviderData
}

// configure takes the vendor's client out of providerData, which is nil before the provider is configured and *ProviderData
// afterwards.
func (c *configured[M, L, PM]) configure(providerData any) (diags diag.Diagnostics) {
	data, ok := providerData.(*ProviderData)
	if !ok {
		return nil
	}
	c.clock, c.data = data.Clock, data
	c.registry = sharedByVendor(data, c.info.Name, createonce.NewRegistry)
	c.lookups = sharedByVendor(data, c.info.Name, newShared[createdLookups])
	problems := data.ConfigErrors[c.info.Name]
	client, ok := data.Clients[c.info.Name]
	switch {
	case ok:
		c.client = client.(driver.Client[M, L]) // of Registration.NewClient
	case problems.HasError():
		for _, problem := range problems { // without its path, which is one of the provider's configuration
			diags.Append(diag.NewErrorDiagnostic(problem.Summary(), problem.Detail()))
		}
	default:
		diags.AddError(c.info.Title+" is not configured", c.info.Title+" is not configured in the provider block. "+c.info.ConfigurationHint)
	}
	return diags
}

// vendorNow returns the vendor's time, as its answers tell it: by that clock a link was revoked. Within what they leave open it is late.
func (c *configured[M, L, PM]) vendorNow() time.Time {
	now := c.clock.Now()
	if skewer, ok := c.client.(driver.ClockSkewer); ok {
		if _, most, told := skewer.ClockSkew(); told && most > 0 {
			return now.Add(most)
		}
	}
	return now
}

// decode fills a model with a state, a plan or a configuration.
func (d *vendorDefinition[M, L]) decode(ctx context.Context, v tftypes.Value, into *M) diag.Diagnostics {
	if d.encoder.Decode(ctx, v, into) {
		return nil
	}
	return tfsdk.State{Raw: v, Schema: d.schema}.Get(ctx, into)
}

func (c *configured[M, L, PM]) nullState() tftypes.Value { return tftypes.NewValue(c.stateType, nil) }

// key reads a link's identity out of a state or plan.
func (c *configured[M, L, PM]) key(v tftypes.Value) driver.Key {
	attributes := diff.Attributes(v)
	key := driver.Key{ID: diff.String(attributes["id"])}
	if c.info.Scope != "" {
		key.Scope = diff.String(attributes[c.info.Scope])
	}
	return key
}

// idOf returns the id of an answer; "" for one that no import would take.
func (c *configured[M, L, PM]) idOf(answer L) string {
	m := c.vendor.Model(answer)
	return c.idIn(PM(&m).Common())
}

func (c *configured[M, L, PM]) idIn(common *driver.Model) string {
	return driver.IDOf(common.ID.ValueString(), c.info.CheckID)
}

func (c *configured[M, L, PM]) identityValue(key driver.Key) tftypes.Value {
	values := map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, key.ID)}
	if c.info.Scope != "" {
		values[c.info.Scope] = tftypes.NewValue(tftypes.String, key.Scope)
	}
	return tftypes.NewValue(c.identityType, values)
}

// setIdentity writes a link's identity; identity is nil for an engine without identities.
func (c *configured[M, L, PM]) setIdentity(identity *tfsdk.ResourceIdentity, key driver.Key) {
	if identity != nil {
		identity.Raw = c.identityValue(key)
	}
}

// account returns the account of the credentials in use as it applies to one link. Where the vendor's scopes identify an
// account, the owner is the link's scope.
func (c *configured[M, L, PM]) account(key driver.Key) driver.Account {
	account := c.client.Account()
	if c.info.Scope != "" && c.info.ScopeIdentifiesAccount {
		account.Owner = key.Scope
	}
	return account
}

// journalAccount returns whose links these are, as the journal distinguishes them: without the user's own name, which may come later.
func (c *configured[M, L, PM]) journalAccount() string {
	account := c.client.Account()
	return c.info.Name + "\n" + account.BaseURL + "\n" + account.Owner
}

// markInState records that a state has a link: no create has made it, and none takes it over.
func (c *configured[M, L, PM]) markInState(ctx context.Context, key driver.Key) {
	c.registry.MarkKnown(key)
	c.data.Journal.Seen(ctx, c.journalAccount(), key.ID)
}

// list ranges over the vendor's list; over nothing at a vendor without one, for which nothing that lists is registered.
func (c *configured[M, L, PM]) list(ctx context.Context, query driver.Query) iter.Seq2[L, error] {
	if lister, ok := c.client.(driver.Lister[L]); ok {
		return lister.List(ctx, query)
	}
	return func(func(L, error) bool) {}
}

// defaultScope returns the scope of links that do not name theirs; empty where there is none.
func (c *configured[M, L, PM]) defaultScope() string {
	if scoped, ok := c.client.(driver.Scoped); ok {
		return scoped.DefaultScope()
	}
	return ""
}

// scopeOf returns the scope of a planned link: its own, else the default.
func (c *configured[M, L, PM]) scopeOf(plan tftypes.Value) string {
	if scope := c.key(plan).Scope; scope != "" || c.info.Scope == "" {
		return scope
	}
	return c.defaultScope()
}

// bulkReader returns the reader that all reads of the vendor share; nil where every link is read singly.
func (c *configured[M, L, PM]) bulkReader() *bulkread.Reader[L] {
	pager, ok := c.client.(driver.Pager[L])
	if !ok || c.data == nil || c.data.RefreshMode == RefreshGet {
		return nil
	}
	return sharedByVendor(c.data, c.info.Name, func() *bulkread.Reader[L] {
		batcher, _ := c.client.(driver.Batcher[L])
		return bulkread.New(bulkread.Config[L]{
			Pager: pager, Batcher: batcher, ListOnly: c.data.RefreshMode == RefreshList, Clock: c.clock, Vendor: c.info.Name,
			ID: c.idOf,
		})
	})
}
