package lenient

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Limits of a number that is written out: "1e1000000000" is short text and a gigabyte of digits, and the digits of a long one take
// seconds to convert.
const (
	maxExponent = 100
	maxNumber   = 1000
)

// scalar decodes what is no object and no array.
func (c *cursor) scalar(p *plan, target reflect.Value, start byte) bool {
	raw := c.skip()
	bare := bytes.Trim(raw, `"`) // also of a text, as a boolean or an integer is read
	switch p.kind {
	case text:
		return setText(target, raw, start)
	case number, amount:
		return setNumber(p.kind, target, raw, start)
	case boolean:
		target.SetBool(string(bare) == "true")
		return string(bare) == "true" || string(bare) == "false"
	case integer:
		n, err := strconv.ParseInt(string(bare), 10, target.Type().Bits())
		if err != nil {
			return false
		}
		target.SetInt(n)
		return true
	}
	return fallback(raw, target)
}

func setText(target reflect.Value, raw []byte, start byte) bool {
	switch {
	case start == '"':
		target.SetString(unquote(raw))
		return true
	case isNumber(start):
		written, ok := withoutExponent(raw)
		target.SetString(written)
		return ok
	}
	return false
}

func setNumber(k kind, target reflect.Value, raw []byte, start byte) bool {
	if start == '"' {
		raw = bytes.TrimSpace(raw[1 : len(raw)-1])
		for len(raw) > 1 && raw[0] == '0' && raw[1] >= '0' && raw[1] <= '9' { // "010.90", which JSON does not know
			raw = raw[1:]
		}
	}
	if k == amount && len(raw) > maxNumber {
		return false
	}
	if k == amount && isDecimal(string(raw)) { // also with leading zeros, as people write
		target.SetString(string(raw))
		return true
	}
	if len(raw) == 0 || !isNumber(raw[0]) || !json.Valid(raw) {
		return false
	}
	if k == amount {
		return setText(target, raw, raw[0])
	}
	target.SetString(string(raw))
	return true
}

func isDecimal(written string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(written, "-"), ".")
	return whole != "" && (!point || fraction != "") && strings.Trim(whole+fraction, "0123456789") == ""
}

func isNumber(start byte) bool { return start == '-' || start >= '0' && start <= '9' }

// withoutExponent returns the digits of a number as a person would write them in a text, exactly.
func withoutExponent(raw []byte) (string, bool) {
	at := bytes.IndexAny(raw, "eE")
	if at < 0 {
		return string(raw), true
	}
	exponent, err := strconv.Atoi(string(raw[at+1:]))
	if err != nil || len(raw) > maxNumber || exponent > maxExponent || exponent < -maxExponent {
		return "", false
	}
	n, err := decimal.NewFromString(string(raw))
	if err != nil {
		return "", false
	}
	return n.String(), true
}

// unquote returns the text of a JSON string.
func unquote(raw []byte) string {
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var s string                // not above: it escapes
	_ = json.Unmarshal(raw, &s) // it is valid
	return s
}

// fallback decodes as encoding/json does, keeping numbers as text where the target is any.
func fallback(raw []byte, target reflect.Value) bool {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(target.Addr().Interface()) == nil {
		return true
	}
	target.SetZero()
	return false
}
