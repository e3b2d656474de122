package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"
)

// Limits of what is read as a number from a response: "1e1000000000" is short text and a gigabyte of digits.
const (
	maxNumberText     = 200
	maxNumberExponent = 100
)

var errNotNumber = errors.New("not a decimal number")

// Number is an exact number on the wire: a JSON number, never by way of a float. It is written without exponent and
// with the decimals it was made with ("10.50" stays 10.50). It is read from a JSON number (also with an exponent) or
// from a string that holds one; null leaves it as it is, as encoding/json has it: take a *Number to tell null.
type Number struct{ decimal.Decimal }

// MarshalJSON writes a JSON number.
func (n Number) MarshalJSON() ([]byte, error) {
	return []byte(n.StringFixed(max(0, -n.Exponent()))), nil
}

// UnmarshalJSON reads a JSON number, or a string that holds one.
func (n *Number) UnmarshalJSON(data []byte) error {
	text := string(data)
	if text == "null" {
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	number, err := parseNumber(text)
	if err != nil {
		return err
	}
	n.Decimal = number
	return nil
}

// parseNumber reads decimal text with an optional exponent. Its errors never repeat the text, which may be anything.
func parseNumber(text string) (decimal.Decimal, error) {
	if len(text) > maxNumberText {
		return decimal.Decimal{}, fmt.Errorf("a number of %d characters is too long", len(text))
	}
	mantissa, exponent := text, 0
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		power, err := strconv.Atoi(text[at+1:])
		if err != nil {
			return decimal.Decimal{}, errNotNumber
		}
		if power > maxNumberExponent || power < -maxNumberExponent {
			return decimal.Decimal{}, errors.New("the exponent of a number is too large")
		}
		mantissa, exponent = text[:at], power
	}
	whole, fraction, point := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	if whole == "" || point && fraction == "" || strings.ContainsFunc(whole+fraction, notDigit) {
		return decimal.Decimal{}, errNotNumber
	}
	number, err := decimal.NewFromString(mantissa)
	return number.Shift(int32(exponent)), err
}

// terraformPrecision is that of Terraform's own numbers, in bits.
const terraformPrecision = 512

// NumberFromJSON is a number of an answer as Terraform holds numbers. What is no number is null, and so is what would be
// hundreds of digits written out, or infinite: 1e999999999 is short text.
func NumberFromJSON(n json.Number) types.Number {
	if _, err := parseNumber(n.String()); err != nil {
		return types.NumberNull()
	}
	f, _, _ := big.ParseFloat(n.String(), 10, terraformPrecision, big.ToNearestEven) // it is a number, and within its range
	return types.NumberValue(f)
}
