package tfvalue_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// TestReadAttributeOfNullOrUnknownObject: an attribute is null or unknown as the object above it is, and nothing of it is sent.
func TestReadAttributeOfNullOrUnknownObject(t *testing.T) {
	t.Parallel()
	inner := map[string]attr.Type{"text": types.StringType, "amount": money.DecimalType{}, "number": types.NumberType, "flag": types.BoolType}
	outer := map[string]attr.Type{"inner": types.ObjectType{AttrTypes: inner}}
	for name, test := range map[string]struct {
		object  types.Object
		unknown bool
	}{
		"null": {types.ObjectNull(outer), false}, "unknown": {types.ObjectUnknown(outer), true},
		"null inside":    {types.ObjectValueMust(outer, map[string]attr.Value{"inner": types.ObjectNull(inner)}), false},
		"unknown inside": {types.ObjectValueMust(outer, map[string]attr.Value{"inner": types.ObjectUnknown(inner)}), true},
	} {
		r := tfvalue.Read(test.object).Object("inner")
		if r.IsNull() == test.unknown || r.IsKnown() {
			t.Errorf("%s: the object is null %t, known %t", name, r.IsNull(), r.IsKnown())
		}
		for _, value := range []attr.Value{r.String("text"), r.Decimal("amount"), r.Number("number"), r.Bool("flag"), r.Object("deeper").String("text")} {
			if value.IsNull() == test.unknown || value.IsUnknown() != test.unknown {
				t.Errorf("%s: %T is %s", name, value, value)
			}
		}
		if r.Text("text") != "" || r.Text("amount") != "" || tfvalue.JSONNumber(r.Number("number")) != "" {
			t.Errorf("%s: something would be sent", name)
		}
	}
}
