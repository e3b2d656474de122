package functions

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// scale is what is known about the decimals of a currency. Without minor units nothing says where to round.
type scale struct {
	currency string
	digits   int
	known    bool
}

func scaleOf(currency string) (scale, *function.FuncError) {
	if !money.IsCurrency(currency) && !money.IsCryptoCode(currency) {
		return scale{}, function.NewArgumentFuncError(currencyPosition, fmt.Sprintf(
			"%s is neither an active ISO 4217 currency code nor a crypto code such as \"USDC\"; write it in upper case, for example \"CLP\"", quote(currency)))
	}
	digits, known := money.MinorUnits(currency)
	return scale{currency, digits, known}, nil
}

func (s scale) check(amount decimal.Decimal) error {
	if !s.known {
		return nil
	}
	return money.CheckDecimals(amount, s.currency, s.digits)
}

func (s scale) round(amount decimal.Decimal) decimal.Decimal {
	if !s.known {
		return amount
	}
	return money.HalfUp(amount, s.digits)
}

// decimals is how many to write: the currency's, else as many as the pre-tax amount was written with and the tax needs.
func (s scale) decimals(preTax, tax decimal.Decimal) int32 {
	if s.known {
		return int32(s.digits)
	}
	_, needed, _ := strings.Cut(tax.String(), ".")
	return max(-preTax.Exponent(), int32(len(needed)))
}

// reckon fills in the amounts.
func (i *item) reckon(preTaxText, currency string, taxes []taxOf) *function.FuncError {
	s, wrong := scaleOf(currency)
	if wrong != nil {
		return wrong
	}
	preTax, wrong := part(preTaxPosition, "pre_tax_amount", preTaxText, s.check)
	if wrong != nil {
		return wrong
	}
	if len(taxes) > 1 {
		return function.NewArgumentFuncError(taxPosition+1, fmt.Sprintf("%d taxes are given, and an item has at most one; leave the others out", len(taxes)))
	}
	var tax decimal.Decimal
	if len(taxes) == 1 {
		given := taxes[0]
		if tax, wrong = given.amount(preTax, s); wrong != nil {
			return wrong
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

// amount is the tax itself.
func (t taxOf) amount(preTax decimal.Decimal, s scale) (decimal.Decimal, *function.FuncError) {
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
		percent, wrong := part(taxPosition, "value", t.Value.ValueString(), nil)
		return s.round(money.Percentage(preTax, percent)), wrong
	case "FIXED":
		return part(taxPosition, "value", t.Value.ValueString(), s.check)
	}
	return decimal.Decimal{}, function.NewArgumentFuncError(taxPosition, fmt.Sprintf("type is %s; allowed are \"PERCENTAGE\" and \"FIXED\"", quote(t.Type.ValueString())))
}

// part reads a number that is not negative, and that passes the check where there is one.
func part(position int64, name, text string, check func(decimal.Decimal) error) (decimal.Decimal, *function.FuncError) {
	number, wrong := amountArgument(position, text)
	if wrong != nil {
		return number, wrong
	}
	if number.IsNegative() {
		return number, function.NewArgumentFuncError(position, fmt.Sprintf("%s is %s, and must not be negative", name, text))
	}
	if check != nil {
		return number, refused(position, check(number))
	}
	return number, nil
}
