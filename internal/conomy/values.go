package conomy

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// values are the attributes of one object by name.
type values = map[string]attr.Value

func textKinds(names ...string) kinds {
	out := kinds{}
	for _, name := range names {
		out[name] = types.StringType
	}
	return out
}

func with(some, more kinds) kinds {
	maps.Copy(some, more)
	return some
}

// filled is an answer's object; an absent one, null and {} are the same (row 13).
func filled(of kinds, attributes values) types.Object {
	for _, v := range attributes {
		if !v.IsNull() {
			return types.ObjectValueMust(of, attributes)
		}
	}
	return types.ObjectNull(of)
}

// listOf is an answer's list; an empty one is null.
func listOf[T any](element kinds, in []T, one func(T) types.Object) types.List {
	if len(in) == 0 {
		return types.ListNull(types.ObjectType{AttrTypes: element})
	}
	out := make([]attr.Value, 0, len(in))
	for _, e := range in {
		out = append(out, one(e))
	}
	return types.ListValueMust(types.ObjectType{AttrTypes: element}, out)
}

// setOf is an answer's set: it may name one twice. An empty one is null.
func setOf(names []string) types.Set {
	seen := map[string]bool{}
	var out []attr.Value
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			out = append(out, types.StringValue(name))
		}
	}
	if len(out) == 0 {
		return types.SetNull(types.StringType)
	}
	return types.SetValueMust(types.StringType, out)
}

// part reads the attributes of an object that may be null or unknown, and so may they.
type part struct{ types.Object }

// parts are the objects in a list.
func parts(in types.List) []part {
	var out []part
	for _, element := range in.Elements() {
		o, _ := element.(types.Object)
		out = append(out, part{o})
	}
	return out
}

// part is the object under a name: null below null, unknown below unknown.
func (p part) part(name string) part {
	if p.IsUnknown() {
		return part{types.ObjectUnknown(nil)}
	}
	o, _ := p.Attributes()[name].(types.Object)
	return part{o}
}

// decimal is null for an attribute of no object, and unknown for one of an unknown object.
func (p part) decimal(name string) money.Decimal {
	if p.IsUnknown() {
		return money.DecimalUnknown()
	}
	d, _ := p.Attributes()[name].(money.Decimal)
	return d
}

// text is an attribute's text as it is sent; "" for what is left out.
func (p part) text(name string) string {
	switch v := p.Attributes()[name].(type) {
	case types.String:
		return v.ValueString()
	case money.Decimal:
		return v.ValueString()
	}
	return ""
}

// names are the texts in a set, in the set's order.
func names(in types.Set) []string {
	var out []string
	for _, element := range in.Elements() {
		if text, ok := element.(types.String); ok {
			out = append(out, text.ValueString())
		}
	}
	return out
}
