package money

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/shopspring/decimal"
)

// The active codes of ISO 4217, List One as published on 2026-01-01, funds codes included, grouped by minor units.
// CLDR counts differently (no digits for COP and IDR, for example); contracts are written in the standard's units.
const (
	fourDigits  = `CLF UYW`
	threeDigits = `BHD IQD JOD KWD LYD OMR TND`
	noDigits    = `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`
	twoDigits   = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
		CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
		IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
		MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
		SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW
		ZWG`
	notApplicable = `XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX`
)

// withoutMinorUnits marks the codes for which the standard says "N.A.": metals, units of account, test and no currency.
const withoutMinorUnits = -1

var currencies = digitsByCurrency(map[int]string{
	withoutMinorUnits: notApplicable, 0: noDigits, 2: twoDigits, 3: threeDigits, 4: fourDigits,
})

func digitsByCurrency(groups map[int]string) map[string]int {
	digits := make(map[string]int)
	for n, codes := range groups {
		for code := range strings.FieldsSeq(codes) {
			digits[code] = n
		}
	}
	return digits
}

// MinorUnits returns how many decimals an amount in the currency has, 0 to 4. It is not ok for a code that is not in
// the standard, and for one that has no minor units (gold, the test code). Codes are upper case.
func MinorUnits(code string) (digits int, ok bool) {
	digits, known := currencies[code]
	if !known || digits == withoutMinorUnits {
		return 0, false
	}
	return digits, true
}

// MinorUnitsOrError is [MinorUnits] with an error that says why a code has none, in words that finish a sentence.
func MinorUnitsOrError(currency string) (int, error) {
	if !IsCurrency(currency) {
		return 0, fmt.Errorf("%q is not an active ISO 4217 currency code, so its minor units are not known; use three upper-case letters, for example \"EUR\"", currency)
	}
	digits, ok := MinorUnits(currency)
	if !ok {
		return 0, fmt.Errorf("%q has no minor units in ISO 4217", currency)
	}
	return digits, nil
}

// IsCurrency reports whether the code is an active one of ISO 4217, in upper case.
func IsCurrency(code string) bool {
	_, known := currencies[code]
	return known
}

var cryptoForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][A-Z0-9]{3,9}$`) })

// IsCryptoCode reports whether the code has the form of a crypto currency's, such as "USDC". No list says which there are.
func IsCryptoCode(code string) bool { return cryptoForm().MatchString(code) }

// CheckDecimals returns an error for an amount with more decimals than the currency has (digits of them).
func CheckDecimals(amount decimal.Decimal, currency string, digits int) error {
	if amount.Equal(amount.Truncate(int32(digits))) {
		return nil
	}
	return fmt.Errorf("%s has more decimals than %s allows: %s", amount, currency, maxDecimalsText(digits))
}

// CheckScale is [CheckScaleOf] with the minor units of ISO 4217. Currencies without minor units or unknown to ISO 4217 pass.
func CheckScale(at path.Path, amount Decimal, currency string) diag.Diagnostics {
	digits, known := MinorUnits(currency)
	if !known {
		return nil
	}
	return CheckScaleOf(at, amount, currency, digits)
}

// CheckScaleOf is [CheckDecimals] as a diagnostic at the amount, for a vendor whose minor units are its own: digits of them. The
// number counts, not the text: with two digits "10.500" is 10.50, and "10.505" is refused. Null, unknown and malformed amounts pass.
func CheckScaleOf(at path.Path, amount Decimal, currency string, digits int) diag.Diagnostics {
	number, ok := amount.Value()
	if !ok || number.Equal(number.Truncate(int32(digits))) {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Too many decimals",
		fmt.Sprintf("%s: %q has more decimals than %s allows: %s. Round it.", at, amount.ValueString(), currency, maxDecimalsText(digits)))}
}

// WarnScale is [CheckScale] for a vendor that documents no decimals: a warning, and the amount is sent as it is.
func WarnScale(at path.Path, amount Decimal, currency string) (diags diag.Diagnostics) {
	if digits, _ := MinorUnits(currency); len(CheckScale(at, amount, currency)) > 0 {
		diags.AddAttributeWarning(at, "Many decimals",
			fmt.Sprintf("%s: %q has more decimals than %s usually has: %s. The value is sent unchanged.", at, amount.ValueString(), currency, maxDecimalsText(digits)))
	}
	return diags
}

func maxDecimalsText(digits int) string {
	if digits == 0 {
		return "none, only whole units"
	}
	return fmt.Sprintf("at most %d", digits)
}

// ToMinorUnits counts an amount, which passes [CheckDecimals], in minor units: 10.5 with two digits is 1050.
func ToMinorUnits(amount decimal.Decimal, digits int) *big.Int {
	return amount.Shift(int32(digits)).BigInt()
}

// FromMinorUnits writes a count of minor units as an amount with just so many decimals: 1050 with two digits is "10.50".
func FromMinorUnits(units *big.Int, digits int) string {
	return decimal.NewFromBigInt(units, -int32(digits)).StringFixed(int32(digits))
}

// WholeNumber returns a number of Terraform's exactly. One with decimals is an error, and so is one of more than [MaxDigits]
// digits: Terraform keeps some 150 and rounds what has more, and 1e999999999 is a gigabyte written out.
func WholeNumber(number *big.Float) (*big.Int, error) {
	bound := new(big.Float).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(MaxDigits), nil))
	if new(big.Float).Abs(number).Cmp(bound) >= 0 {
		return nil, fmt.Errorf("it has more than %d digits", MaxDigits)
	}
	if !number.IsInt() {
		return nil, errors.New("it is not a whole number")
	}
	whole, _ := number.Int(nil)
	return whole, nil
}
