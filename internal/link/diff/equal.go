package diff

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// equal reports whether two known values mean the same. Null, "", an empty collection and an object of empty values are equal, and so
// are a null element of a map or set and none; decimals compare as numbers, other texts as location.plain does; sets have no order. An
// unknown value equals nothing.
func (s Schema) equal(at location, a, b tftypes.Value) bool {
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
			if !s.equal(at.attribute(name), as[name], bs[name]) {
				return false
			}
		}
		return true
	case a.Type().Is(tftypes.Map{}):
		return maps.EqualFunc(mapElements(a), mapElements(b), func(x, y tftypes.Value) bool { return s.equal(at, x, y) })
	case a.Type().Is(tftypes.List{}):
		return slices.EqualFunc(Elements(a), Elements(b), func(x, y tftypes.Value) bool { return s.equal(at, x, y) })
	case a.Type().Is(tftypes.Set{}):
		return s.canonical(at, a) == s.canonical(at, b)
	case s.decimals[at.schemaPath]:
		return money.NewDecimal(String(a)).IsSame(money.NewDecimal(String(b)))
	}
	return a.Equal(b) || a.Type().Is(tftypes.String) && at.plain(a) == at.plain(b) || s.semanticEqual(at, a, b)
}

// plain returns the text at a location without what makes no difference there: a currency's code is one in either case.
func (at location) plain(v tftypes.Value) string {
	if at.schemaPath == currencyName || strings.HasSuffix(at.schemaPath, "."+currencyName) {
		return strings.ToUpper(plain(v))
	}
	return plain(v)
}

// currencyName is the name of every attribute that holds a currency's code.
const currencyName = "currency"

// plain returns a text without what makes no difference.
func plain(v tftypes.Value) string { return tfvalue.PlainText(String(v)) }

// semanticEqual asks the attribute's own type, as the framework does after a read.
func (s Schema) semanticEqual(at location, a, b tftypes.Value) bool {
	t, ok := s.semantic[at.schemaPath]
	if !ok {
		return false
	}
	ctx := context.Background()
	x, xDiags := t.ValueFromString(ctx, basetypes.NewStringValue(String(a)))
	y, yDiags := t.ValueFromString(ctx, basetypes.NewStringValue(String(b)))
	semantic, ok := x.(basetypes.StringValuableWithSemanticEquals)
	if !ok || xDiags.HasError() || yDiags.HasError() {
		return false
	}
	equal, diags := semantic.StringSemanticEquals(ctx, y)
	return equal && !diags.HasError()
}

// canonical returns the same text for all values that equal calls equal.
func (s Schema) canonical(at location, v tftypes.Value) string {
	switch {
	case isEmpty(v), s.leftOut[at.schemaPath]:
		return ""
	case v.Type().Is(tftypes.Object{}):
		return s.canonicalAttributes(Attributes(v), at.attribute)
	case v.Type().Is(tftypes.Map{}):
		return s.canonicalAttributes(mapElements(v), func(string) location { return at })
	case v.Type().Is(tftypes.List{}):
		var out strings.Builder
		for _, element := range Elements(v) {
			fmt.Fprintf(&out, "%q;", s.canonical(at, element))
		}
		return out.String()
	case v.Type().Is(tftypes.Set{}):
		return strings.Join(s.sortedElements(at, v), ";")
	case s.decimals[at.schemaPath]:
		if d, ok := money.NewDecimal(String(v)).Value(); ok {
			return d.String()
		}
	}
	if v.IsKnown() && v.Type().Is(tftypes.String) {
		return strconv.Quote(at.plain(v))
	}
	return v.String()
}

// sortedElements returns the elements of a set that are not null, as canonical writes them.
func (s Schema) sortedElements(at location, set tftypes.Value) []string {
	var out []string
	for _, element := range Elements(set) {
		if !element.IsNull() {
			out = append(out, s.canonical(at, element))
		}
	}
	slices.Sort(out)
	return out
}

func (s Schema) canonicalAttributes(attributes map[string]tftypes.Value, at func(name string) location) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if text := s.canonical(at(name), attributes[name]); text != "" {
			fmt.Fprintf(&out, "%s=%q;", name, text)
		}
	}
	return out.String()
}

// isEmpty reports whether v is null, "" or white space, an empty collection or one of nulls, or an object of such values. False and 0 are
// not empty.
func isEmpty(v tftypes.Value) bool {
	if v.IsNull() {
		return true
	}
	if !v.IsKnown() {
		return false
	}
	switch {
	case v.Type().Is(tftypes.String):
		return plain(v) == ""
	case v.Type().Is(tftypes.Object{}):
		for _, nested := range Attributes(v) {
			if !isEmpty(nested) {
				return false
			}
		}
		return true
	case v.Type().Is(tftypes.Map{}):
		return len(mapElements(v)) == 0
	case v.Type().Is(tftypes.Set{}):
		return !slices.ContainsFunc(Elements(v), func(element tftypes.Value) bool { return !element.IsNull() })
	case v.Type().Is(tftypes.List{}):
		return len(Elements(v)) == 0
	}
	return false
}
