package conomy

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// The statuses of a link (contract 3.1).
const (
	statusAttempt    = "ATTEMPT"
	statusActive     = "ACTIVE"
	statusProcessing = "PROCESSING_PAYMENT"
	statusFinished   = "FINISHED"
	statusExpired    = "EXPIRED"
)

// states are what the statuses mean (contract 3.1); a link that is deleted answers 404.
var states = map[driver.State][]string{
	driver.Open: {statusAttempt, statusActive}, driver.Processing: {statusProcessing}, driver.Paid: {statusFinished}, driver.Expired: {statusExpired},
}

// vendor is what is special about the life of Conomy's links.
type vendor struct{}

var (
	_ driver.Vendor[model, Link]     = vendor{}
	_ driver.CreateValidator[model]  = vendor{}
	_ driver.Activatable[model]      = vendor{}
	_ driver.MoneyTeller[model]      = vendor{}
	_ driver.PlanWarner[model]       = vendor{}
	_ driver.RevocationDelayer[Link] = vendor{}
	_ driver.StateTimer[model]       = vendor{}
	_ driver.Expirer[model]          = vendor{}
	_ driver.DisplayNamer[Link]      = vendor{}
)

// Registration is Conomy's line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{
	Actions: []link.ActionSpec{{
		Kind: link.ActionActivate,
		Verb: "activate",
		Description: "Activates a payment link at [Conomy](" + docsURL + ") that is in `ATTEMPT`, so that it accepts payments. " +
			"It can be repeated: a link that is active or paid is not changed. It does the same as `activate = true`, outside of a plan; the next plan of a managed link is empty.",
	}},
	Functions: []func() function.Function{newItemFunction},
})

func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "conomy",
		Title: "Conomy",
		Description: "A payment link at [Conomy](" + docsURL + "). It is created as `ATTEMPT` and accepts payments once activated (`activate`). " +
			"A link cannot be changed: changing an argument creates a new link and deletes the old one, which Conomy allows only for `ATTEMPT` and `EXPIRED` links. " +
			"`checkout_token` is unique among links that are not deleted, so `create_before_destroy` requires a new one.",
		ConfigurationHint:      "Add `conomy = {}` with its settings to the provider block, or set CONOMY_CLIENT_ID and CONOMY_CLIENT_SECRET, or CONOMY_ACCESS_TOKEN.",
		ReplaceWhen:            []driver.State{driver.Revoked},
		Defaults:               map[string]string{"destinations.type": destinationAccount}, // contract 4.5
		Hidden:                 []string{"customer"},                                       // nullable in answers (contract 2.3)
		Filters:                filters,
		Unique:                 []string{"checkout_token"},
		Lookup:                 &tokenLookup,
		DataSourceDescriptions: dataSourceDescriptions(),
		Amount:                 "total_amount",
		Currency:               "currency",
	}
}

func (vendor) State(l Link, _ time.Time) driver.State { return driver.StateOf(l.Status, states) }

// isActivated reports whether a link of this status takes payers, or took them.
func isActivated(status string) bool {
	return status == statusActive || status == statusProcessing || status == statusFinished
}

// AwaitsActivation reports whether the link is in ATTEMPT.
func (vendor) AwaitsActivation(state *model) bool { return state.Status.ValueString() == statusAttempt }

// RevocableAt returns when an active link expires: a link that takes payers is deleted only once it has expired (contract 3.2).
func (vendor) RevocableAt(l Link) time.Time {
	if l.Status != statusActive {
		return time.Time{}
	}
	return l.expiry()
}

// Expiry returns the end of a link: created_at + duration (contract 3.6, inferred).
func (vendor) Expiry(l *model) driver.Expiry {
	life, _ := lifeOf(tfvalue.JSONNumber(l.Duration))
	return driver.Expiry{Attribute: "expires_at", At: tfvalue.Time(l.ExpiresAt.ValueString()), Life: life}
}

// StateSince returns when an expired link expired; for the other endings there is no such time (contract 2.3).
func (vendor) StateSince(state *model) string {
	if state.Status.ValueString() == statusExpired {
		return state.ExpiresAt.ValueString()
	}
	return ""
}

