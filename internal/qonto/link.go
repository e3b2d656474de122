package qonto

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// vendor is what is special about the life of Qonto's links.
type vendor struct{}

var (
	_ driver.Vendor[model, Link]    = vendor{}
	_ driver.CreateValidator[model] = vendor{}
	_ driver.MoneyTeller[model]     = vendor{}
	_ driver.StateTimer[model]      = vendor{}
	_ driver.Expirer[model]         = vendor{}
	_ driver.DisplayNamer[Link]     = vendor{}
	_ driver.AnswerWarner[Link]     = vendor{}
)

// Registration is Qonto's line in the provider.
var Registration = link.Register(vendor{}, settingsBlock, newClient, link.Extras{
	Actions: []link.ActionSpec{{
		Kind: link.ActionRevoke,
		Verb: "deactivate",
		Description: "Deactivates an open payment link at [Qonto](" + docsURL + "), outside of a plan. " +
			"It can be repeated. The next plan of a managed link finds it revoked and follows its `replace_when`.",
	}},
	DataSources: []func() datasource.DataSource{newConnectionDataSource, newPaymentMethodsDataSource, newLinkPaymentsDataSource},
})

func (vendor) Info() driver.Info {
	return driver.Info{
		Name:  "qonto",
		Title: "Qonto",
		Description: "A payment link at [Qonto](" + docsURL + "): " +
			"a basket (`items`) or an invoice (`invoice_id`). A link cannot be changed: changing an argument creates a new link and deactivates the old one.",
		ConfigurationHint:      "Add `qonto = {}` with its settings to the provider block, or set QONTO_ACCESS_TOKEN or QONTO_TOKEN_FILE.",
		PaymentsHint:           "The data source `paymentlinks_qonto_link_payments` lists its payments.",
		ReadPermission:         "the scope `payment_link.read`",
		WritePermission:        "the scope `payment_link.write`",
		ReplaceWhen:            []driver.State{driver.Revoked},
		CheckID:                driver.ValidateUUID, // contract 8.26, 8.29
		Filters:                filters,
		Defaults:               map[string]string{"reusable": "false"}, // contract 2.4
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

// states are what the statuses mean (contract 3.1).
var states = map[driver.State][]string{
	driver.Open: {statusOpen}, driver.Processing: {statusProcessing}, driver.Paid: {statusPaid}, driver.Expired: {statusExpired}, driver.Revoked: {statusCanceled},
}

func (vendor) State(l Link, _ time.Time) driver.State { return driver.StateOf(l.Status, states) }

// Expiry returns the end that Qonto sets (contract 2.9); of a new link nothing is known.
func (vendor) Expiry(l *model) (e driver.Expiry) {
	e.Attribute, e.At = "expiration_date", tfvalue.Time(l.ExpirationDate.ValueString())
	if created := tfvalue.Time(l.CreatedAt.ValueString()); !e.At.IsZero() && !created.IsZero() {
		e.Life = e.At.Sub(created)
	}
	return e
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

func (vendor) Created(l Link) time.Time { return tfvalue.CreationTime(l.CreatedAt) }

// MoneyTerms compares what Qonto answers with what the configuration asks for: the gross of a basket (grossTerms), or an invoice's amount.
func (vendor) MoneyTerms(plan, answer *model) []driver.MoneyTerm {
	asked, answered := tfvalue.Read(plan.Amount), tfvalue.Read(answer.Amount)
	currency := asked.Text("currency")
	if items := tfvalue.ReadList(plan.Items); len(items) > 0 {
		currency = items[0].Object("unit_price").Text("currency")
	}
	return append(grossTerms(plan.Items, asked.Decimal("value"), answered.Decimal("value")),
		driver.MoneyTerm{Kind: driver.MoneyCurrency, Attribute: path.Root("amount").AtName("currency"), Asked: currency, Answered: answered.Text("currency")},
		driver.MoneyTerm{Kind: driver.MoneyInvoice, Attribute: path.Root("invoice_id"), Asked: plan.InvoiceID.ValueString(), Answered: answer.InvoiceID.ValueString()})
}

// Warnings names the setting where the rates came in the other unit.
func (vendor) Warnings(l Link) (diags diag.Diagnostics) {
	if l.otherUnit != "" {
		diags.AddWarning("Qonto returns `vat_rate` in another unit",
			fmt.Sprintf("The gross amount of link %s shows that its rates were returned as %s, and they were read that way. Nothing has changed. "+
				"Check `vat_rate_unit` in the provider's `qonto` object: a new link whose gross amount shows another unit is deactivated immediately.", l.ID, l.otherUnit))
	}
	return diags
}
