package money

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/shopspring/decimal"
)

// Positive returns a validator for amounts above zero.
func Positive() validator.String {
	return decimalRule{"must be greater than zero", decimal.Decimal.IsPositive}
}

// NotNegative returns a validator for amounts of zero or more.
func NotNegative() validator.String {
	return decimalRule{"must not be negative", func(d decimal.Decimal) bool { return !d.IsNegative() }}
}

// WarnNegative returns a validator that warns of amounts below zero, which are sent all the same.
func WarnNegative() validator.String {
	return warnNegative{decimalRule{"should not be negative", func(d decimal.Decimal) bool { return !d.IsNegative() }}}
}

type warnNegative struct{ decimalRule }

func (v warnNegative) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if number, ok := (Decimal{StringValue: req.ConfigValue}).Value(); ok && !v.holds(number) {
		resp.Diagnostics.AddAttributeWarning(req.Path, "Negative amount",
			fmt.Sprintf("%s: %q is below zero, as a discount is. Nothing documents whether the vendor takes it. It is sent as it is.", req.Path, req.ConfigValue.ValueString()))
	}
}

// Between returns a validator for numbers from lowest to highest, both included. It panics when a bound is no decimal, as
// bounds are written in the schema.
func Between(lowest, highest string) validator.String {
	low, high := decimal.RequireFromString(lowest), decimal.RequireFromString(highest)
	return decimalRule{fmt.Sprintf("must be from %s to %s", lowest, highest), func(d decimal.Decimal) bool {
		return d.GreaterThanOrEqual(low) && d.LessThanOrEqual(high)
	}}
}

// CurrencyCode returns a validator for the active codes of ISO 4217.
func CurrencyCode() validator.String { return currencyCode{} }

// decimalRule leaves text that is no decimal to the type, which refuses it once and better.
type decimalRule struct {
	rule  string
	holds func(decimal.Decimal) bool
}

func (v decimalRule) Description(context.Context) string { return "value " + v.rule }

func (v decimalRule) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v decimalRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	number, ok := Decimal{StringValue: req.ConfigValue}.Value()
	if !ok || v.holds(number) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Number out of range",
		fmt.Sprintf("%s: the value %s, got %q.", req.Path, v.rule, req.ConfigValue.ValueString()))
}

type currencyCode struct{}

func (currencyCode) Description(context.Context) string {
	return "value must be an active ISO 4217 currency code in upper case"
}

func (v currencyCode) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (currencyCode) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || IsCurrency(req.ConfigValue.ValueString()) {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Unknown currency",
		fmt.Sprintf("%s: %q is not an active ISO 4217 currency code. Write the three letters in upper case, for example \"EUR\".",
			req.Path, req.ConfigValue.ValueString()))
}
