package gigs

import (
	"context"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// instant is a moment as Gigs spells it, RFC 3339 with or without fractions of a second (row 22). Two spellings of one
// moment are equal ("2024-08-14T19:38:34Z" and "2024-08-14T19:38:34.0Z"), so that a refresh keeps the one in state;
// 34.5 s is another moment. Text that is no time equals only itself.
type instant struct{ basetypes.StringValue }

var (
	_ basetypes.StringValuableWithSemanticEquals = instant{}
	_ basetypes.StringTypable                    = instantType{}
)

// newInstant is an answer's text; "" is null.
func newInstant(text string) instant { return instant{tfvalue.StringOrNull(text)} }

func (instant) Type(context.Context) attr.Type { return instantType{} }

func (v instant) Equal(other attr.Value) bool {
	o, ok := other.(instant)
	return ok && v.StringValue.Equal(o.StringValue)
}

// StringSemanticEquals is asked by the framework after a refresh.
func (v instant) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(instant)
	if !ok {
		return false, nil
	}
	a, errA := time.Parse(time.RFC3339, v.ValueString())
	b, errB := time.Parse(time.RFC3339, o.ValueString())
	if errA != nil || errB != nil {
		return v.ValueString() == o.ValueString(), nil
	}
	return a.Equal(b), nil
}

// instantType is the type of an instant.
type instantType struct{ basetypes.StringType }

func (instantType) String() string { return "gigs.instantType" }

func (instantType) ValueType(context.Context) attr.Value { return instant{} }

func (t instantType) Equal(other attr.Type) bool {
	_, ok := other.(instantType)
	return ok
}

func (instantType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return instant{in}, nil
}

func (t instantType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return value, nil
	}
	return instant{text}, nil
}
