package conomy_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

var taxType = tftypes.Map{ElementType: tftypes.String}

// givenTax is a tax argument; nil is a null element.
func givenTax(name, kind, value any) tftypes.Value {
	return tftypes.NewValue(taxType, map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, name), "type": tftypes.NewValue(tftypes.String, kind), "value": tftypes.NewValue(tftypes.String, value),
	})
}

func item(t *testing.T, preTax, currency string, taxes ...tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	return protocoltest.CallFunction(t, protoserver.New(provider.New("test", clock.System{}, conomy.Registration)), "conomy_item",
		append([]tftypes.Value{text("Annual plan"), text(preTax), text(currency)}, taxes...)...)
}

func asText(t *testing.T, v tftypes.Value) string {
	t.Helper()
	var s string
	if err := v.As(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// amounts are an item's pre-tax amount, tax amount ("none" for null) and total.
func amounts(t *testing.T, v tftypes.Value) (preTax, tax, total string) {
	t.Helper()
	var parts, taxParts map[string]tftypes.Value
	if err := v.As(&parts); err != nil {
		t.Fatal(err)
	}
	tax = "none"
	if !parts["tax"].IsNull() {
		if err := parts["tax"].As(&taxParts); err != nil {
			t.Fatal(err)
		}
		tax = asText(t, taxParts["amount"])
	}
	return asText(t, parts["pre_tax_amount"]), tax, asText(t, parts["total_amount"])
}

func TestConomyItemComputesTaxAndTotal(t *testing.T) {
	t.Parallel()
	percent := func(value string) []tftypes.Value { return []tftypes.Value{givenTax("IVA", "PERCENTAGE", value)} }
	fixed := func(value string) []tftypes.Value { return []tftypes.Value{givenTax("Fee", "FIXED", value)} }
	for _, test := range []struct {
		preTax, currency   string
		taxes              []tftypes.Value
		before, tax, total string
	}{
		{"42008", "CLP", percent("19"), "42008", "7982", "49990"}, // 7981.52
		{"50", "CLP", percent("1"), "50", "1", "51"},              // 0.5
		{"49", "CLP", percent("1"), "49", "0", "49"},              // 0.49
		{"10.50", "USD", percent("19"), "10.50", "2.00", "12.50"}, // 1.995
		{"10.5", "USD", nil, "10.50", "none", "10.50"},
		{"10.500", "USD", percent("0"), "10.50", "0.00", "10.50"},
		{"010", "USD", percent("19.00"), "10.00", "1.90", "11.90"},
		{"0.01", "USD", percent("50"), "0.01", "0.01", "0.02"},   // 0.005
		{"0.01", "USD", percent("49.9"), "0.01", "0.00", "0.01"}, // 0.00499
		{"100", "USD", percent("0.19"), "100.00", "0.19", "100.19"},
		{"100", "USD", percent("250"), "100.00", "250.00", "350.00"},
		{"1.005", "KWD", percent("10"), "1.005", "0.101", "1.106"}, // 0.1005
		{"0", "USD", percent("19"), "0.00", "0.00", "0.00"},
		{"-0", "USD", nil, "0.00", "none", "0.00"},
		{"100", "USD", fixed("5.5"), "100.00", "5.50", "105.50"},
		{"100", "CLP", fixed("7.0"), "100", "7", "107"},
		{"10", "USDC", percent("19"), "10.0", "1.9", "11.9"},
		{"10.00", "USDC", percent("19"), "10.00", "1.90", "11.90"},
		{"10.333333", "USDC", percent("19"), "10.33333300", "1.96333327", "12.29666627"},
		{"10.1234567", "USDT", fixed("0.00000001"), "10.12345670", "0.00000001", "10.12345671"},
		{"10.10", "USDT", nil, "10.10", "none", "10.10"},
		{"1.5", "XAU", percent("3"), "1.500", "0.045", "1.545"},
		{strings.Repeat("9", 37) + ".99", "USD", nil, strings.Repeat("9", 37) + ".99", "none", strings.Repeat("9", 37) + ".99"},
	} {
		got, failure := item(t, test.preTax, test.currency, test.taxes...)
		if failure != nil {
			t.Errorf("%+v: %s", test, failure.Text)
			continue
		}
		if before, tax, total := amounts(t, got); before != test.before || tax != test.tax || total != test.total {
			t.Errorf("%s %s %s: %s + %s = %s, want %s + %s = %s", test.preTax, test.currency, test.taxes, before, tax, total, test.before, test.tax, test.total)
		}
	}
}

// What is not worked out is passed on as it was given.
func TestConomyItemKeepsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	got, failure := item(t, "10", "USD", givenTax("IVA", "PERCENTAGE", "19.0"))
	if failure != nil {
		t.Fatal(failure.Text)
	}
	for path, want := range map[string]string{"description": "Annual plan", "tax.name": "IVA", "tax.type": "PERCENTAGE", "tax.value": "19.0"} {
		if got := (protocoltest.State{Raw: got}).Text(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestConomyItemRefuses(t *testing.T) {
	t.Parallel()
	iva := givenTax("IVA", "PERCENTAGE", "19")
	for _, test := range []struct {
		preTax, currency string
		taxes            []tftypes.Value
		argument         int64
		words            []string
	}{
		{"10.005", "USD", nil, 1, []string{"10.005", "USD", "at most 2"}},
		{"10.5", "CLP", nil, 1, []string{"10.5", "only whole units"}},
		{"-1", "USD", nil, 1, []string{"pre_tax_amount", "-1", "negative"}},
		{"ten", "USD", nil, 1, []string{`"ten"`, "only digits"}},
		{"10", "usd", nil, 2, []string{`"usd"`, "upper case"}},
		{"10", "US", nil, 2, []string{`"US"`, "ISO 4217"}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "PERCENT", "19")}, 3, []string{`"PERCENT"`, `"PERCENTAGE"`, `"FIXED"`}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "percentage", "19")}, 3, []string{`"percentage"`, `"PERCENTAGE"`}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "PERCENTAGE", "19%")}, 3, []string{`"19%"`, "only digits"}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "PERCENTAGE", "-1")}, 3, []string{"value", "-1", "negative"}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "FIXED", "1.005")}, 3, []string{"1.005", "at most 2"}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "FIXED", "-0.5")}, 3, []string{"-0.5", "negative"}},
		{"10", "USD", []tftypes.Value{givenTax(nil, "FIXED", "1")}, 3, []string{"name is missing or null"}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", nil, "1")}, 3, []string{"type is missing or null"}},
		{"10", "USD", []tftypes.Value{givenTax("IVA", "FIXED", nil)}, 3, []string{"value is missing or null"}},
		{"10", "USD", []tftypes.Value{tftypes.NewValue(taxType, map[string]tftypes.Value{})}, 3, []string{"name is missing"}},
		{"10", "USD", []tftypes.Value{iva, iva}, 4, []string{"2 taxes", "at most one"}},
		{"10", "USD", []tftypes.Value{iva, iva, iva}, 4, []string{"3 taxes"}},
		{strings.Repeat("9", 40), "USD", nil, 1, []string{"total", "42 digits", "at most 40"}},
		{strings.Repeat("9", 40), "JPY", []tftypes.Value{givenTax("IVA", "FIXED", "1")}, 1, []string{"total", "41 digits"}},
		{"0." + strings.Repeat("1", 39), "USDC", []tftypes.Value{iva}, 1, []string{"total", "42 digits"}},
	} {
		_, failure := item(t, test.preTax, test.currency, test.taxes...)
		protocoltest.RequireArgumentError(t, failure, test.argument, test.words...)
	}
}

