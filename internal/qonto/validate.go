package qonto

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Validate checks the two shapes (contract 2.4, 8.18) and the money rules that span attributes (contract 4.3, 8.14 and 8.15).
func (vendor) Validate(_ context.Context, m *model) (diags diag.Diagnostics) {
	switch {
	case m.Items.IsUnknown():
	case m.Items.IsNull():
		diags.Append(validateInvoice(m)...)
	default:
		diags.Append(validateBasket(m)...)
	}
	return append(diags, validateScale(path.Root("amount"), tfvalue.Read(m.Amount))...)
}

func validateScale(at path.Path, amount tfvalue.Reader) diag.Diagnostics {
	return money.CheckScale(at.AtName("value"), amount.Decimal("value"), amount.Text("currency"))
}

func validateInvoice(m *model) (diags diag.Diagnostics) {
	if m.InvoiceID.IsNull() && m.InvoiceNumber.IsNull() && m.DebitorName.IsNull() {
		diags.AddAttributeError(path.Root("items"), "Neither a basket nor an invoice",
			"A Qonto payment link is either a basket (`items` and `reusable`) or an invoice (`invoice_id`, `invoice_number`, `debitor_name` and `amount`). Write one of the two.")
		return diags
	}
	missing := func(at path.Path, absent bool) {
		if absent {
			diags.AddAttributeError(at, "Incomplete invoice link",
				fmt.Sprintf("An invoice link needs `invoice_id`, `invoice_number`, `debitor_name` and `amount` (`value` and `currency`) together; `%s` is missing.", at))
		}
	}
	missing(path.Root("invoice_id"), m.InvoiceID.IsNull())
	missing(path.Root("invoice_number"), m.InvoiceNumber.IsNull())
	missing(path.Root("amount"), m.Amount.IsNull())
	if amount := tfvalue.Read(m.Amount); !amount.IsNull() {
		missing(path.Root("amount").AtName("value"), amount.Decimal("value").IsNull())
		missing(path.Root("amount").AtName("currency"), amount.String("currency").IsNull())
	}
	if m.Reusable.ValueBool() {
		diags.AddAttributeError(path.Root("reusable"), "An invoice link is not reusable",
			"Qonto makes invoice links for a single payment. Leave `reusable` out, or write false.")
	}
	return diags
}

func validateBasket(m *model) (diags diag.Diagnostics) {
	for name, value := range map[string]types.String{"invoice_id": m.InvoiceID, "invoice_number": m.InvoiceNumber, "debitor_name": m.DebitorName} {
		if !value.IsNull() && !value.IsUnknown() && value.ValueString() != "" {
			diags.AddAttributeError(path.Root(name), "Both a basket and an invoice",
				fmt.Sprintf("A Qonto payment link is either a basket or an invoice, so that `%s` cannot stand beside `items`. Leave one of them out.", name))
		}
	}
	if m.Reusable.IsNull() {
		diags.AddAttributeError(path.Root("reusable"), "Missing reusable", "A basket link needs `reusable`: whether it can be paid more than once.")
	}
	for i, item := range tfvalue.ReadList(m.Items) {
		at := path.Root("items").AtListIndex(i)
		diags.Append(validateScale(at.AtName("unit_price"), item.Object("unit_price"))...)
		diags.Append(warnPercentAsFraction(at.AtName("vat_rate"), item.Decimal("vat_rate"))...)
	}
	return append(diags, validateGross(m)...)
}

// warnPercentAsFraction asks about a rate such as 0.20, which is more often meant as 20 % than as a fifth of one (0.9 % does exist).
func warnPercentAsFraction(at path.Path, rate money.Decimal) (diags diag.Diagnostics) {
	if exact, ok := rate.Value(); ok && exact.IsPositive() && exact.LessThan(decimal.NewFromInt(1)) {
		diags.AddAttributeWarning(at, "Is this VAT rate a percentage?",
			fmt.Sprintf("%s is in percent: %s means %s %%. Should it be %s %%, write \"%s\".", at, exact, exact, exact.Shift(2), exact.Shift(2)))
	}
	return diags
}

// validateGross refuses what the check after the create could only refuse too.
func validateGross(m *model) (diags diag.Diagnostics) {
	sum, tolerance, ok := gross(m.Items)
	if !ok {
		return nil
	}
	if !sum.IsPositive() {
		diags.AddAttributeError(path.Root("items"), "Nothing to pay", "The items come to 0 EUR. A payment link needs a gross above zero.")
		return diags
	}
	if want, ok := tfvalue.Read(m.Amount).Decimal("value").Value(); ok && want.Sub(sum).Abs().GreaterThan(tolerance) {
		diags.AddAttributeError(path.Root("amount").AtName("value"), "Items and amount disagree",
			fmt.Sprintf("The items come to %s EUR with VAT, but `amount` expects %s EUR. Correct one of them, or leave `amount` out.", sum.StringFixed(2), want.StringFixed(2)))
	}
	return diags
}

// notAPIKey refuses an API key ("login:secret"): every payment link call does (contract 1.2).
type notAPIKey struct{}

func (notAPIKey) Description(context.Context) string {
	return "value must be an OAuth access token, not an API key"
}

func (v notAPIKey) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v notAPIKey) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.Contains(req.ConfigValue.ValueString(), ":") {
		resp.Diagnostics.AddAttributeError(req.Path, "An API key is not enough",
			"This looks like an API key (login:secret). Qonto answers payment links with OAuth only: give an access token with the scopes payment_link.read and payment_link.write.")
	}
}
