package money

import (
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// Over all currencies: what is counted is written back as the same number, in the currency's own decimals, and the count is
// the number without its point.
func TestMinorUnitsAreExactForEveryCurrency(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	tried := 0
	for _, code := range slices.Sorted(maps.Keys(currencies)) {
		digits, err := MinorUnitsOrError(code)
		if _, ok := MinorUnits(code); ok != (err == nil) {
			t.Fatalf("%s: %v", code, err)
		}
		if err != nil {
			continue
		}
		tried++
		for range 50 {
			text := randomAmount(random, digits)
			amount, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := CheckDecimals(amount, code, digits); err != nil {
				t.Fatal(err)
			}
			units := ToMinorUnits(amount, digits)
			want, _ := new(big.Int).SetString(strings.Replace(text, ".", "", 1), 10)
			if units.Cmp(want) != 0 {
				t.Errorf("%s %s: %s, want %s", text, code, units, want)
			}
			if back := FromMinorUnits(units, digits); back != text {
				t.Errorf("%s %s came back as %s", text, code, back)
			}
			whole, err := WholeNumber(new(big.Float).SetInt(units))
			if err != nil || whole.Cmp(units) != 0 {
				t.Errorf("%s: the engine's number is read as %s, %v", units, whole, err)
			}
			finer, zeros := decimal.RequireFromString(point(text)+"1"), decimal.RequireFromString(point(text)+"000")
			if err := CheckDecimals(finer, code, digits); err == nil {
				t.Errorf("%s %s: accepted", finer, code)
			}
			if err := CheckDecimals(zeros, code, digits); err != nil || ToMinorUnits(zeros, digits).Cmp(units) != 0 {
				t.Errorf("%s with zeros: %v", text, err)
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d currencies", tried)
	}
}

// randomAmount is an amount of up to 40 digits with just so many decimals.
func randomAmount(random *rand.Rand, decimals int) string {
	digits := make([]byte, decimals+1+random.IntN(MaxDigits-decimals-1))
	for i := range digits {
		digits[i] = '0' + byte(random.IntN(10))
	}
	digits[0] = '1' + byte(random.IntN(9))
	sign := []string{"", "-"}[random.IntN(2)]
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	if decimals == 0 {
		return sign + string(whole)
	}
	return fmt.Sprintf("%s%s.%s", sign, whole, fraction)
}

// point makes sure that what is added to the number is a decimal.
func point(text string) string {
	if strings.Contains(text, ".") {
		return text
	}
	return text + "."
}

func TestWholeNumber(t *testing.T) {
	t.Parallel()
	tests := map[string]string{ // "" is refused
		"0": "0", "-7": "-7", "1e3": "1000", strings.Repeat("9", 40): strings.Repeat("9", 40), "-" + strings.Repeat("9", 40): "-" + strings.Repeat("9", 40),
		"1e40": "", "-1e40": "", "0.5": "", "-0.1": "", "1e99999999": "", "1e-99999999": "", "Inf": "", "-Inf": "",
	}
	for text, want := range tests {
		number, _, err := big.ParseFloat(text, 10, terraformPrecision, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		got, err := WholeNumber(number)
		if want == "" && err == nil || want != "" && (err != nil || got.String() != want) {
			t.Errorf("%s: %s, %v, want %s", text, got, err, want)
		}
	}
}
