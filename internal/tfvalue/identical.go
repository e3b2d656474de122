package tfvalue

import (
	"math/big"
	"reflect"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Identical reports whether two values of one type are the same, as [tftypes.Value.Equal] does. That makes a path for each attribute, which
// takes most of its time.
func Identical(a, b tftypes.Value) bool {
	if a.Type() == nil || b.Type() == nil || a.IsKnown() != b.IsKnown() || a.IsNull() != b.IsNull() {
		return a.Equal(b)
	}
	if a.IsNull() || !a.IsKnown() {
		return true
	}
	switch a.Type().(type) {
	case tftypes.Object, tftypes.Map:
		var as, bs map[string]tftypes.Value
		if a.As(&as) != nil || b.As(&bs) != nil || len(as) != len(bs) {
			return false
		}
		if reflect.ValueOf(as).Pointer() == reflect.ValueOf(bs).Pointer() { // a part that was taken over
			return true
		}
		for name, v := range as {
			if other, ok := bs[name]; !ok || !Identical(v, other) {
				return false
			}
		}
		return true
	case tftypes.List, tftypes.Set:
		var as, bs []tftypes.Value
		if a.As(&as) != nil || b.As(&bs) != nil || len(as) != len(bs) {
			return false
		}
		for i, v := range as {
			if !Identical(v, bs[i]) {
				return a.Type().Is(tftypes.Set{}) && a.Equal(b) // which has no order
			}
		}
		return true
	}
	switch {
	case a.Type().Is(tftypes.String):
		var as, bs string
		return a.As(&as) == nil && b.As(&bs) == nil && as == bs
	case a.Type().Is(tftypes.Bool):
		var as, bs bool
		return a.As(&as) == nil && b.As(&bs) == nil && as == bs
	case a.Type().Is(tftypes.Number):
		var as, bs big.Float
		return a.As(&as) == nil && b.As(&bs) == nil && as.Cmp(&bs) == 0
	}
	return a.Equal(b)
}
