package money

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
	"testing"
)

var decimalForm = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// FuzzDecimal: what is taken for an amount is decimal text of at most 40 digits and nothing else, and it is exactly that
// number.
func FuzzDecimal(f *testing.F) {
	for _, seed := range []string{
		"10", "10.00", "0.50", "00.5", "-0", "-12.340", "", "-", ".", "1.", ".5", "+1", "1,5", " 1", "1e3", "0x1F", "NaN", "Inf", "1_000", "١", "--1",
		strings.Repeat("9", MaxDigits), strings.Repeat("9", MaxDigits+1), "0." + strings.Repeat("0", MaxDigits-2) + "1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		digits := len(strings.Trim(text, "-")) - strings.Count(text, ".")
		want := decimalForm.MatchString(text) && digits <= MaxDigits
		number, err := Parse(text)
		if (err == nil) != want {
			t.Fatalf("%q: %v", text, err)
		}
		if err != nil {
			return
		}
		if exact, ok := new(big.Rat).SetString(text); !ok || exact.Cmp(number.Rat()) != 0 {
			t.Fatalf("%q became %s", text, number)
		}
		if again, err := Parse(number.String()); err != nil || !again.Equal(number) {
			t.Fatalf("%q is written %q, which is read as %s: %v", text, number, again, err)
		}
	})
}

// FuzzSameNumber: equality is an equivalence, and of numbers it is that of numbers.
func FuzzSameNumber(f *testing.F) {
	for _, seed := range [][3]string{{"10", "10.0", "10.00"}, {"10", "10.01", "-10"}, {"-0", "0", "0.0"}, {"a", "A", "a"}, {"1e1", "10", "010"}, {"", "", "0"}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, first, second, third string) {
		a, b, c := NewDecimal(first), NewDecimal(second), NewDecimal(third)
		if !a.IsSame(a) || a.IsSame(b) != b.IsSame(a) {
			t.Fatalf("%q and %q: not reflexive or not symmetric", first, second)
		}
		if a.IsSame(b) && b.IsSame(c) && !a.IsSame(c) {
			t.Fatalf("%q, %q and %q: not transitive", first, second, third)
		}
		if a.IsSame(DecimalNull()) || DecimalUnknown().IsSame(a) {
			t.Fatalf("%q equals null or unknown", first)
		}
		x, xOK := a.Value()
		y, yOK := b.Value()
		if want := first == second || xOK && yOK && x.Rat().Cmp(y.Rat()) == 0; a.IsSame(b) != want {
			t.Fatalf("%q and %q: want equal %t", first, second, want)
		}
	})
}

// FuzzNumber: a number on the wire is read exactly or refused, and written so that it is read back the same; a short text
// never becomes a long one.
func FuzzNumber(f *testing.F) {
	for _, seed := range []string{
		"10", "10.50", "1e2", "1E-2", "-1.5e+3", `"50.9000000000"`, `"1e2"`, `" 1"`, "null", `""`, `"NaN"`, "1e100", "1e-100", "1e101", "1e900", "1e-900", "1e1000000000",
		`"1e99999999999999999999"`, `"0x10"`, `"1_0"`, `"١"`, `"-"`, "0", "-0.0", "true", "{}", "[1]", strings.Repeat("1", maxNumberText), strings.Repeat("1", maxNumberText+1),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var n Number
		if json.Unmarshal([]byte(text), &n) != nil {
			return
		}
		written, err := json.Marshal(n)
		if err != nil || len(written) > maxNumberText+maxNumberExponent+len("-0.") {
			t.Fatalf("%q is written in %d bytes: %v", text, len(written), err)
		}
		var again Number
		if err := json.Unmarshal(written, &again); len(written) <= maxNumberText && (err != nil || !again.Equal(n.Decimal)) {
			t.Fatalf("%q is written %s, which is read as %s: %v", text, written, again, err)
		}
		said := strings.TrimSpace(text)
		if strings.HasPrefix(said, `"`) {
			if err := json.Unmarshal([]byte(said), &said); err != nil {
				t.Fatal(err)
			}
		}
		if exact, ok := new(big.Rat).SetString(said); said != "null" && (!ok || exact.Cmp(n.Rat()) != 0) {
			t.Fatalf("%q became %s", text, n)
		}
	})
}
