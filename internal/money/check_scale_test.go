package money_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

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
