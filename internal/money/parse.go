package money

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// MaxDigits is how many digits an amount may be written with: more than any currency needs, and few enough to keep arithmetic
// cheap.
const MaxDigits = 40

// Parse reads decimal text as [Decimal] takes it. Its errors say what is wrong with the text, in words that finish a sentence.
func Parse(text string) (decimal.Decimal, error) {
	if err := wellFormed(text); err != nil {
		return decimal.Decimal{}, err
	}
	return decimal.NewFromString(text)
}

func wellFormed(text string) error {
	if text == "" {
		return errors.New("it is empty")
	}
	if strings.HasPrefix(text, "+") {
		return errors.New("a leading plus is not allowed")
	}
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	switch digits := whole + fraction; {
	case strings.Contains(text, ","):
		return errors.New("it contains a comma; use a point before the decimals and nothing between thousands")
	case strings.TrimSpace(text) != text:
		return errors.New("it has white space around it")
	case strings.ContainsFunc(digits, notDigit):
		return errors.New("only digits, one point and a leading minus are allowed, and no exponent")
	case whole == "":
		return errors.New("a digit is missing before the point")
	case point && fraction == "":
		return errors.New("a digit is missing after the point")
	case len(digits) > MaxDigits:
		return fmt.Errorf("it has %d digits, and at most %d are allowed", len(digits), MaxDigits)
	}
	return nil
}

func notDigit(r rune) bool { return r < '0' || r > '9' }
