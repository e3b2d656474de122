package tfvalue_test

import (
	"maps"
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
		if r.IsNull() == test.unknown || r.IsUnknown() != test.unknown || r.IsKnown() {
			t.Errorf("%s: the object is null %t, unknown %t", name, r.IsNull(), r.IsUnknown())
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

// What an answer's map holds is what a request sends; nothing is null either way.
func TestStringMap(t *testing.T) {
	t.Parallel()
	if m := tfvalue.StringMap(map[string]string{}); !m.IsNull() || tfvalue.StringsByKey(m) != nil {
		t.Errorf("an empty map is %s", m)
	}
	texts := map[string]string{"order": "42", "note": ""}
	if got := tfvalue.StringsByKey(tfvalue.StringMap(texts)); !maps.Equal(got, texts) {
		t.Errorf("got %v, want %v", got, texts)
	}
	written := types.MapValueMust(types.StringType, map[string]attr.Value{"order": types.StringValue("42"), "none": types.StringNull()})
	if got := tfvalue.StringsByKey(written); len(got) != 1 || got["order"] != "42" {
		t.Errorf("a null element is sent: %v", got)
	}
	if got := tfvalue.StringsByKey(types.MapUnknown(types.StringType)); got != nil {
		t.Errorf("an unknown map is sent: %v", got)
	}
}
