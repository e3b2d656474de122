package tfvalue

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// Positive returns a validator for amounts above zero. It leaves text that is no decimal to the type, which refuses it once and better.
func Positive() validator.String {
	return StringRule{Rule: "must be greater than zero", Summary: "Number out of range", RepeatsValue: true, IsValid: func(text string) bool {
		number, err := money.Parse(text)
		return err != nil || number.IsPositive()
	}}
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

// CurrencyCode returns a validator for the active codes of ISO 4217, and for those that also accepts; nil for no others.
func CurrencyCode(also func(code string) bool) validator.String {
	return StringRule{Rule: "must be an active ISO 4217 currency code in upper case", Summary: "Unknown currency", Problem: func(code string) string {
		if money.IsCurrency(code) || also != nil && also(code) {
			return ""
		}
		return fmt.Sprintf("%q is not an active ISO 4217 currency code. Use three upper-case letters, for example \"EUR\".", code)
	}}
}
