package qonto

import (
	"regexp"

	"github.com/shopspring/decimal"
)

// currency is the only one that any document shows (row 14).
const currency = "EUR"

// decimalForm bounds what is taken for a decimal text: no sign but minus, no exponent, no more than a bank would hold.
var decimalForm = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)

func parseDecimal(text string) (decimal.Decimal, bool) {
	if !decimalForm.MatchString(text) {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}

var hundred = decimal.NewFromInt(100)

// gross is the sum over the items of unit price x quantity x (1 + VAT), half up to two decimals: of each item or of the
// sum (section 4, rule 3). The items have passed their checks.
func (sw Switches) gross(items []Item) decimal.Decimal {
	sum := decimal.Zero
	for _, item := range items {
		price, quantity := decimal.RequireFromString(item.UnitPrice.Value), decimal.RequireFromString(item.Quantity)
		rate := decimal.RequireFromString(item.VATRate)
		if !sw.VATFraction {
			rate = rate.Div(hundred)
		}
		line := price.Mul(quantity).Mul(rate.Add(decimal.NewFromInt(1)))
		if sw.RoundPerItem {
			line = line.Round(2)
		}
		sum = sum.Add(line)
	}
	return sum.Round(2)
}

// showAmount is how an amount comes back (row 9).
func (sw Switches) showAmount(a Amount) amountWire {
	value, err := decimal.NewFromString(a.Value)
	switch {
	case err != nil || sw.AmountScale == Verbatim:
		return amountWire(a)
	case sw.AmountScale == Trimmed:
		return amountWire{Value: value.String(), Currency: a.Currency}
	default:
		return amountWire{Value: value.StringFixed(2), Currency: a.Currency}
	}
}
