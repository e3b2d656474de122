package diff

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// equal: two known values say the same thing. Null, "", an empty collection and an object of nothing are one; numbers
// compare as numbers; sets have no order.
func (s Schema) equal(p location, a, b tftypes.Value) bool {
	if !a.IsKnown() || !b.IsKnown() {
		return false
	}
	if isEmpty(a) || isEmpty(b) {
		return isEmpty(a) && isEmpty(b)
	}
	switch {
	case a.Type().Is(tftypes.Object{}):
		as, bs := Attributes(a), Attributes(b)
		for name := range as {
			if !s.equal(p.attribute(name), as[name], bs[name]) {
				return false
			}
		}
		return true
	case a.Type().Is(tftypes.List{}):
		as, bs := Elements(a), Elements(b)
		if len(as) != len(bs) {
			return false
		}
		for i := range as {
			if !s.equal(p.element(i), as[i], bs[i]) {
				return false
			}
		}
		return true
	case a.Type().Is(tftypes.Set{}):
		return slices.Equal(sortedTexts(a), sortedTexts(b))
	case s.decimals[p.schemaPath]:
		return equalNumbers(String(a), String(b))
	}
	return a.Equal(b) || s.semanticEqual(p, a, b)
}

// semanticEqual asks the attribute's own type, as the framework does after a read.
func (s Schema) semanticEqual(p location, a, b tftypes.Value) bool {
	t, ok := s.semantic[p.schemaPath]
	if !ok {
		return false
	}
	ctx := context.Background()
	x, failed := t.ValueFromString(ctx, basetypes.NewStringValue(String(a)))
	y, failedToo := t.ValueFromString(ctx, basetypes.NewStringValue(String(b)))
	semantic, ok := x.(basetypes.StringValuableWithSemanticEquals)
	if !ok || failed.HasError() || failedToo.HasError() {
		return false
	}
	equal, diags := semantic.StringSemanticEquals(ctx, y)
	return equal && !diags.HasError()
}

func equalNumbers(a, b string) bool {
	if a == b {
		return true
	}
	x, okX := money.NewDecimal(a).Value()
	y, okY := money.NewDecimal(b).Value()
	return okX && okY && x.Equal(y)
}

// canonical writes what same calls the same in one way.
func (s Schema) canonical(p location, v tftypes.Value) string {
	switch {
	case isEmpty(v):
		return ""
	case v.Type().Is(tftypes.Object{}):
		attributes := Attributes(v)
		var out strings.Builder
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			fmt.Fprintf(&out, "%s=%q;", name, s.canonical(p.attribute(name), attributes[name]))
		}
		return out.String()
	case v.Type().Is(tftypes.List{}):
		var out strings.Builder
		for _, element := range Elements(v) {
			fmt.Fprintf(&out, "%q;", s.canonical(p, element))
		}
		return out.String()
	case v.Type().Is(tftypes.Set{}):
		return strings.Join(sortedTexts(v), ";")
	case s.decimals[p.schemaPath]:
		if d, ok := money.NewDecimal(String(v)).Value(); ok {
			return d.String()
		}
	}
	return v.String()
}

// isEmpty: null, "", a collection of nothing, an object of nothing. False and 0 are values.
func isEmpty(v tftypes.Value) bool {
	if v.IsNull() {
		return true
	}
	if !v.IsKnown() {
		return false
	}
	switch {
	case v.Type().Is(tftypes.String):
		return String(v) == ""
	case v.Type().Is(tftypes.Object{}):
		for _, nested := range Attributes(v) {
			if !isEmpty(nested) {
				return false
			}
		}
		return true
	case v.Type().Is(tftypes.List{}), v.Type().Is(tftypes.Set{}):
		return len(Elements(v)) == 0
	}
	return false
}
