package money

import "github.com/shopspring/decimal"

// Percentage returns so many percent of an amount, exactly.
func Percentage(amount, percent decimal.Decimal) decimal.Decimal {
	return amount.Mul(percent).Shift(-2)
}

// RoundHalfUp rounds an amount, which must not be negative, to so many decimals; a half goes up.
func RoundHalfUp(amount decimal.Decimal, digits int) decimal.Decimal {
	return amount.Round(int32(digits))
}
