package gigs

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// vendor is what is special about the life of Gigs' links.
type vendor struct{}

var (
	_ driver.Vendor[model, Link]    = vendor{}
	_ driver.CreateValidator[model] = vendor{}
	_ driver.MoneyTeller[model]     = vendor{}
	_ driver.StateTimer[model]      = vendor{}
	_ driver.DisplayNamer[Link]     = vendor{}
)

// Registration is Gigs' line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{})

// The statuses of a link (contract 3.1).
const (
	statusActive    = "active"
	statusCompleted = "completed"
	statusCanceled  = "canceled"
)

// states are what the statuses mean (contract 3.1). Both endings are final.
var states = map[driver.State][]string{driver.Open: {statusActive}, driver.Paid: {statusCompleted}, driver.Revoked: {statusCanceled}}

// Info has the project's list confirm a 404, which often means another key or project, because links cannot be deleted
// (contract 8.11). A canceled link is not replaced by itself: the invoice may have been settled in another way (contract 8.9).
func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "gigs",
		Title: "Gigs",
		Description: "A payment link at [Gigs](" + docsURL + "), through EBANX, for one invoice. Gigs documents no call that changes or revokes a link: " +
			"changing an argument creates a new link, and the old one can be paid until its invoice is settled.",
		ConfigurationHint:      "Add `gigs = {}` with its settings to the provider block, or set GIGS_API_KEY.",
		ReadPermission:         "an API key of the link's own project",
		WritePermission:        "an API key of the link's own project",
		Scope:                  "project",
		ScopeIdentifiesAccount: true,                             // a key reads the list of its own project only (contract 2.3)
		Defaults:               map[string]string{"type": ebanx}, // contract 8.20
		Hidden:                 []string{"ebanx.user", "ebanx.user_wo_version"},
		DataSourceDescriptions: dataSourceDescriptions(),
		NeverReturned:          []string{"ebanx.user", "ebanx.user_wo", "ebanx.user_wo_version"}, // contract 8.6
		Filters:                filters,
		Unique:                 []string{"invoice"},
	}
}

// State maps the status; what no document names may still be paid. Beside a status the times say nothing: the vendor's samples hold all
// three (contract 2.1).
func (vendor) State(l Link, _ time.Time) driver.State {
	switch {
	case l.Status != "":
		return driver.StateOf(l.Status, states)
	case l.CompletedAt != "": // in whatever form, a time of an ending says that it has ended
		return driver.Paid
	case l.CanceledAt != "":
		return driver.Revoked
	}
	return driver.Unknown
}

// StateSince returns when a link was paid or canceled.
func (vendor) StateSince(state *model) string {
	switch driver.State(state.State.ValueString()) {
	case driver.Paid:
		return state.CompletedAt.ValueString()
	case driver.Revoked:
		return state.CanceledAt.ValueString()
	}
	return ""
}

// Name returns the invoice: what it comes to, Gigs does not say.
func (vendor) Name(l Link) []string { return []string{l.Invoice} }

// Created returns createdAt, which may have fractions of a second (contract 8.22).
func (vendor) Created(l Link) time.Time { return tfvalue.CreationTime(l.CreatedAt) }

// MoneyTerms compares the invoice: what it comes to, Gigs does not say.
func (vendor) MoneyTerms(plan, answer *model) []driver.MoneyTerm {
	return []driver.MoneyTerm{{Kind: driver.MoneyInvoice, Attribute: path.Root("invoice"), Asked: plan.Invoice.ValueString(), Answered: answer.Invoice.ValueString()}}
}

// ValidateCreate refuses a new link without its payer. An imported one has it, although nothing can show it.
func (vendor) ValidateCreate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if object := tfvalue.Read(config.Ebanx); object.Object("user").IsNull() && object.Object("user_wo").IsNull() {
		diags.AddAttributeError(path.Root("ebanx").AtName("user"), "Missing payer",
			"A new Gigs payment link requires exactly one of `user` (stored in state) and `user_wo` (write-only): the payer's full name, email address and tax number.")
	}
	return diags
}
