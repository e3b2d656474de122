package powens

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// vendor is what is special about the life of Powens' links.
type vendor struct{}

var (
	_ driver.Vendor[model, Link]    = vendor{}
	_ driver.CreateValidator[model] = vendor{}
	_ driver.EndChecker[Link]       = vendor{}
	_ driver.MoneyTeller[model]     = vendor{}
	_ driver.StateTimer[model]      = vendor{}
	_ driver.AnswerWarner[Link]     = vendor{}
	_ driver.DisplayNamer[Link]     = vendor{}
)

// Registration is Powens' line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{
	Actions: []link.ActionSpec{{
		Kind: link.ActionRevoke,
		Verb: "revoke",
		Description: "Revokes a payment link at [Powens](" + docsURL + "), outside of a plan. Revoking affects only the link: a payment in progress is not cancelled, and nothing is refunded. " +
			"It can be repeated. The next plan of a managed link finds it revoked and follows its `replace_when`.",
	}},
})

func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "powens",
		Title: "Powens",
		Description: "A payment link at [Powens](" + docsURL + "): a request to pay an amount into the account `beneficiary`. " +
			"A link cannot be changed: changing an argument creates a new link and revokes the old one. " +
			"Revoking affects only the link: a payment in progress is not cancelled, and nothing is refunded.",
		ConfigurationHint:      "Add `powens = {}` with its settings to the provider block, or set POWENS_DOMAIN, POWENS_CLIENT_ID and POWENS_CLIENT_SECRET, or POWENS_TOKEN.",
		ReadPermission:         "the scope `payment-links:admin`",
		WritePermission:        "the scope `payment-links:admin`",
		ReplaceWhen:            []driver.State{driver.Revoked},
		Hidden:                 hiddenAttributes(),
		NoCreationTime:         true,                // contract 2.3
		CheckID:                driver.ValidateUUID, // contract 2.3, 8.34
		DataSourceDescriptions: dataSourceDescriptions(),
		Amount:                 "amount",
		Currency:               "currency",
	}
}

// State returns what the latest attempt says, else whether the link is revoked by now (contract 3.10, 8.3, 8.30 and 8.31).
func (vendor) State(l Link, now time.Time) driver.State {
	switch tfvalue.PlainText(l.AttemptState) {
	case "", "unavailable":
		if !l.CouldRead("attempt_state") || !l.CouldRead("last_payment_id") || !l.CouldRead("revoked_at") {
			return driver.Unknown
		}
	}
	switch tfvalue.PlainText(l.AttemptState) {
	case "done", "accepted", "partial":
		return driver.Paid
	case "created", "validating", "pending":
		return driver.Processing
	case "", "rejected", "expired":
	case "unavailable":
		if l.LastPaymentID != "" { // there was an attempt, but nobody can say what became of it
			return driver.Unknown
		}
	default:
		return driver.Unknown
	}
	if at, _ := tfvalue.ParseTime(l.RevokedAt); isRevoked(l, at, now) {
		return driver.Revoked
	}
	return driver.Open
}

// isRevoked reports whether the link is revoked by now. A date that nobody can read, which is zero, says so too (contract 8.31).
func isRevoked(l Link, at, now time.Time) bool { return l.RevokedAt != "" && !at.After(now) }

// IsEnded reports whether the link is revoked by now, whatever becomes of a payment that was under way (contract 3.7). It is asked after a
// revoke, so that a date without a zone may be of any.
func (vendor) IsEnded(l Link, now time.Time) bool {
	at, _ := tfvalue.EarliestTime(l.RevokedAt)
	return isRevoked(l, at, now)
}

// StateSince returns when a revoked link was revoked; no other link says since when (contract 2.3).
func (vendor) StateSince(state *model) string {
	if state.State.ValueString() == string(driver.Revoked) {
		return state.RevokedAt.ValueString()
	}
	return ""
}

// Warnings warns of a date that nobody can read: the link counts as revoked (contract 8.31).
func (vendor) Warnings(l Link) (diags diag.Diagnostics) {
	if _, ok := tfvalue.ParseTime(l.RevokedAt); l.RevokedAt != "" && !ok {
		id := driver.IDOf(l.ID, driver.ValidateUUID)
		diags.AddAttributeWarning(path.Root("revoked_at"), "Cannot read when the Powens payment link was revoked: "+id,
			fmt.Sprintf("The link %s (%s) has a `revoked_at` in an unknown form: %q. It is kept as text, and the link is treated as revoked.", id, driver.URLOf(l.URL), l.RevokedAt))
	}
	return diags
}

// Name returns the remittance information, which both sides of the payment know, and the amount.
func (vendor) Name(l Link) []string {
	return []string{l.Label, amountText(l.Amount, l.Currency).ValueString() + " " + l.Currency}
}

// Created returns no time: answers do not tell it (contract 2.3).
func (vendor) Created(Link) time.Time { return time.Time{} }

// MoneyTerms compares amount and currency.
func (vendor) MoneyTerms(plan, answer *model) []driver.MoneyTerm {
	return []driver.MoneyTerm{
		{Kind: driver.MoneyAmount, Attribute: path.Root("amount"), Asked: plan.Amount.ValueString(), Answered: answer.Amount.ValueString()},
		{Kind: driver.MoneyCurrency, Attribute: path.Root("currency"), Asked: plan.Currency.ValueString(), Answered: answer.Currency.ValueString()},
	}
}
