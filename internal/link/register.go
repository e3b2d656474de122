package link

import (
	"cmp"
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// Registration is all that the provider needs of a vendor.
type Registration struct {
	Settings settings.Object
	// NewClient returns the vendor's client. config holds what all vendors share: user agent, timeouts, clock.
	NewClient     func(ctx context.Context, values settings.Values, config rest.Config) (any, diag.Diagnostics)
	Resource      func() resource.Resource
	DataSources   []func() datasource.DataSource
	ListResources []func() list.ListResource // empty for a vendor without a list
	Actions       []func() action.Action
	Functions     []func() function.Function
	// Lister is the vendor's part of `paymentlinks_links`; nil for a vendor without a list.
	Lister *LinkLister
}

// Extras is what a vendor has beside what every vendor has.
type Extras struct {
	Actions     []ActionSpec
	DataSources []func() datasource.DataSource
	Functions   []func() function.Function // they need no configuration
}

// Register returns a vendor's registration. The type of its client decides what the vendor offers: a driver.Lister gives it a
// plural data source and a list resource, a driver.Revoker `on_destroy = "revoke"`.
func Register[C driver.Client[M, L], M, L any, PM driver.ModelPointer[M]](
	vendor driver.Vendor[M, L], block settings.Object, newClient func(context.Context, settings.Values, rest.Config) (C, diag.Diagnostics), extras Extras,
) Registration {
	client := reflect.TypeFor[C]()
	d := newVendorDefinition(vendor, client.Implements(reflect.TypeFor[driver.Revoker[L]]()))
	out := Registration{
		Settings: block,
		NewClient: func(ctx context.Context, values settings.Values, config rest.Config) (any, diag.Diagnostics) {
			return newClient(ctx, values, config)
		},
		Resource:    newResource[M, L, PM](d),
		Functions:   extras.Functions,
		DataSources: []func() datasource.DataSource{newDataSource[M, L, PM](d)},
	}
	if client.Implements(reflect.TypeFor[driver.Lister[L]]()) {
		out.DataSources = append(out.DataSources, newListDataSource[M, L, PM](d))
		out.ListResources = []func() list.ListResource{newListResource[M, L, PM](d)}
		out.Lister = newLinkLister[M, L, PM](d)
	}
	out.DataSources = append(out.DataSources, extras.DataSources...)
	for _, spec := range extras.Actions {
		out.Actions = append(out.Actions, newAction[M, L, PM](d, spec))
	}
	return out
}

// AwaitNew calls read, and again after 1, 2 and 4 s while it is answered by a 404 about a link that this run may have made.
type AwaitNew func(ctx context.Context, id string, read func() error) error

// ClientFrom returns a vendor's client out of what the provider hands over, for data sources of the vendor's own, and how they read
// what belongs to a link. The client is nil, without an error, before the provider is configured.
func ClientFrom[M, L any, PM driver.ModelPointer[M]](vendor driver.Vendor[M, L], providerData any) (driver.Client[M, L], AwaitNew, diag.Diagnostics) {
	c := configured[M, L, PM]{vendorDefinition: &vendorDefinition[M, L]{vendor: vendor, info: vendor.Info()}}
	diags := c.configure(providerData)
	await := func(ctx context.Context, id string, read func() error) (err error) {
		canceled := c.awaitNew(ctx, c.mayBeNew(driver.Key{ID: id}), func() bool {
			err = read()
			return rest.IsNotFound(err)
		})
		return cmp.Or(canceled, err)
	}
	return c.client, await, diags
}
