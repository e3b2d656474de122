package gigs

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// vendor is what is special about the life of Gigs' links.
type vendor struct{}

var (
	_ link.Vendor[model, Link]    = vendor{}
	_ link.CreateValidator[model] = vendor{}
	_ link.StateTimer[model]      = vendor{}
	_ link.DisplayNamer[Link]     = vendor{}
)

// Entry is Gigs' line in the provider.
var Entry = link.Registration{
	Settings:  object,
	Connect:   connect,
	Resources: []func() resource.Resource{link.NewResource[model, Link](vendor{})},
	DataSources: []func() datasource.DataSource{
		link.NewDataSource[model, Link](vendor{}), link.NewListDataSource[model, Link](vendor{}),
	},
	Lister: link.NewLinkLister[model, Link](vendor{}),
	Lists:  []func() list.ListResource{link.NewListResource[model, Link](vendor{})},
}

// Info: a 404 often means another key or project, because links cannot be deleted; the project's list confirms it (row
// 11). A canceled link is not replaced by itself: the invoice may have been settled in another way (row 9).
func (vendor) Info() link.Info {
	return link.Info{
		Name:  "gigs",
		Title: "Gigs",
		Description: "A payment link at [Gigs](" + page + "), through EBANX, for one invoice. Gigs documents no call that changes or ends a link: " +
			"every change of an argument makes a new link, and the old one stays payable until its invoice is settled.",
		ConfigurationHint:     "Add `gigs = {}` with its settings to the provider block, or set GIGS_API_KEY.",
		ReadPermission:        "an API key of the link's own project",
		WritePermission:       "an API key of the link's own project",
		Scope:                 "project",
		Hidden:                []string{"ebanx.user", "ebanx.user_wo_version"},
		NeverReturned:         []string{"ebanx.user", "ebanx.user_wo", "ebanx.user_wo_version"}, // row 6
		Filters:               filters,
		ConfirmNotFoundByList: true,
	}
}

// State follows 3. Both endings are final; what no document names may still be paid.
func (vendor) State(l Link, _ time.Time) link.State {
	switch l.Status {
	case "active":
		return link.Open
	case "completed":
		return link.Paid
	case "canceled":
		return link.Revoked
	}
	return link.Unknown
}

func (vendor) StateSince(state *model) string {
	switch link.State(state.State.ValueString()) {
	case link.Paid:
		return state.CompletedAt.ValueString()
	case link.Revoked:
		return state.CanceledAt.ValueString()
	}
	return ""
}

// Name is the invoice: what it comes to, Gigs does not say.
func (vendor) Name(l Link) []string { return []string{l.Invoice} }

func (vendor) Created(l Link) time.Time {
	t, err := time.Parse(time.RFC3339, l.CreatedAt) // takes fractions too (row 22)
	if err != nil {
		return time.Time{}
	}
	return t
}

// ValidateCreate: a new link needs its payer. An imported one has it, although nothing can show it.
func (vendor) ValidateCreate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if config.user("user").IsNull() && config.user("user_wo").IsNull() {
		diags.AddAttributeError(path.Root("ebanx").AtName("user"), "Missing payer",
			"A new Gigs payment link needs exactly one of `user` (in state) and `user_wo` (write-only): the payer's full name, e-mail address and tax number.")
	}
	return diags
}
