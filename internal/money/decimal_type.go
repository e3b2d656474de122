package money

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var _ basetypes.StringTypable = DecimalType{}

// DecimalType is the attribute type of [Decimal].
type DecimalType struct {
	basetypes.StringType
}

func (t DecimalType) String() string { return "money.DecimalType" }

func (t DecimalType) ValueType(context.Context) attr.Value { return Decimal{} }

func (t DecimalType) Equal(other attr.Type) bool {
	o, ok := other.(DecimalType)
	return ok && t.StringType.Equal(o.StringType)
}

func (t DecimalType) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return Decimal{StringValue: in}, nil
}

func (t DecimalType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	text, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, errors.New("a decimal is made of text alone")
	}
	return Decimal{StringValue: text}, nil
}
