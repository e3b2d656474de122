package money

import "github.com/shopspring/decimal"

// Percentage is so many percent of an amount, exactly.
func Percentage(amount, percent decimal.Decimal) decimal.Decimal {
	return amount.Mul(percent).Shift(-2)
}

// HalfUp rounds an amount, which is not negative, to so many decimals; a half goes up.
func HalfUp(amount decimal.Decimal, digits int) decimal.Decimal {
	return amount.Round(int32(digits))
}
