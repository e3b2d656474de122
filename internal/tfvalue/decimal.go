package tfvalue

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// Positive returns a validator for amounts above zero.
func Positive() validator.String {
	return decimalRule("must be greater than zero", decimal.Decimal.IsPositive)
}

// NotNegative returns a validator for amounts of zero or more.
func NotNegative() validator.String {
	return decimalRule("must not be negative", func(d decimal.Decimal) bool { return !d.IsNegative() })
}

// WarnNegative returns a validator that warns of amounts below zero, which are sent all the same.
func WarnNegative() validator.String {
	return StringRule{Rule: "should not be negative", Summary: "Negative amount", Warns: true, Problem: func(text string) string {
		if number, err := money.Parse(text); err != nil || !number.IsNegative() {
			return ""
		}
		return fmt.Sprintf("%q is negative. The vendor does not document whether it accepts that.", text)
	}}
}

// Between returns a validator for numbers from lowest to highest, both included. It panics when a bound is no decimal, as
// bounds are written in the schema.
func Between(lowest, highest string) validator.String {
	low, high := decimal.RequireFromString(lowest), decimal.RequireFromString(highest)
	return decimalRule(fmt.Sprintf("must be from %s to %s", lowest, highest), func(d decimal.Decimal) bool {
		return d.GreaterThanOrEqual(low) && d.LessThanOrEqual(high)
	})
}

// decimalRule leaves text that is no decimal to the type, which refuses it once and better.
func decimalRule(rule string, holds func(decimal.Decimal) bool) validator.String {
	return StringRule{Rule: rule, Summary: "Number out of range", RepeatsValue: true, IsValid: func(text string) bool {
		number, err := money.Parse(text)
		return err != nil || holds(number)
	}}
}

// CurrencyCode returns a validator for the active codes of ISO 4217, and for those that also accepts; nil for no others.
func CurrencyCode(also func(code string) bool) validator.String {
	return StringRule{Rule: "must be an active ISO 4217 currency code in upper case", Summary: "Unknown currency", Problem: func(code string) string {
		if money.IsCurrency(code) || also != nil && also(code) {
			return ""
		}
		return fmt.Sprintf("%q is not an active ISO 4217 currency code. Use three upper-case letters, for example \"EUR\".", code)
	}}
}
