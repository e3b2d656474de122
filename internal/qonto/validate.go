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

// Validate refuses nothing: any link that exists can be described.
func (vendor) Validate(context.Context, *model) diag.Diagnostics { return nil }

// ValidateCreate checks the two shapes of a new link (contract 2.4, 8.18) and its money (contract 4.3, 8.14 and 8.15). What no document
// refuses is a warning.
func (vendor) ValidateCreate(_ context.Context, m *model) (diags diag.Diagnostics) {
	if methods := m.PotentialPaymentMethods; !methods.IsUnknown() && len(tfvalue.Strings(methods)) == 0 {
		diags.AddAttributeWarning(path.Root("potential_payment_methods"), "No payment methods", "If `potential_payment_methods` is empty, nobody may be able to pay the link.")
	}
	switch {
	case m.Items.IsUnknown():
	case m.Items.IsNull():
		diags.Append(validateInvoice(m)...)
	default:
		diags.Append(validateBasket(m)...)
	}
	return append(diags, validateAmount(path.Root("amount"), tfvalue.Read(m.Amount))...)
}

// validateAmount checks the currency and its decimals.
func validateAmount(at path.Path, amount tfvalue.Reader) (diags diag.Diagnostics) {
	code := amount.String("currency")
	switch {
	case code.IsNull() || code.IsUnknown() || code.ValueString() == currency:
	case !money.IsCurrency(code.ValueString()):
		diags.AddAttributeError(at.AtName("currency"), "Invalid currency", fmt.Sprintf("%q is not an ISO 4217 code. Use one such as %s.", code.ValueString(), currency))
	default:
		diags.AddAttributeWarning(at.AtName("currency"), "Unusual currency", fmt.Sprintf("Qonto documents payment links only in %s. It may reject one in %s.", currency, code.ValueString()))
	}
	return append(diags, money.CheckScale(at.AtName("value"), amount.Decimal("value"), amount.Text("currency"))...)
}

func validateInvoice(m *model) (diags diag.Diagnostics) {
	if m.InvoiceID.IsNull() && m.InvoiceNumber.IsNull() && m.DebitorName.IsNull() {
		diags.AddAttributeError(path.Root("items"), "Neither a basket nor an invoice",
			"A Qonto payment link is either a basket (`items` and `reusable`) or an invoice (`invoice_id`, `invoice_number`, `debitor_name` and `amount`). Set one of the two.")
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
	missing(path.Root("debitor_name"), !m.DebitorName.IsUnknown() && m.DebitorName.ValueString() == "")
	missing(path.Root("amount"), m.Amount.IsNull())
	if amount := tfvalue.Read(m.Amount); !amount.IsNull() {
		missing(path.Root("amount").AtName("value"), amount.Decimal("value").IsNull())
		missing(path.Root("amount").AtName("currency"), amount.String("currency").IsNull())
		if value, ok := amount.Decimal("value").Value(); ok && !value.IsPositive() {
			diags.AddAttributeError(path.Root("amount").AtName("value"), "Nothing to pay", "The amount of a new payment link must be greater than zero.")
		}
	}
	if m.Reusable.ValueBool() {
		diags.AddAttributeWarning(path.Root("reusable"), "A reusable invoice link",
			"Qonto does not document reusable invoice links. The request is sent, but the link may accept only one payment.")
	}
	return diags
}

func validateBasket(m *model) (diags diag.Diagnostics) {
	for name, value := range map[string]types.String{"invoice_id": m.InvoiceID, "invoice_number": m.InvoiceNumber, "debitor_name": m.DebitorName} {
		if !value.IsNull() && !value.IsUnknown() && value.ValueString() != "" {
			diags.AddAttributeError(path.Root(name), "Both a basket and an invoice",
				fmt.Sprintf("A new Qonto payment link is either a basket or an invoice: `%s` conflicts with `items`. Remove one of them.", name))
		}
	}
	if m.Reusable.IsNull() {
		diags.AddAttributeError(path.Root("reusable"), "Missing reusable", "A basket link needs `reusable`: whether it can be paid more than once.")
	}
	if len(m.Items.Elements()) == 0 {
		diags.AddAttributeError(path.Root("items"), "Nothing to pay", "A new basket link needs at least 1 item.")
	}
	for i, item := range tfvalue.ReadList(m.Items) {
		diags.Append(validateItem(path.Root("items").AtListIndex(i), item)...)
	}
	return append(diags, validateGross(m)...)
}

func validateItem(at path.Path, item tfvalue.Reader) diag.Diagnostics {
	diags := validateAmount(at.AtName("unit_price"), item.Object("unit_price"))
	quantity := item.Number("quantity")
	if exact, err := decimal.NewFromString(tfvalue.JSONNumber(quantity).String()); err == nil && !(exact.IsInteger() && exact.IsPositive()) {
		diags.AddAttributeWarning(at.AtName("quantity"), "Unusual quantity", fmt.Sprintf("Qonto documents only whole quantities from 1. It may reject %s.", exact))
	}
	if price, ok := item.Object("unit_price").Decimal("value").Value(); ok && price.IsNegative() {
		diags.AddAttributeWarning(at.AtName("unit_price").AtName("value"), "Negative price", fmt.Sprintf("Qonto does not document negative prices. It may reject %s.", price))
	}
	return append(diags, validateRate(at.AtName("vat_rate"), item.Decimal("vat_rate"))...)
}

// validateRate wants a percentage. It asks about one such as 0.20, which is more often meant as 20 % than as a fifth of one (0.9 %
// does exist).
func validateRate(at path.Path, rate money.Decimal) (diags diag.Diagnostics) {
	exact, ok := rate.Value()
	switch one := decimal.NewFromInt(1); {
	case !ok:
	case exact.IsNegative() || exact.GreaterThan(one.Shift(2)):
		diags.AddAttributeError(at, "Invalid VAT rate", fmt.Sprintf("%s: the rate of a new link must be a percentage from 0 to 100, not %s.", at, exact))
	case exact.IsPositive() && exact.LessThan(one):
		diags.AddAttributeWarning(at, "VAT rate may be a fraction",
			fmt.Sprintf("%s is a percentage: %s means %s %%. If you mean %s %%, set \"%s\".", at, exact, exact, exact.Shift(2), exact.Shift(2)))
	}
	return diags
}

// validateGross refuses what the check after the create could only refuse too.
func validateGross(m *model) (diags diag.Diagnostics) {
	b, ok := readBasket(m.Items, 0)
	if !ok {
		return nil
	}
	if !b.exact().IsPositive() {
		diags.AddAttributeError(path.Root("items"), "Nothing to pay", fmt.Sprintf("The item total is %s. A payment link must ask for more than zero.", b.exact().StringFixed(2)))
		return diags
	}
	if want, ok := tfvalue.Read(m.Amount).Decimal("value").Value(); ok && !b.isNear(want, b.exact()) {
		diags.AddAttributeError(path.Root("amount").AtName("value"), "Amount differs from the items",
			fmt.Sprintf("The item total with VAT is %s, but `amount` is %s. Correct one of them, or remove `amount`.", b.exact().StringFixed(2), want.StringFixed(2)))
	}
	return diags
}

// notAPIKey refuses an API key ("login:secret"): every payment link call does (contract 1.2).
type notAPIKey struct{ tfvalue.Describer }

func (notAPIKey) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.Contains(req.ConfigValue.ValueString(), ":") {
		resp.Diagnostics.AddAttributeError(req.Path, "API key not supported",
			"This looks like an API key (login:secret). Qonto's payment links require OAuth: set an access token with the scopes payment_link.read and payment_link.write.")
	}
}