// The item is what the link takes: of the same type, and accepted by its checks, for any amount and tax.
func TestConomyItemFitsTheLink(t *testing.T) {
	t.Parallel()
	offered, err := protoserver.New(provider.New("test", clock.System{}, conomy.Registration)).GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	link := offered.ResourceSchemas[harness.Type()].ValueType().(tftypes.Object)
	returned := offered.Functions["conomy_item"].Return.Type
	if want := link.AttributeTypes["items"].(tftypes.List).ElementType; !returned.Equal(want) {
		t.Fatalf("returns %s, and items are %s", returned, want)
	}
	f := harness.Start(t)
	random := rand.New(rand.NewPCG(6, 7))
	decimals := map[string]int{"CLP": 0, "USD": 2, "KWD": 3, "CLF": 4, "USDC": 6}
	for range 60 {
		for currency, digits := range decimals {
			unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
			preTax := new(big.Rat).SetFrac(big.NewInt(random.Int64N(1e12)+1), unit).FloatString(digits)
			percent := fmt.Sprintf("%d.%02d", random.IntN(40), random.IntN(100))
			got, failure := item(t, preTax, currency, givenTax("IVA", "PERCENTAGE", percent))
			if failure != nil {
				t.Fatalf("%s %s: %s", preTax, currency, failure.Text)
			}
			before, taxed, total := amounts(t, got)
			rat := func(s string) *big.Rat {
				r, ok := new(big.Rat).SetString(s)
				if !ok {
					t.Fatalf("%q is no number", s)
				}
				return r
			}
			exact := new(big.Rat).Mul(rat(preTax), new(big.Rat).Quo(rat(percent), big.NewRat(100, 1)))
			off := new(big.Rat).Sub(rat(taxed), exact)
			half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(unit, big.NewInt(2)))
			if currency == "USDC" {
				half.SetInt64(0)
			}
			if off.Cmp(half) > 0 || new(big.Rat).Neg(off).Cmp(half) > 0 || currency != "USDC" && new(big.Rat).Neg(off).Cmp(half) == 0 {
				t.Errorf("%s %% of %s %s is %s, %s off", percent, preTax, currency, taxed, off.FloatString(8))
			}
			if rat(before).Cmp(rat(preTax)) != 0 || rat(total).Cmp(new(big.Rat).Add(rat(before), rat(taxed))) != 0 {
				t.Errorf("%s + %s is not %s", before, taxed, total)
			}
			state := protocoltest.State{Raw: got}
			diags := f.Validate(object{
				"checkout_token": "plan", "currency": currency, "duration": 3600, "payment_methods_allowed": list{"CARD"},
				"owner":        object{"identity_id": "65f0c0ffee"},
				"destinations": list{object{"amount": total, "account": object{"account_number": "1"}}},
				"items": list{object{
					"description": state.Get("description"), "pre_tax_amount": before, "total_amount": total, "tax": state.Get("tax"),
				}},
			})
			if len(diags) > 0 {
				t.Fatalf("%s %s: %s", preTax, currency, diags)
			}
		}
	}
}

// The function takes just the currencies that the link takes.
func TestConomyItemTakesTheLinksCurrencies(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	for _, currency := range []string{"USD", "CLP", "XAU", "XXX", "USDC", "USDT", "HRK", "usd", "usdc", "", "US", "U$D", "USDCUSDCUSDC", "1INCH", "Usd"} {
		_, failure := item(t, "10", currency)
		diags := f.Validate(object{
			"checkout_token": "plan", "currency": currency, "duration": 3600, "payment_methods_allowed": list{"CARD"},
			"owner":        object{"identity_id": "65f0c0ffee"},
			"destinations": list{object{"amount": "10", "account": object{"account_number": "1"}}},
			"items":        list{object{"description": "Plan", "pre_tax_amount": "10", "total_amount": "10"}},
		})
		if diags.HasError() != (failure != nil) {
			t.Errorf("%q: the link says %s, the function %v", currency, diags, failure)
		}
	}
}
