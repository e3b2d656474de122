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

// shape is what comparing two values of a schema needs to know about it. Attributes are named by dotted paths
// without indexes ("items.unit_price.value").
type shape struct {
	decimals map[string]bool // numbers in text: "10" equals "10.00"
	hidden   map[string]bool // an answer may leave them out
	held     map[string]bool // ours: an answer never decides
	answered map[string]bool // top level, computed only: the vendor's to say
	optional map[string]bool // optional only: the configuration's to say
}

func newShape(s schema.Schema, hidden []string) shape {
	out := shape{
		decimals: map[string]bool{}, hidden: map[string]bool{},
		held: map[string]bool{activateAttribute: true}, answered: map[string]bool{}, optional: map[string]bool{},
	}
	for _, name := range policies {
		out.held[name] = true
	}
	for _, name := range hidden {
		out.hidden[name] = true
	}
	for name, attribute := range s.Attributes {
		if attribute.IsComputed() && !attribute.IsOptional() {
			out.answered[name] = true
		}
		out.learnOptional(name, attribute)
		out.learn(name, attribute.GetType())
	}
	return out
}

func (s shape) learnOptional(at string, attribute schema.Attribute) {
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
		s.learnOptional(at+"."+name, inner)
	}
}

func (s shape) learn(at string, t attr.Type) {
	switch t := t.(type) {
	case money.DecimalType:
		s.decimals[at] = true
	case attr.TypeWithAttributeTypes:
		for name, nested := range t.AttributeTypes() {
			s.learn(at+"."+name, nested)
		}
	case attr.TypeWithElementType:
		s.learn(at, t.ElementType())
	}
}

// spot is a place in a value: by name alone, and with indexes.
type spot struct{ name, exact string }

func (p spot) attribute(name string) spot {
	if p.name == "" {
		return spot{name, name}
	}
	return spot{p.name + "." + name, p.exact + "." + name}
}

func (p spot) element(i int) spot { return spot{p.name, p.exact + "." + strconv.Itoa(i)} }

// same: two known values say the same thing. Null, "", an empty collection and an object of nothing are one; numbers
// compare as numbers; sets have no order.
func (s shape) same(p spot, a, b tftypes.Value) bool {
	if !a.IsKnown() || !b.IsKnown() {
		return false
	}
	if empty(a) || empty(b) {
		return empty(a) && empty(b)
	}
	switch {
	case a.Type().Is(tftypes.Object{}):
		as, bs := attributesOf(a), attributesOf(b)
		for name := range as {
			if !s.same(p.attribute(name), as[name], bs[name]) {
				return false
			}
		}
		return true
	case a.Type().Is(tftypes.List{}):
		as, bs := elementsOf(a), elementsOf(b)
		if len(as) != len(bs) {
			return false
		}
		for i := range as {
			if !s.same(p.element(i), as[i], bs[i]) {
				return false
			}
		}
		return true
	case a.Type().Is(tftypes.Set{}):
		return slices.Equal(sortedTexts(a), sortedTexts(b))
	case s.decimals[p.name]:
		return sameNumber(textOf(a), textOf(b))
	}
	return a.Equal(b)
}

func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	x, okX := money.NewDecimal(a).Value()
	y, okY := money.NewDecimal(b).Value()
	return okX && okY && x.Equal(y)
}

// canonical writes what same calls the same in one way.
func (s shape) canonical(p spot, v tftypes.Value) string {
	switch {
	case empty(v):
		return ""
	case v.Type().Is(tftypes.Object{}):
		attributes := attributesOf(v)
		var out strings.Builder
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			fmt.Fprintf(&out, "%s=%q;", name, s.canonical(p.attribute(name), attributes[name]))
		}
		return out.String()
	case v.Type().Is(tftypes.List{}):
		var out strings.Builder
		for _, element := range elementsOf(v) {
			fmt.Fprintf(&out, "%q;", s.canonical(p, element))
		}
		return out.String()
	case v.Type().Is(tftypes.Set{}):
		return strings.Join(sortedTexts(v), ";")
	case s.decimals[p.name]:
		if d, ok := money.NewDecimal(textOf(v)).Value(); ok {
			return d.String()
		}
	}
	return v.String()
}

// empty: null, "", a collection of nothing, an object of nothing. False and 0 are values.
func empty(v tftypes.Value) bool {
	if v.IsNull() {
		return true
	}
	if !v.IsKnown() {
		return false
	}
	switch {
	case v.Type().Is(tftypes.String):
		return textOf(v) == ""
	case v.Type().Is(tftypes.Object{}):
		for _, nested := range attributesOf(v) {
			if !empty(nested) {
				return false
			}
		}
		return true
	case v.Type().Is(tftypes.List{}), v.Type().Is(tftypes.Set{}):
		return len(elementsOf(v)) == 0
	}
	return false
}

// The three readers below ask only for the kind that the caller has just established; another one reads as empty.

func attributesOf(v tftypes.Value) map[string]tftypes.Value {
	var out map[string]tftypes.Value
	_ = v.As(&out)
	return out
}

func elementsOf(v tftypes.Value) []tftypes.Value {
	var out []tftypes.Value
	_ = v.As(&out)
	return out
}

func textOf(v tftypes.Value) string {
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
	for _, element := range elementsOf(v) {
		out = append(out, element.String())
	}
	sort.Strings(out)
	return out
}

// under reports whether name is one of the paths, or lies below one.
func under(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == name || strings.HasPrefix(name, p+".") })
}
