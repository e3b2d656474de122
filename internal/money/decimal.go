package money

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/shopspring/decimal"
)

var (
	_ basetypes.StringValuableWithSemanticEquals = Decimal{}
	_ xattr.ValidateableAttribute                = Decimal{}
	_ basetypes.StringTypable                    = DecimalType{}
)

// Decimal is exact decimal text: an optional minus, digits, and optionally a point and more digits; at most 40 digits.
// The text is kept as written; two of them are semantically equal when they are the same number.
//
// Equal: "10" and "10.00"; "0.50" and "00.5"; "-0" and "0".
// Not equal: "10.00" and "10.01"; "10" and null; "abc" and "ABC" (text that is no decimal is equal only to itself).
type Decimal struct {
	basetypes.StringValue
}

// NewDecimal returns a known decimal with this text, which is not checked: [Decimal.Value] and validation do that.
func NewDecimal(text string) Decimal {
	return Decimal{StringValue: basetypes.NewStringValue(text)}
}

// DecimalNull returns a null decimal.
func DecimalNull() Decimal { return Decimal{StringValue: basetypes.NewStringNull()} }

// DecimalOrNull returns the decimal that a response holds as text; null for an empty text, which stands for a missing one.
func DecimalOrNull(text string) Decimal {
	if text == "" {
		return DecimalNull()
	}
	return NewDecimal(text)
}

// DecimalUnknown returns an unknown decimal.
func DecimalUnknown() Decimal { return Decimal{StringValue: basetypes.NewStringUnknown()} }

// Type returns the attribute type.
func (d Decimal) Type(context.Context) attr.Type { return DecimalType{} }

// Equal reports whether both have the same text; see StringSemanticEquals for the same number.
func (d Decimal) Equal(other attr.Value) bool {
	o, ok := other.(Decimal)
	return ok && d.StringValue.Equal(o.StringValue)
}

// Value returns the number; not ok for null, unknown, and text that is no decimal.
func (d Decimal) Value() (decimal.Decimal, bool) {
	number, err := Parse(d.ValueString()) // "" for null and unknown
	return number, err == nil
}

// StringSemanticEquals reports whether both are the same number, or the same text where one is no number.
func (d Decimal) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(Decimal)
	if !ok {
		return false, diag.Diagnostics{diag.NewErrorDiagnostic("Cannot compare decimals",
			"One of the two values is not a decimal. This is a bug in the provider: please report it to the provider developers.")}
	}
	return d.IsSame(o), nil
}

// IsSame reports whether both are the same number, or the same text where one is no number.
func (d Decimal) IsSame(other Decimal) bool {
	if d.Equal(other) { // the usual case needs no arithmetic
		return true
	}
	x, xOK := d.Value()
	y, yOK := other.Value()
	return xOK && yOK && x.Equal(y)
}

// ValidateAttribute refuses text that is no decimal, saying how to write it.
func (d Decimal) ValidateAttribute(_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse) {
	if d.IsNull() || d.IsUnknown() {
		return
	}
	if _, err := Parse(d.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a decimal number",
			fmt.Sprintf("%s: %q is not an exact decimal number: %s. Use digits with at most one point, for example \"10.50\".",
				req.Path, d.ValueString(), err))
	}
}

// DecimalType is the attribute type of [Decimal].
type DecimalType struct {
	basetypes.StringType
}

// String returns the name of the type.
func (t DecimalType) String() string { return "money.DecimalType" }

// ValueType returns an empty decimal.
func (t DecimalType) ValueType(context.Context) attr.Value { return Decimal{} }

// Equal reports whether both are decimals.
func (t DecimalType) Equal(other attr.Type) bool {
	o, ok := other.(DecimalType)
	return ok && t.StringType.Equal(o.StringType)
}

// ValueFromString returns the text as a decimal, unchecked.
func (t DecimalType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return Decimal{StringValue: in}, nil
}

// ValueFromTerraform returns the value as a decimal, unchecked.
func (t DecimalType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	text, _ := value.(basetypes.StringValue) // it returns nothing else
	return Decimal{StringValue: text}, err
}

// MaxDigits is how many digits an amount may be written with: more than any currency needs, and few enough to keep arithmetic
// cheap.
const MaxDigits = 40

// Parse reads decimal text as [Decimal] takes it. Its errors say what is wrong with the text, in words that finish a sentence.
func Parse(text string) (decimal.Decimal, error) {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	switch digits := whole + fraction; {
	case text == "":
		return decimal.Decimal{}, errors.New("it is empty")
	case strings.HasPrefix(text, "+"):
		return decimal.Decimal{}, errors.New("a leading plus is not allowed")
	case strings.Contains(text, ","):
		return decimal.Decimal{}, errors.New("it contains a comma; use a point before the decimals and nothing between thousands")
	case strings.TrimSpace(text) != text:
		return decimal.Decimal{}, errors.New("it has surrounding whitespace")
	case strings.ContainsFunc(digits, notDigit):
		return decimal.Decimal{}, errors.New("only digits, one point and a leading minus are allowed, and no exponent")
	case whole == "":
		return decimal.Decimal{}, errors.New("a digit is missing before the point")
	case point && fraction == "":
		return decimal.Decimal{}, errors.New("a digit is missing after the point")
	case len(digits) > MaxDigits:
		return decimal.Decimal{}, fmt.Errorf("it has %d digits, and at most %d are allowed; round the result of arithmetic, as with format(\"%%.2f\", …)", len(digits), MaxDigits)
	}
	return decimal.NewFromString(text)
}

func notDigit(r rune) bool { return r < '0' || r > '9' }
