package conomy

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Validate checks the money rules that span attributes (contract 2.2, 4.9), and warns of what is most likely a slip.
func (vendor) Validate(_ context.Context, m *model) (diags diag.Diagnostics) {
	code := m.Currency.ValueString()
	for i, item := range tfvalue.ReadList(m.Items) {
		diags.Append(validateItem(path.Root("items").AtListIndex(i), item, code)...)
	}
	diags.Append(validateTotal(m)...)
	for i, destination := range tfvalue.ReadList(m.Destinations) {
		diags.Append(money.CheckScale(path.Root("destinations").AtListIndex(i).AtName("amount"), destination.Decimal("amount"), code)...)
	}
	diags.Append(warnMethods(m.PaymentMethodsAllowed)...)
	diags.Append(warnURL(path.Root("success_url"), m.SuccessURL)...)
	diags.Append(warnURL(path.Root("failed_url"), m.FailedURL)...)
	return diags
}

// validateItem wants total = pre-tax + tax (contract 2.2).
func validateItem(at path.Path, item tfvalue.Reader, code string) (diags diag.Diagnostics) {
	preTax, total, tax := item.Decimal("pre_tax_amount"), item.Decimal("total_amount"), item.Object("tax")
	diags.Append(money.CheckScale(at.AtName("pre_tax_amount"), preTax, code)...)
	diags.Append(money.CheckScale(at.AtName("total_amount"), total, code)...)
	diags.Append(money.CheckScale(at.AtName("tax").AtName("amount"), tax.Decimal("amount"), code)...)

	sum, ok := notNegative(preTax)
	reckoning := fmt.Sprintf("pre_tax_amount is %s, and there is no tax", preTax.ValueString())
	if !tax.IsNull() {
		amount, known := notNegative(tax.Decimal("amount"))
		sum, ok = sum.Add(amount), ok && known
		reckoning = fmt.Sprintf("pre_tax_amount and tax.amount come to %s", sum)
	}
	if written, known := notNegative(total); ok && known && !diags.HasError() && !written.Equal(sum) {
		diags.AddAttributeError(at.AtName("total_amount"), "Item does not add up",
			fmt.Sprintf("%s: %s, but total_amount is %s. Write the sum as total_amount, or let the function conomy_item work it out.", at, reckoning, total.ValueString()))
	}
	return diags
}

// notNegative returns an amount; not ok for those that its own attribute refuses.
func notNegative(amount money.Decimal) (decimal.Decimal, bool) {
	d, ok := amount.Value()
	return d, ok && !d.IsNegative()
}

// validateTotal refuses a link that asks for no money.
func validateTotal(m *model) (diags diag.Diagnostics) {
	sum := decimal.Zero
	for _, item := range tfvalue.ReadList(m.Items) {
		total, ok := notNegative(item.Decimal("total_amount"))
		if !ok {
			return nil
		}
		sum = sum.Add(total)
	}
	if len(m.Items.Elements()) > 0 && sum.IsZero() {
		diags.AddAttributeError(path.Root("items"), "Nothing to pay", "The items come to 0. A payment link needs a total above zero.")
	}
	return diags
}

// knownMethods are those that Conomy has documented so far (contract 4.4). The list moves, so that another one is only a warning.
var knownMethods = strings.Fields(`CARD CRYPTO ACCOUNT BANK_ACCOUNT PIX PCT CVU ETPAY FINTOC WEBPAY SPEI PSE BANCOLOMBIA DAVIVIENDA
	DAVIPLATA NEQUI BREB WOMPI LIGO SIP ACH WIRE FEDNOW RTP SEPA FPE SWIFT PAGO_MOVIL`)

var paymentMethodPattern = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// paymentMethodForm accepts what can be a method's name (contract 8.17).
func paymentMethodForm() validator.String {
	return tfvalue.StringRule{
		Rule: "must be upper case letters, digits and underscores, such as CARD", Summary: "Not a payment method", RepeatsValue: true,
		IsValid: func(text string) bool { return paymentMethodPattern.MatchString(text) },
	}
}

func warnMethods(methods types.Set) (diags diag.Diagnostics) {
	for _, name := range tfvalue.Strings(methods) {
		if paymentMethodPattern.MatchString(name) && !slices.Contains(knownMethods, name) {
			diags.AddAttributeWarning(path.Root("payment_methods_allowed"), "Unknown payment method",
				fmt.Sprintf("%q is not among the payment methods that Conomy has documented so far: %s. It is sent as it is.", name, strings.Join(knownMethods, ", ")))
		}
	}
	return diags
}

// warnURL asks about what is no web address. Conomy states no form, but a payer's browser needs an absolute address (contract 8.18).
func warnURL(at path.Path, address types.String) (diags diag.Diagnostics) {
	text := address.ValueString()
	if text == "" {
		return nil
	}
	if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		diags.AddAttributeWarning(at, "Is this the address of a page?",
			fmt.Sprintf("%s is %q. The payer's browser is sent there, so it should be a whole address such as https://shop.example/thanks.", at, text))
	}
	return diags
}

// minDuration is the shortest life of a link in seconds; no longest is stated (contract 2.2, 8.19).
const minDuration = 30
