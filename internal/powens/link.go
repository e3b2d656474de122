package powens

import (
	"context"
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
	_ driver.StateTimer[model]      = vendor{}
	_ driver.AnswerWarner[Link]     = vendor{}
	_ driver.DisplayNamer[Link]     = vendor{}
)

// Registration is Powens' line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{
	Actions: []link.ActionSpec{{
		Kind: link.ActionRevoke,
		Verb: "revoke",
		Description: "Ends a payment link at [Powens](" + docsURL + "), whatever the plan. Revoking ends the link alone: a payment under way is not cancelled, and nothing is refunded. " +
			"It may be repeated. The next plan of a managed link finds it revoked, and does what its `replace_when` says.",
	}},
})

// Info returns what is fixed about Powens' links.
func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "powens",
		Title: "Powens",
		Description: "A payment link at [Powens](" + docsURL + "): an invitation to pay an amount into the account `beneficiary`. " +
			"A link cannot be changed: every change of an argument makes a new link and revokes the old one. " +
			"Revoking ends the link alone: a payment under way is not cancelled, and nothing is refunded.",
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
	switch l.AttemptState {
	case "", "unavailable":
		if !l.CouldRead("attempt_state") || !l.CouldRead("last_payment_id") || !l.CouldRead("revoked_at") {
			return driver.Unknown
		}
	}
	switch l.AttemptState {
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
	if l.RevokedAt == "" {
		return driver.Open
	}
	revoked, ok := parseTime(l.RevokedAt)
	switch {
	case !ok:
		return driver.Unknown
	case revoked.After(now):
		return driver.Open
	}
	return driver.Revoked
}

// IsEnded reports whether the link is revoked by now, whatever becomes of a payment that was under way (contract 3.7).
func (vendor) IsEnded(l Link, now time.Time) bool {
	revoked, ok := parseTime(l.RevokedAt)
	return ok && !revoked.After(now)
}

// StateSince returns when a revoked link was revoked; no other link says since when (contract 2.3).
func (vendor) StateSince(state *model) string {
	if state.State.ValueString() == string(driver.Revoked) {
		return state.RevokedAt.ValueString()
	}
	return ""
}

// Warnings warns of a date that nobody can read: it keeps the link as it is (contract 8.31).
func (vendor) Warnings(l Link) (diags diag.Diagnostics) {
	if _, ok := parseTime(l.RevokedAt); l.RevokedAt != "" && !ok {
		diags.AddAttributeWarning(path.Root("revoked_at"), "Cannot tell whether the Powens payment link is revoked",
			fmt.Sprintf("The link %s (%s) has a `revoked_at` that is no date: %q. It is kept as it is, and nothing is planned because of it; look at it in Powens' console.", l.ID, l.URL, l.RevokedAt))
	}
	return diags
}

// parseTime reads both forms of a date and time; the one without a zone is UTC (contract 8.31).
func parseTime(text string) (time.Time, bool) {
	for _, form := range []string{time.RFC3339, time.DateTime, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(form, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Name returns the remittance information, which both sides of the payment know, and the amount.
func (vendor) Name(l Link) []string {
	return []string{l.Label, amountText(l.Amount, l.Currency).ValueString() + " " + l.Currency}
}

// Created returns no time: answers do not tell it (contract 2.3).
func (vendor) Created(Link) time.Time { return time.Time{} }

// ValidateCreate checks what only a new link needs: answers may hide it (contract 4.6), so that an imported link cannot show it.
func (vendor) ValidateCreate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if payer := tfvalue.Read(config.Payer); payer.IsKnown() {
		diags.Append(requireText(payer, path.Root("payer"), "identification", "A payer")...)
		diags.Append(requireText(payer, path.Root("payer"), "label", "A payer")...)
	}
	for _, holder := range config.identities() {
		diags.Append(requireIdentity(tfvalue.Read(holder.identity), path.Root(holder.name))...)
	}
	if config.hasRedirect().ValueBool() && config.RedirectState.IsNull() {
		diags.AddAttributeError(path.Root("redirect_state"), "Missing redirect state",
			"A new link with a redirect needs `redirect_state`, the state with which the payer is sent back. It may be \"\".")
	}
	return diags
}

// requireIdentity follows the matrix of kinds (contract 4.4).
func requireIdentity(identity tfvalue.Reader, at path.Path) (diags diag.Diagnostics) {
	kind := identity.String("kind")
	if !identity.IsKnown() || kind.IsUnknown() {
		return nil
	}
	if kind.ValueString() != "" && kind.ValueString() != individual {
		diags.Append(requireText(identity, at, "scheme_name", "An organisation")...)
		return append(diags, requireText(identity, at, "identification", "An organisation")...)
	}
	diags.Append(requireText(identity, at, "first_name", "An individual")...)
	diags.Append(requireText(identity, at, "last_name", "An individual")...)
	if identity.Text("identification") != "" {
		diags.Append(requireText(identity, at, "scheme_name", "An `identification`")...)
	}
	return diags
}

// requireText refuses an object without one of its texts. who is the subject of the error's sentence.
func requireText(object tfvalue.Reader, at path.Path, name, who string) (diags diag.Diagnostics) {
	if value := object.String(name); !value.IsUnknown() && value.ValueString() == "" {
		diags.AddAttributeError(at.AtName(name), "Missing "+name, fmt.Sprintf("%s in a new link needs `%s` (in `%s`).", who, name, at))
	}
	return diags
}
