package conomy

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// Validate refuses nothing: every link that exists can be described.
func (vendor) Validate(context.Context, *model) diag.Diagnostics { return nil }

// ValidateCreate checks the rules of a new link that span attributes (contract 2.2, 8.7, 8.11), and warns of what is most likely a slip.
func (vendor) ValidateCreate(_ context.Context, m *model) (diags diag.Diagnostics) {
	code := m.Currency.ValueString()
	for i, item := range tfvalue.ReadList(m.Items) {
		diags.Append(validateItem(path.Root("items").AtListIndex(i), item, code)...)
	}
	diags.Append(validateTotal(m)...)
	for i, destination := range tfvalue.ReadList(m.Destinations) {
		diags.Append(money.WarnScale(path.Root("destinations").AtListIndex(i).AtName("amount"), destination.Decimal("amount"), code)...)
	}
	if methods := m.PaymentMethodsAllowed; len(methods.Elements()) > 0 && len(tfvalue.Strings(methods)) == 0 {
		diags.AddAttributeError(path.Root("payment_methods_allowed"), "No payment methods",
			"Every element of `payment_methods_allowed` is null. A new link needs at least one payment method.")
	}
	if token := m.CheckoutToken.ValueString(); token != "" && !tokenPattern().MatchString(token) {
		diags.AddAttributeError(path.Root("checkout_token"), "Invalid checkout token",
			fmt.Sprintf("%q cannot be part of the checkout URL. Use only unaccented letters, digits and . _ ~ -.", token))
	}
	diags.Append(warnURL(path.Root("success_url"), m.SuccessURL)...)
	return append(diags, warnURL(path.Root("failed_url"), m.FailedURL)...)
}

// tokenPattern is what a URL holds without any escape (contract 8.7).
var tokenPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9._~-]+$`) })

// validateItem wants total = pre-tax + tax (contract 2.2).
func validateItem(at path.Path, item tfvalue.Reader, code string) (diags diag.Diagnostics) {
	preTax, total, tax := item.Decimal("pre_tax_amount"), item.Decimal("total_amount"), item.Object("tax")
	diags.Append(money.WarnScale(at.AtName("pre_tax_amount"), preTax, code)...)
	diags.Append(money.WarnScale(at.AtName("total_amount"), total, code)...)
	diags.Append(money.WarnScale(at.AtName("tax").AtName("amount"), tax.Decimal("amount"), code)...)

	sum, ok := preTax.Value()
	reckoning := fmt.Sprintf("pre_tax_amount is %s and there is no tax", preTax.ValueString())
	if !tax.IsNull() {
		amount, known := tax.Decimal("amount").Value()
		sum, ok = sum.Add(amount), ok && known
		reckoning = fmt.Sprintf("pre_tax_amount plus tax.amount is %s", sum)
	}
	if written, known := total.Value(); ok && known && !written.Equal(sum) {
		diags.AddAttributeError(at.AtName("total_amount"), "Incorrect item total",
			fmt.Sprintf("%s: %s, but total_amount is %s. Set total_amount to the sum, or use the function conomy_item.", at, reckoning, total.ValueString()))
	}
	return diags
}

// sumOf adds an amount of each element; not ok while one is not known, or there is none.
func sumOf(elements types.List, name string) (sum decimal.Decimal, ok bool) {
	for _, element := range tfvalue.ReadList(elements) {
		amount, known := element.Decimal(name).Value()
		if !known {
			return sum, false
		}
		sum = sum.Add(amount)
	}
	return sum, len(elements.Elements()) > 0
}

// validateTotal refuses a link that asks for no money, and one whose money does not all go somewhere.
func validateTotal(m *model) (diags diag.Diagnostics) {
	total, ok := sumOf(m.Items, "total_amount")
	split, known := sumOf(m.Destinations, "amount")
	switch {
	case ok && !total.IsPositive():
		diags.AddAttributeError(path.Root("items"), "Nothing to pay", "The item total is "+total.String()+". A new payment link must ask for more than zero.")
	case ok && known && !total.Equal(split):
		diags.AddAttributeError(path.Root("destinations"), "Incorrect destination total",
			fmt.Sprintf("The destinations receive %s, but the item total is %s. Make the amounts of `destinations` add up to the item total.", split, total))
	}
	return diags
}

// paymentMethods returns those that Conomy has documented so far (contract 4.4); the list moves.
func paymentMethods() []string {
	return strings.Fields(`CARD CRYPTO ACCOUNT BANK_ACCOUNT PIX PCT CVU ETPAY FINTOC WEBPAY SPEI PSE BANCOLOMBIA DAVIVIENDA
		DAVIPLATA NEQUI BREB WOMPI LIGO SIP ACH WIRE FEDNOW RTP SEPA FPE SWIFT PAGO_MOVIL`)
}

// warnURL asks about what is no web address. Conomy states no form, but a payer's browser needs an absolute address (contract 8.18).
func warnURL(at path.Path, address types.String) (diags diag.Diagnostics) {
	text := address.ValueString()
	if text == "" {
		return nil
	}
	if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		diags.AddAttributeWarning(at, "URL may be invalid",
			fmt.Sprintf("%s is %q. The payer's browser is sent there, so it should be an absolute URL, for example https://shop.example/thanks.", at, text))
	}
	return diags
}

// minDuration is the shortest life of a link in seconds; no longest is stated (contract 2.2, 8.19).
const minDuration = 30
