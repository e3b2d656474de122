package tfvalue

import (
	"context"
	"encoding/json"
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// Reader reads the attributes of an object that may be null or unknown, as each of them may be. An attribute of an unknown object
// is unknown. An attribute of a null object is null, and so is one that the object does not have.
type Reader struct {
	null, unknown bool
	attributes    map[string]attr.Value
}

// Read returns the reader of an object.
func Read(object types.Object) Reader {
	return Reader{object.IsNull(), object.IsUnknown(), object.Attributes()}
}

// ReadList returns the readers of the objects in a list; none for a list that is null or unknown.
func ReadList(list types.List) []Reader {
	var out []Reader
	for _, element := range list.Elements() {
		object, _ := element.(types.Object)
		out = append(out, Read(object))
	}
	return out
}

// IsNull reports whether the object is null.
func (r Reader) IsNull() bool { return r.null }

// IsKnown reports whether the object is neither null nor unknown.
func (r Reader) IsKnown() bool { return !r.null && !r.unknown }

// Object returns the reader of a nested object.
func (r Reader) Object(name string) Reader { return Read(valueOf(r, name, types.ObjectUnknown(nil))) }

// String returns a text.
func (r Reader) String(name string) types.String { return valueOf(r, name, types.StringUnknown()) }

// Decimal returns an amount.
func (r Reader) Decimal(name string) money.Decimal { return valueOf(r, name, money.DecimalUnknown()) }

// Number returns a number.
func (r Reader) Number(name string) types.Number { return valueOf(r, name, types.NumberUnknown()) }

// Bool returns true or false.
func (r Reader) Bool(name string) types.Bool { return valueOf(r, name, types.BoolUnknown()) }

// Text returns a text or an amount as a request sends it; "" for null and unknown.
func (r Reader) Text(name string) string {
	if amount, ok := r.attributes[name].(money.Decimal); ok {
		return amount.ValueString()
	}
	return r.String(name).ValueString()
}

// valueOf returns an attribute: unknown below an unknown object, else the zero value, which is null, where it is absent or of another
// type.
func valueOf[T attr.Value](r Reader, name string, unknown T) T {
	if r.unknown {
		return unknown
	}
	value, _ := r.attributes[name].(T)
	return value
}

// Strings returns the texts in a set, without null elements, in the set's order; none for a set that is null or unknown.
func Strings(set types.Set) []string {
	var out []string
	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() {
			out = append(out, text.ValueString())
		}
	}
	return out
}

// JSONNumber returns a number as a request sends it, without an exponent; "" for null and unknown.
func JSONNumber(number types.Number) json.Number {
	if number.IsNull() || number.IsUnknown() {
		return ""
	}
	exact := number.ValueBigFloat()
	if whole, accuracy := exact.Int64(); accuracy == big.Exact { // a tenth of the time
		return json.Number(strconv.FormatInt(whole, 10))
	}
	return json.Number(exact.Text('f', -1))
}

// IsFaultless asks a value about itself, if it can tell.
func IsFaultless(ctx context.Context, at path.Path, value attr.Value) bool {
	checked, ok := value.(xattr.ValidateableAttribute)
	if !ok {
		return true
	}
	var resp xattr.ValidateAttributeResponse
	checked.ValidateAttribute(ctx, xattr.ValidateAttributeRequest{Path: at}, &resp)
	return len(resp.Diagnostics) == 0
}
