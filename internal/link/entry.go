package link

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

// Registration is all that the provider knows of a vendor: one line in its list.
type Registration struct {
	Settings settings.Object
	// Connect makes the vendor's Client. base holds what all vendors share: user agent, time-outs, clock.
	Connect   func(ctx context.Context, values settings.Values, base rest.Config) (any, diag.Diagnostics)
	Resources []func() resource.Resource
	Actions   []func() action.Action
	Lists     []func() list.ListResource
	// DataSources are the single and the plural one, and what else the vendor has.
	DataSources []func() datasource.DataSource
	// Lister is the vendor's part of `paymentlinks_links`.
	Lister LinkLister
}
