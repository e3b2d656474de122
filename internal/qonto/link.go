package qonto

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// vendor is what is special about the life of Qonto's links.
type vendor struct{}

var (
	_ driver.Vendor[model, Link]    = vendor{}
	_ driver.CreateValidator[model] = vendor{}
	_ driver.Verifier[model, Link]  = vendor{}
	_ driver.StateTimer[model]      = vendor{}
	_ driver.DisplayNamer[Link]     = vendor{}
)

// Registration is Qonto's line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{
	Actions: []link.ActionSpec{{
		Kind: link.ActionRevoke,
		Verb: "deactivate",
		Description: "Ends an open payment link at [Qonto](" + docsURL + "), whatever the plan. " +
			"It may be repeated. The next plan of a managed link finds it revoked, and does what its `replace_when` says.",
	}},
	DataSources: []func() datasource.DataSource{newConnectionDataSource, newPaymentMethodsDataSource, newLinkPaymentsDataSource},
})

// Info returns what is fixed about Qonto's links.
func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "qonto",
		Title: "Qonto",
		Description: "A payment link at [Qonto](" + docsURL + "): " +
			"a basket (`items`) or an invoice (`invoice_id`). A link cannot be changed: every change of an argument makes a new link and deactivates the old one.",
		ConfigurationHint:      "Add `qonto = {}` with its settings to the provider block, or set QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE.",
		PaymentsHint:           "The data source `paymentlinks_qonto_link_payments` shows its payments.",
		ReadPermission:         "the scope `payment_link.read`",
		WritePermission:        "the scope `payment_link.write`",
		ReplaceWhen:            []driver.State{driver.Revoked},
		CheckID:                driver.ValidateUUID, // contract 8.26, 8.29
		Filters:                filters,
		Unique:                 []string{"invoice_id", "invoice_number"},
		DataSourceDescriptions: dataSourceDescriptions(),
		Amount:                 "amount.value",
		Currency:               "amount.currency",
	}
}

// The statuses of a link (contract 3.1).
const (
	statusOpen       = "open"
	statusProcessing = "processing"
	statusPaid       = "paid"
	statusExpired    = "expired"
	statusCanceled   = "canceled"
)

// State maps the status (contract 3.1).
func (vendor) State(l Link, _ time.Time) driver.State {
	switch l.Status {
	case statusOpen:
		return driver.Open
	case statusProcessing:
		return driver.Processing
	case statusPaid:
		return driver.Paid
	case statusExpired:
		return driver.Expired
	case statusCanceled:
		return driver.Revoked
	}
	return driver.Unknown
}

// StateSince returns when an expired link expired; no other link says since when (contract 2.9).
func (vendor) StateSince(state *model) string {
	if state.State.ValueString() == string(driver.Expired) {
		return state.ExpirationDate.ValueString()
	}
	return ""
}

// Name returns the invoice's number, or what is sold, and the amount. The debitor's name would say more, and is sensitive.
func (vendor) Name(l Link) []string {
	subject := l.InvoiceNumber
	if len(l.Items) > 0 {
		subject = l.Items[0].Title
	}
	return []string{subject, l.Amount.Value + " " + l.Amount.Currency}
}

// Created returns created_at.
func (vendor) Created(l Link) time.Time { return tfvalue.Time(l.CreatedAt) }

// ValidateCreate refuses a new invoice link without its debitor's name. An imported one has it, although generated configuration
// cannot show it.
func (vendor) ValidateCreate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if config.Items.IsNull() && !config.DebitorName.IsUnknown() && config.DebitorName.ValueString() == "" {
		diags.AddAttributeError(path.Root("debitor_name"), "Missing debitor name",
			"A new invoice link needs `debitor_name`, the name of the customer who owes the invoice.")
	}
	return diags
}

// Verify checks the gross that Qonto computed against ours, and against what the configuration expects: a wrong unit of
// vat_rate would otherwise collect many times the amount, or a fraction of it (contract 8.1).
func (vendor) Verify(_ context.Context, plan *model, l Link) (diags diag.Diagnostics) {
	if plan.Items.IsNull() || l.Amount.Value == "" { // what is left out proves nothing
		return nil
	}
	answered, err := decimal.NewFromString(l.Amount.Value)
	if err != nil {
		diags.AddAttributeError(path.Root("amount"), "Cannot check the gross of the new Qonto payment link",
			fmt.Sprintf("Qonto answered the amount %q, which is no number. The link %s was deactivated again, and nothing is in state. Apply again; should it stay so, ask Qonto.", l.Amount.Value, l.ID))
		return diags
	}
	expected, tolerance, ok := gross(plan.Items)
	if ok && answered.Sub(expected).Abs().GreaterThan(tolerance) {
		diags.AddAttributeError(path.Root("items"), "Wrong gross on the new Qonto payment link",
			fmt.Sprintf("The items come to %s EUR with VAT, but Qonto made it %s EUR. The link %s was deactivated again, and nothing is in state. "+
				"Most likely Qonto reads `vat_rate` in another unit: check `vat_rate_unit` in the provider's `qonto` object (percent or fraction).",
				expected.StringFixed(2), answered.StringFixed(2), l.ID))
		return diags
	}
	if want, ok := tfvalue.Read(plan.Amount).Decimal("value").Value(); ok && !want.Equal(answered) {
		diags.AddAttributeError(path.Root("amount").AtName("value"), "Other gross than expected on the new Qonto payment link",
			fmt.Sprintf("`amount` expects %s EUR, but Qonto made it %s EUR. The link %s was deactivated again, and nothing is in state. Correct `amount`, or leave it out.",
				want.StringFixed(2), answered.StringFixed(2), l.ID))
	}
	return diags
}