// PlanWarnings warns of replacements that cannot work: Conomy deletes links in ATTEMPT and EXPIRED only (contract 3.2), and a
// token stays with its link until that is deleted (contract 8.7).
func (vendor) PlanWarnings(_ context.Context, state, plan *model, now, until time.Time) (diags diag.Diagnostics) {
	if state.State.ValueString() == string(driver.Revoked) { // gone: its last status and its token are nobody's
		return nil
	}
	at, token := path.Root("checkout_token"), state.CheckoutToken.ValueString()
	sameToken := plan != nil && plan.CheckoutToken.Equal(state.CheckoutToken)
	name := fmt.Sprintf("The link %s (%s) is `%s`", state.ID.ValueString(), state.URL.ValueString(), state.Status.ValueString())
	status := state.Status.ValueString()
	expiry, err := time.Parse(time.RFC3339, state.ExpiresAt.ValueString())
	switch {
	case state.OnDestroy.ValueString() == "abandon" && sameToken || status == statusFinished && sameToken:
		diags.AddAttributeWarning(at, "The checkout_token is still in use by "+state.ID.ValueString(),
			fmt.Sprintf("%s and will be removed from state but not deleted, so it keeps checkout_token %q and Conomy will reject the new link. Set a new `checkout_token`.", name, token))
	case state.OnDestroy.ValueString() == "abandon", status == statusActive && err == nil && !expiry.After(now): // expired since the refresh
	case status == statusActive && err == nil && !expiry.After(until):
		diags.AddWarning("The apply waits for the Conomy payment link to expire: "+state.ID.ValueString(),
			fmt.Sprintf("%s, and Conomy deletes only links in `ATTEMPT` and `EXPIRED`. The apply waits until it expires at %s, as `timeouts.delete` allows, and deletes it then. It can be paid until then.",
				name, state.ExpiresAt.ValueString()))
	case status == statusActive || status == statusProcessing:
		diags.Append(cannotDeleteWarning(name, token, state, plan, sameToken))
	}
	return diags
}

// cannotDeleteWarning returns the warning for a link that cannot be deleted when the plan is applied.
func cannotDeleteWarning(name, token string, state, plan *model, sameToken bool) diag.Diagnostic {
	what, then := "destroyed", "destroy"
	if plan != nil {
		what, then = "replaced", "replace"
	}
	text := name + ". Conomy deletes only links in `ATTEMPT` and `EXPIRED`: this will be rejected, and the link stays in state."
	if state.Status.ValueString() == statusActive && state.ExpiresAt.ValueString() != "" {
		text += fmt.Sprintf(" It can be deleted once it has expired, at %s; if `timeouts.delete` is long enough, the apply waits for it.", state.ExpiresAt.ValueString())
	}
	text += " To remove it from state now without deleting it, set `on_destroy = \"abandon\"`, apply, then " + then + " it"
	if sameToken {
		text += fmt.Sprintf(" under a new `checkout_token`; %q stays with this link", token)
	}
	summary, text := "The Conomy payment link cannot be "+what+" yet: "+state.ID.ValueString(), text+". It can be paid until it expires."
	if plan != nil {
		return diag.NewAttributeWarningDiagnostic(path.Root("checkout_token"), summary, text)
	}
	return diag.NewWarningDiagnostic(summary, text)
}

// MoneyTerms compares the total of the items, and the currency.
func (vendor) MoneyTerms(plan, answer *model) []driver.MoneyTerm {
	total := ""
	if sum, ok := sumOf(plan.Items, "total_amount"); ok {
		total = sum.String()
	}
	return []driver.MoneyTerm{
		{Kind: driver.MoneyAmount, Attribute: path.Root("items"), Asked: total, Answered: answer.TotalAmount.ValueString()},
		{Kind: driver.MoneyCurrency, Attribute: path.Root("currency"), Asked: plan.Currency.ValueString(), Answered: answer.Currency.ValueString()},
	}
}

// Name returns what is sold, the token and the amount; the token is the merchant's own name of it.
func (vendor) Name(l Link) []string {
	sold := ""
	if len(l.Items) > 0 {
		sold = l.Items[0].Description
	}
	return []string{sold, l.CheckoutToken, l.TotalAmount + " " + l.Currency}
}

func (vendor) Created(l Link) time.Time { return tfvalue.CreationTime(l.CreatedAt) }
