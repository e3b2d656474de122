package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Limits of what is read as a number from an answer: "1e1000000000" is short text and a gigabyte of digits.
const (
	maxNumberText     = 200
	maxNumberExponent = 100
)

var errNotNumber = errors.New("not a decimal number")

// Number is an exact number on the wire: a JSON number, never by way of a float. It is written without exponent and
// with the decimals it was made with ("10.50" stays 10.50). It is read from a JSON number (also with an exponent) or
// from a string that holds one; null leaves it as it is, as encoding/json has it: take a *Number to tell null.
type Number struct{ decimal.Decimal }

func (n Number) MarshalJSON() ([]byte, error) {
	return []byte(n.StringFixed(max(0, -n.Exponent()))), nil
}

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
	if err := wellFormedNumber(mantissa); err != nil {
		return decimal.Decimal{}, err
	}
	number, err := decimal.NewFromString(mantissa)
	if err != nil {
		return decimal.Decimal{}, errNotNumber
	}
	return number.Shift(int32(exponent)), nil
}

func wellFormedNumber(text string) error {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if whole == "" || (point && fraction == "") || strings.ContainsFunc(whole+fraction, notDigit) {
		return errNotNumber
	}
	return nil
}
