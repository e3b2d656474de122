package link

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// Schema is what comparing two values of a schema needs to know about it. Attributes are named by dotted paths
// without indexes ("items.unit_price.value").
type Schema struct {
	decimals      map[string]bool // numbers in text: "10" equals "10.00"
	hidden        map[string]bool // an answer may leave them out
	providerOwned map[string]bool // ours: an answer never decides
	vendorOwned   map[string]bool // top level, computed only: the vendor's to say
	optional      map[string]bool // optional only: the configuration's to say
}

func NewSchema(s schema.Schema, hidden []string) Schema {
	out := Schema{
		decimals: map[string]bool{}, hidden: map[string]bool{},
		providerOwned: map[string]bool{activateAttribute: true}, vendorOwned: map[string]bool{}, optional: map[string]bool{},
	}
	for _, name := range lifecycleAttributes {
		out.providerOwned[name] = true
	}
	for _, name := range hidden {
		out.hidden[name] = true
	}
	for name, attribute := range s.Attributes {
		if attribute.IsComputed() && !attribute.IsOptional() {
			out.vendorOwned[name] = true
		}
		out.addOptional(name, attribute)
		out.addType(name, attribute.GetType())
	}
	return out
}

func (s Schema) addOptional(at string, attribute schema.Attribute) {
	if attribute.IsOptional() && !attribute.IsComputed() {
		s.optional[at] = true
	}
	var nested map[string]schema.Attribute
	switch attribute := attribute.(type) {
	case schema.SingleNestedAttribute:
		nested = attribute.Attributes
	case schema.ListNestedAttribute:
		nested = attribute.NestedObject.Attributes
	}
	for name, inner := range nested {
		s.addOptional(at+"."+name, inner)
	}
}

func (s Schema) addType(at string, t attr.Type) {
	switch t := t.(type) {
	case money.DecimalType:
		s.decimals[at] = true
	case attr.TypeWithAttributeTypes:
		for name, nested := range t.AttributeTypes() {
			s.addType(at+"."+name, nested)
		}
	case attr.TypeWithElementType:
		s.addType(at, t.ElementType())
	}
}

// location is a place in a value: by name alone, and with indexes.
type location struct{ schemaPath, valuePath string }

func (p location) attribute(name string) location {
	if p.schemaPath == "" {
		return location{name, name}
	}
	return location{p.schemaPath + "." + name, p.valuePath + "." + name}
}

func (p location) element(i int) location {
	return location{p.schemaPath, p.valuePath + "." + strconv.Itoa(i)}
}

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
	return a.Equal(b)
}

func equalNumbers(a, b string) bool {
	if a == b {
		return true
	}
	x, okX := money.NewDecimal(a).Exact()
	y, okY := money.NewDecimal(b).Exact()
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
		if d, ok := money.NewDecimal(String(v)).Exact(); ok {
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

// The three readers below ask only for the kind that the caller has just established; another one reads as empty.

func Attributes(v tftypes.Value) map[string]tftypes.Value {
	var out map[string]tftypes.Value
	_ = v.As(&out)
	return out
}

func Elements(v tftypes.Value) []tftypes.Value {
	var out []tftypes.Value
	_ = v.As(&out)
	return out
}

func String(v tftypes.Value) string {
	var out *string
	if v.IsKnown() {
		_ = v.As(&out)
	}
	if out == nil {
		return ""
	}
	return *out
}

func sortedTexts(v tftypes.Value) []string {
	var out []string
	for _, element := range Elements(v) {
		out = append(out, element.String())
	}
	sort.Strings(out)
	return out
}

// isWithin reports whether name is one of the paths, or lies below one.
func isWithin(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == name || strings.HasPrefix(name, p+".") })
}
