package money

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/shopspring/decimal"
)

// CheckDecimals returns an error for an amount with more decimals than the currency has (digits of them).
func CheckDecimals(amount decimal.Decimal, currency string, digits int) error {
	if amount.Equal(amount.Truncate(int32(digits))) {
		return nil
	}
	return fmt.Errorf("%s has more decimals than an amount in %s can have: %s", amount, currency, maxDecimalsText(digits))
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
		fmt.Sprintf("%s: %q has more decimals than an amount in %s can have: %s. Round it.", at, amount.ValueString(), currency, maxDecimalsText(digits)))}
}

// WarnScale is [CheckScale] for a vendor that documents no decimals: a warning, and the amount is sent as it is.
func WarnScale(at path.Path, amount Decimal, currency string) (diags diag.Diagnostics) {
	if digits, _ := MinorUnits(currency); len(CheckScale(at, amount, currency)) > 0 {
		diags.AddAttributeWarning(at, "Many decimals",
			fmt.Sprintf("%s: %q has more decimals than an amount in %s usually has: %s. It is sent as it is.", at, amount.ValueString(), currency, maxDecimalsText(digits)))
	}
	return diags
}

func maxDecimalsText(digits int) string {
	if digits == 0 {
		return "none, whole units only"
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
