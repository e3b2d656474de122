package functions_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestMinorUnitsCountsExactly(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ amount, currency, want string }{
		{"10.50", "EUR", "1050"},
		{"10.5", "EUR", "1050"},
		{"10", "EUR", "1000"},
		{"10.500000", "EUR", "1050"},
		{"0.01", "EUR", "1"},
		{"0", "EUR", "0"},
		{"-0.00", "EUR", "0"},
		{"-3.20", "EUR", "-320"},
		{"0010.10", "EUR", "1010"},
		{"1500", "JPY", "1500"},
		{"1500.0", "JPY", "1500"},
		{"1.234", "KWD", "1234"},
		{"1.2345", "CLF", "12345"},
		{"19900", "COP", "1990000"}, // two digits in ISO 4217
		{strings.Repeat("9", 38) + ".99", "EUR", strings.Repeat("9", 40)},
		{strings.Repeat("1", 40), "UYW", strings.Repeat("1", 40) + "0000"},
	} {
		got, failure := call(t, "minor_units", text(test.amount), text(test.currency))
		if failure != nil {
			t.Errorf("%s %s: %s", test.amount, test.currency, failure.Text)
			continue
		}
		var f *big.Float
		if err := got.As(&f); err != nil || !f.IsInt() || f.Text('f', -1) != test.want {
			t.Errorf("%s %s: %v, want %s (%v)", test.amount, test.currency, f, test.want, err)
		}
	}
}

func TestMinorUnitsRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		amount, currency string
		argument         int64
		words            []string
	}{
		{"10.005", "EUR", 0, []string{"10.005", "EUR", "at most 2"}},
		{"10.5", "JPY", 0, []string{"10.5", "JPY", "only whole units"}},
		{"-0.001", "EUR", 0, []string{"-0.001", "at most 2"}},
		{"1e2", "EUR", 0, []string{`"1e2"`, "no exponent", "10.50"}},
		{"1e400", "EUR", 0, []string{"no exponent"}},
		{"", "EUR", 0, []string{"empty"}},
		{"abc", "EUR", 0, []string{"only digits"}},
		{"10,50", "EUR", 0, []string{"comma"}},
		{"NaN", "EUR", 0, []string{"only digits"}},
		{strings.Repeat("9", 41), "EUR", 0, []string{"41 digits", "at most 40"}},
		{strings.Repeat("9", 100000), "EUR", 0, []string{"100000 digits", "…"}},
		{"10", "eur", 1, []string{`"eur"`, "upper-case", `"EUR"`}},
		{"10", "USDC", 1, []string{`"USDC"`, "ISO 4217", "minor units"}},
		{"10", "XAU", 1, []string{`"XAU"`, "no minor units"}},
		{"10", "", 1, []string{"ISO 4217"}},
		{"10", "HRK", 1, []string{`"HRK"`, "not an active"}},
	} {
		_, failure := call(t, "minor_units", text(test.amount), text(test.currency))
		protocoltest.RequireArgumentError(t, failure, test.argument, test.words...)
	}
}

func TestMajorUnitsWritesExactly(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ units, currency, want string }{
		{"1050", "EUR", "10.50"},
		{"1000", "EUR", "10.00"},
		{"5", "EUR", "0.05"},
		{"0", "EUR", "0.00"},
		{"-0", "EUR", "0.00"},
		{"-320", "EUR", "-3.20"},
		{"-5", "KWD", "-0.005"},
		{"10", "JPY", "10"},
		{"1e3", "EUR", "10.00"},
		{"12345", "CLF", "1.2345"},
		{"1990000", "COP", "19900.00"},
		{strings.Repeat("9", 40), "EUR", strings.Repeat("9", 38) + ".99"},
	} {
		got, failure := call(t, "major_units", number(t, test.units), text(test.currency))
		if failure != nil {
			t.Errorf("%s %s: %s", test.units, test.currency, failure.Text)
			continue
		}
		if got := asText(t, got); got != test.want {
			t.Errorf("%s %s: %s, want %s", test.units, test.currency, got, test.want)
		}
	}
}

func TestMajorUnitsRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		units, currency string
		argument        int64
		words           []string
	}{
		{"10.5", "EUR", 0, []string{"10.5", "not a whole number"}},
		{"0.1", "EUR", 0, []string{"0.1:", "not a whole number"}},
		{"-0.5", "JPY", 0, []string{"-0.5", "not a whole number"}},
		{"1e40", "EUR", 0, []string{"more than 40 digits"}},
		{"1e400", "EUR", 0, []string{"the number", "more than 40 digits"}},
		{"1e-400", "EUR", 0, []string{"the number", "not a whole number"}},
		{"1050", "eur", 1, []string{`"eur"`, "upper-case"}},
		{"1050", "USDT", 1, []string{`"USDT"`, "minor units"}},
		{"1050", "XDR", 1, []string{`"XDR"`, "no minor units"}},
	} {
		_, failure := call(t, "major_units", number(t, test.units), text(test.currency))
		protocoltest.RequireArgumentError(t, failure, test.argument, test.words...)
	}
}
