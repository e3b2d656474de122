package conomy

import (
	"regexp"

	"github.com/shopspring/decimal"
)

// amountForm is that of account balances; that it holds for links is inferred (section 4). The lengths are our own choice.
var amountForm = regexp.MustCompile(`^[0-9]{1,18}(\.[0-9]{1,18})?$`)

func isAmount(text string) bool { return amountForm.MatchString(text) }

// sum adds the amounts of a field, with the greatest scale seen (row 10). The elements have passed their checks.
func sum(elements []values, name string) decimal.Decimal {
	total := decimal.Zero
	for _, element := range elements {
		total = total.Add(number(element[name]))
	}
	return total
}

// number is an amount's; anything else is 0.
func number(amount any) decimal.Decimal {
	s, _ := amount.(string)
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Zero
	}
	return d
}

// shown is a sum as text, with the decimals of its parts.
func shown(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

// scale is how an amount comes back (row 10).
func (sw Switches) scale(amount string) string {
	d, err := decimal.NewFromString(amount)
	switch {
	case err != nil || sw.AmountScale == Verbatim:
		return amount
	case sw.AmountScale == Trimmed:
		return d.String()
	default:
		return d.StringFixed(max(2, -d.Exponent()))
	}
}
