package functions

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// The positions of conomy_item's arguments, for errors.
const (
	preTaxPosition   = 1
	currencyPosition = 2
	taxPosition      = 3
)

// taxInput is a tax as it is given; its amount is what the function is for.
type taxInput struct {
	Name  types.String `tfsdk:"name"`
	Type  types.String `tfsdk:"type"`
	Value types.String `tfsdk:"value"`
}

// item is an element of a Conomy link's `items`.
type item struct {
	Description  string   `tfsdk:"description"`
	PreTaxAmount string   `tfsdk:"pre_tax_amount"`
	TotalAmount  string   `tfsdk:"total_amount"`
	Tax          *itemTax `tfsdk:"tax"`
}

type itemTax struct {
	Name   string `tfsdk:"name"`
	Type   string `tfsdk:"type"`
	Value  string `tfsdk:"value"`
	Amount string `tfsdk:"amount"`
}

// currencyScale is what is known about the decimals of a currency. Without minor units nothing says where to round.
type currencyScale struct {
	currency string
	digits   int
	known    bool
}

func newCurrencyScale(currency string) (currencyScale, *function.FuncError) {
	if !money.IsCurrency(currency) && !money.IsCryptoCode(currency) {
		return currencyScale{}, function.NewArgumentFuncError(currencyPosition, fmt.Sprintf(
			"%s is neither an active ISO 4217 currency code nor a crypto code such as \"USDC\"; write it in upper case, for example \"CLP\"", quote(currency)))
	}
	digits, known := money.MinorUnits(currency)
	return currencyScale{currency, digits, known}, nil
}

func (s currencyScale) check(amount decimal.Decimal) error {
	if !s.known {
		return nil
	}
	return money.CheckDecimals(amount, s.currency, s.digits)
}

func (s currencyScale) round(amount decimal.Decimal) decimal.Decimal {
	if !s.known {
		return amount
	}
	return money.RoundHalfUp(amount, s.digits)
}

// decimals is how many decimals to write: the currency's, else as many as the pre-tax amount was written with and the tax needs.
func (s currencyScale) decimals(preTax, tax decimal.Decimal) int32 {
	if s.known {
		return int32(s.digits)
	}
	_, needed, _ := strings.Cut(tax.String(), ".")
	return max(-preTax.Exponent(), int32(len(needed)))
}

// computeTax fills in the amounts of the item.
func (i *item) computeTax(preTaxText, currency string, taxes []taxInput) *function.FuncError {
	s, failure := newCurrencyScale(currency)
	if failure != nil {
		return failure
	}
	preTax, failure := nonNegativeArgument(preTaxPosition, "pre_tax_amount", preTaxText, s.check)
	if failure != nil {
		return failure
	}
	if len(taxes) > 1 {
		return function.NewArgumentFuncError(taxPosition+1, fmt.Sprintf("%d taxes are given, and an item has at most one; leave the others out", len(taxes)))
	}
	var tax decimal.Decimal
	if len(taxes) == 1 {
		given := taxes[0]
		if tax, failure = given.amount(preTax, s); failure != nil {
			return failure
		}
		i.Tax = &itemTax{Name: given.Name.ValueString(), Type: given.Type.ValueString(), Value: given.Value.ValueString()}
		i.Tax.Amount = tax.StringFixed(s.decimals(preTax, tax))
	}
	i.PreTaxAmount = preTax.StringFixed(s.decimals(preTax, tax))
	i.TotalAmount = preTax.Add(tax).StringFixed(s.decimals(preTax, tax))
	// No part of the item is longer than its total.
	if _, err := money.Parse(i.TotalAmount); err != nil {
		return function.NewArgumentFuncError(preTaxPosition, fmt.Sprintf("the total would be %s, which a link cannot ask for: %s", quote(i.TotalAmount), err))
	}
	return nil
}

// amount is the tax in the currency.
func (t taxInput) amount(preTax decimal.Decimal, s currencyScale) (decimal.Decimal, *function.FuncError) {
	for _, each := range []struct {
		name string
		text types.String
	}{{"name", t.Name}, {"type", t.Type}, {"value", t.Value}} {
		if each.text.IsNull() {
			return decimal.Decimal{}, function.NewArgumentFuncError(taxPosition, each.name+" is null; a tax has a name, a type and a value")
		}
	}
	switch t.Type.ValueString() {
	case "PERCENTAGE":
		percent, failure := nonNegativeArgument(taxPosition, "value", t.Value.ValueString(), nil)
		return s.round(money.Percentage(preTax, percent)), failure
	case "FIXED":
		return nonNegativeArgument(taxPosition, "value", t.Value.ValueString(), s.check)
	}
	return decimal.Decimal{}, function.NewArgumentFuncError(taxPosition, fmt.Sprintf("type is %s; allowed are \"PERCENTAGE\" and \"FIXED\"", quote(t.Type.ValueString())))
}

// nonNegativeArgument parses a number that is not negative, and that passes the check where there is one.
func nonNegativeArgument(position int64, name, text string, check func(decimal.Decimal) error) (decimal.Decimal, *function.FuncError) {
	number, failure := amountArgument(position, text)
	if failure != nil {
		return number, failure
	}
	if number.IsNegative() {
		return number, function.NewArgumentFuncError(position, fmt.Sprintf("%s is %s, and must not be negative", name, text))
	}
	if check != nil {
		return number, argumentError(position, check(number))
	}
	return number, nil
}
