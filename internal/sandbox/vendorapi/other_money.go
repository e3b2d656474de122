package vendorapi

import "github.com/shopspring/decimal"

// OtherMoney are the switches of a vendor that makes links of other money than it is asked for: it read the unit of an amount wrongly,
// or took a default. No document names such a thing.
type OtherMoney struct {
	// Inflated makes links of a hundred times the amount.
	Inflated bool `json:"inflated"`
	// OtherCurrency makes links in US dollars, and in euros where dollars are asked for.
	OtherCurrency bool `json:"other_currency"`
}

// Change changes an amount and a currency as the switches say.
func (m OtherMoney) Change(amount, currency *string) {
	if number, err := decimal.NewFromString(*amount); err == nil && m.Inflated {
		*amount = number.Shift(2).StringFixed(max(0, -number.Exponent()))
	}
	if m.OtherCurrency {
		*currency = map[bool]string{true: "EUR", false: "USD"}[*currency == "USD"]
	}
}
