package money

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"
)

// MaxDigits is how many digits an amount may be written with.
const MaxDigits = maxDigits

// Parse reads an amount as Decimal takes it. Its errors say what is wrong with the text, in words that finish a sentence.
func Parse(text string) (decimal.Decimal, error) { return parse(text) }

// MinorUnitsOrError is MinorUnits, with the reason where a code has none.
func MinorUnitsOrError(currency string) (int, error) {
	if !IsCurrency(currency) {
		return 0, fmt.Errorf("%q is not an active ISO 4217 currency code, and minor units are known for no other; write the three letters in upper case, for example \"EUR\"", currency)
	}
	digits, ok := MinorUnits(currency)
	if !ok {
		return 0, fmt.Errorf("%q has no minor units in ISO 4217", currency)
	}
	return digits, nil
}

// CheckDecimals refuses an amount that has more decimals than the currency, of which digits is the number, can have.
func CheckDecimals(amount decimal.Decimal, currency string, digits int) error {
	if amount.Equal(amount.Truncate(int32(digits))) {
		return nil
	}
	return fmt.Errorf("%s has more decimals than an amount in %s can have: %s", amount, currency, atMost(digits))
}

// ToMinorUnits counts an amount, which passes CheckDecimals, in the last of its decimals: 10.5 with two digits is 1050.
func ToMinorUnits(amount decimal.Decimal, digits int) *big.Int {
	return amount.Shift(int32(digits)).BigInt()
}

// FromMinorUnits is ToMinorUnits back, written with just so many decimals: 1050 with two digits is "10.50".
func FromMinorUnits(units *big.Int, digits int) string {
	return decimal.NewFromBigInt(units, -int32(digits)).StringFixed(int32(digits))
}

// WholeNumber is a number of the engine's, exactly. One with decimals is an error, and so is one that is longer than an
// amount may be: the engine keeps some 150 digits and rounds what has more, and 1e999999999 is a gigabyte written out.
func WholeNumber(number *big.Float) (*big.Int, error) {
	bound := new(big.Float).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(maxDigits), nil))
	if new(big.Float).Abs(number).Cmp(bound) >= 0 {
		return nil, fmt.Errorf("it has more than %d digits", maxDigits)
	}
	if !number.IsInt() {
		return nil, errors.New("it is not a whole number")
	}
	whole, _ := number.Int(nil)
	return whole, nil
}
