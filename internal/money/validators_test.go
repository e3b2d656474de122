package money_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// assertAttributeError wants one error, at the attribute, whose detail holds every one of the words.
func assertAttributeError(t *testing.T, diags diag.Diagnostics, at path.Path, words ...string) {
	t.Helper()
	if len(diags) != 1 || diags[0].Severity() != diag.SeverityError {
		t.Fatalf("got %v, want one error", diags)
	}
	located, ok := diags[0].(diag.DiagnosticWithPath)
	if !ok || !located.Path().Equal(at) {
		t.Errorf("not at %s: %v", at, diags[0])
	}
	for _, word := range words {
		if !strings.Contains(diags[0].Detail(), word) {
			t.Errorf("%q is not in: %s", word, diags[0].Detail())
		}
	}
}

func TestValidatorsAcceptAndRefuse(t *testing.T) {
	t.Parallel()
	null, unknown := types.StringNull(), types.StringUnknown()
	tests := map[string]struct {
		rule validator.String
		good []types.String
		bad  []string
		word string
	}{
		"positive":     {money.Positive(), values("0.01", "5", "abc"), []string{"0", "-1", "0.00", "-0"}, "greater than zero"},
		"not negative": {money.NotNegative(), values("0", "-0", "3.5", "abc"), []string{"-0.01", "-5"}, "negative"},
		"between":      {money.Between("0", "100"), values("0", "100.00", "0.9", "20%"), []string{"-0.1", "100.01", "101"}, "from 0 to 100"},
		"currency":     {money.CurrencyCode(), values("EUR", "XCG"), []string{"eur", "", "EURO", "ANG", "XYZ"}, "ISO 4217"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := path.Root("amount")
			for _, value := range append(test.good, null, unknown) {
				var resp validator.StringResponse
				test.rule.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: value}, &resp)
				if len(resp.Diagnostics) > 0 {
					t.Errorf("%s: %v", value, resp.Diagnostics)
				}
			}
			for _, text := range test.bad {
				var resp validator.StringResponse
				test.rule.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(text)}, &resp)
				assertAttributeError(t, resp.Diagnostics, at, test.word, text)
			}
			if d := test.rule.MarkdownDescription(t.Context()); !strings.HasPrefix(d, "value ") {
				t.Errorf("description %q", d)
			}
		})
	}
}

func values(texts ...string) []types.String {
	var all []types.String
	for _, text := range texts {
		all = append(all, types.StringValue(text))
	}
	return all
}

func TestCheckScaleCountsTheNumbersDecimals(t *testing.T) {
	t.Parallel()
	at := path.Root("items").AtListIndex(0).AtName("unit_price")
	tests := map[string]struct {
		amount   money.Decimal
		currency string
		words    []string // none: accepted
	}{
		"fits":             {money.NewDecimal("10.50"), "EUR", nil},
		"trailing zeros":   {money.NewDecimal("10.500"), "EUR", nil},
		"third decimal":    {money.NewDecimal("10.505"), "EUR", []string{`"10.505"`, "EUR", "at most 2"}},
		"negative":         {money.NewDecimal("-0.001"), "EUR", []string{`"-0.001"`, "at most 2"}},
		"yen":              {money.NewDecimal("100.0"), "JPY", nil},
		"half a yen":       {money.NewDecimal("100.5"), "JPY", []string{"JPY", "whole units"}},
		"dinar":            {money.NewDecimal("1.234"), "KWD", nil},
		"dinar too fine":   {money.NewDecimal("1.2345"), "KWD", []string{"at most 3"}},
		"gold":             {money.NewDecimal("1.23456"), "XAU", nil},
		"unknown currency": {money.NewDecimal("1.23456"), "USDC", nil},
		"null":             {money.DecimalNull(), "EUR", nil},
		"unknown":          {money.DecimalUnknown(), "EUR", nil},
		"malformed":        {money.NewDecimal("abc"), "EUR", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diags := money.CheckScale(at, test.amount, test.currency)
			if test.words == nil {
				if len(diags) > 0 {
					t.Errorf("unexpected: %v", diags)
				}
				return
			}
			assertAttributeError(t, diags, at, test.words...)
		})
	}
}

func TestCheckScaleOfAVendorsOwnMinorUnits(t *testing.T) {
	t.Parallel()
	at := path.Root("amount")
	for text, fits := range map[string]bool{"10.505": true, "10.5050": true, "10.5055": false, "abc": true} {
		diags := money.CheckScaleOf(at, money.NewDecimal(text), "EUR", 3)
		if fits && len(diags) > 0 {
			t.Errorf("%s: %v", text, diags)
		}
		if !fits {
			assertAttributeError(t, diags, at, text, "EUR", "at most 3")
		}
	}
}
