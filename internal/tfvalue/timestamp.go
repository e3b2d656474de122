package tfvalue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Timestamp is a time as the vendor wrote it, in any form that [ParseTime] reads. Two texts for one time are
// equal ("2024-08-14T19:38:34Z" and "2024-08-14T19:38:34.0Z"), so that a refresh keeps the one in state; 34.5 s is another time.
// Text that is no time equals only itself.
type Timestamp struct{ basetypes.StringValue }

var (
	_ basetypes.StringValuableWithSemanticEquals = Timestamp{}
	_ basetypes.StringTypable                    = TimestampType{}
)

// TimestampOrNull returns the timestamp of an answer: "" is null, as an absent one is.
func TimestampOrNull(text string) Timestamp { return Timestamp{StringOrNull(text)} }

// Type returns [TimestampType].
func (Timestamp) Type(context.Context) attr.Type { return TimestampType{} }

// Equal reports whether both have the same text; see StringSemanticEquals for the same time.
func (t Timestamp) Equal(other attr.Value) bool {
	o, ok := other.(Timestamp)
	return ok && t.StringValue.Equal(o.StringValue)
}

// StringSemanticEquals reports whether both are the same time, or the same text where one is no time. The framework asks it after
// a refresh.
func (t Timestamp) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(Timestamp)
	a, okA := ParseTime(t.ValueString())
	b, okB := ParseTime(o.ValueString())
	return ok && (okA && okB && a.Equal(b) || t.ValueString() == o.ValueString()), nil
}

// TimestampType is the type of a [Timestamp].
type TimestampType struct{ basetypes.StringType }

func (TimestampType) String() string { return "tfvalue.TimestampType" }

// ValueType returns an empty [Timestamp].
func (TimestampType) ValueType(context.Context) attr.Value { return Timestamp{} }

// Equal reports whether other is a TimestampType.
func (TimestampType) Equal(other attr.Type) bool {
	_, ok := other.(TimestampType)
	return ok
}

// ValueFromString returns the text as a [Timestamp].
func (TimestampType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return Timestamp{in}, nil
}

// ValueFromTerraform returns what Terraform sent as a [Timestamp].
func (t TimestampType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	text, _ := value.(basetypes.StringValue) // it returns nothing else
	return Timestamp{text}, err
}
