package tfvalue_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// TestIdentical: it says what Equal says, of every pair of one type.
func TestIdentical(t *testing.T) {
	t.Parallel()
	text := func(v any) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
	list, set := tftypes.List{ElementType: tftypes.String}, tftypes.Set{ElementType: tftypes.String}
	dictionary := tftypes.Map{ElementType: tftypes.String}
	object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String, "b": list}}
	of := func(a, b tftypes.Value) tftypes.Value {
		return tftypes.NewValue(object, map[string]tftypes.Value{"a": a, "b": b})
	}
	ab, ba := []tftypes.Value{text("a"), text("b")}, []tftypes.Value{text("b"), text("a")}
	values := []tftypes.Value{
		{}, text(nil), text(""), text("a"), text(tftypes.UnknownValue), tftypes.NewValue(tftypes.Bool, false), tftypes.NewValue(tftypes.Bool, true), tftypes.NewValue(tftypes.Bool, nil),
		tftypes.NewValue(tftypes.Number, 1), tftypes.NewValue(tftypes.Number, 1.5), tftypes.NewValue(list, ab), tftypes.NewValue(list, ba), tftypes.NewValue(list, nil),
		tftypes.NewValue(list, []tftypes.Value{}), tftypes.NewValue(set, ab), tftypes.NewValue(set, ba), tftypes.NewValue(set, ab[:1]), tftypes.NewValue(set, tftypes.UnknownValue),
		tftypes.NewValue(dictionary, map[string]tftypes.Value{"x": text("a")}), tftypes.NewValue(dictionary, map[string]tftypes.Value{"y": text("a")}), tftypes.NewValue(dictionary, map[string]tftypes.Value{}),
		of(text("a"), tftypes.NewValue(list, ab)), of(text("a"), tftypes.NewValue(list, ba)), of(text(nil), tftypes.NewValue(list, nil)), tftypes.NewValue(object, nil), tftypes.NewValue(object, tftypes.UnknownValue),
	}
	for _, a := range values {
		for _, b := range values {
			if a.Type() != nil && b.Type() != nil && !a.Type().Equal(b.Type()) {
				continue
			}
			if got := tfvalue.Identical(a, b); got != a.Equal(b) {
				t.Errorf("%s and %s: %t", a, b, got)
			}
		}
	}
}
