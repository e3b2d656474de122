package link

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

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
