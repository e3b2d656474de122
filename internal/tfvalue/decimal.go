package tfvalue

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
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
		return fmt.Sprintf("%q is below zero, as a discount is. Nothing documents whether the vendor takes it.", text)
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
		return fmt.Sprintf("%q is not an active ISO 4217 currency code. Write the three letters in upper case, for example \"EUR\".", code)
	}}
}

// UseStateWhenEqual returns a plan modifier that plans the state's text for an amount that is the same number, so that "10.0"
// written for "10.00" is no change. The framework compares semantically after apply and read, but not while planning.
func UseStateWhenEqual() planmodifier.String { return useStateWhenEqual{} }

type useStateWhenEqual struct{}

func (useStateWhenEqual) Description(context.Context) string {
	return "an amount that is the same number as before is not a change"
}

func (m useStateWhenEqual) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString leaves null and unknown alone on either side: only two known numbers can be equal. Inside a list
// the framework hands over the element with the same index, so a reordered list stays a change.
func (useStateWhenEqual) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	planned, ok := money.Decimal{StringValue: req.PlanValue}.Value()
	if !ok {
		return
	}
	if kept, ok := (money.Decimal{StringValue: req.StateValue}).Value(); ok && kept.Equal(planned) {
		resp.PlanValue = req.StateValue
	}
}
