package diff

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The readers below take a value of any kind; a kind that they do not read counts as empty.

// Attributes returns the attributes of an object, or the elements of a map; nil for anything else. The caller must not change
// them: they are the value's own (see With).
func Attributes(v tftypes.Value) map[string]tftypes.Value {
	var out map[string]tftypes.Value
	_ = v.As(&out)
	return out
}

// mapElements returns the elements of a map that are not null.
func mapElements(v tftypes.Value) map[string]tftypes.Value {
	out := maps.Clone(Attributes(v))
	maps.DeleteFunc(out, func(_ string, element tftypes.Value) bool { return element.IsNull() })
	return out
}

// walk visits a value and, as far as visit says so, what lies in its objects and lists, each with what other has in its place: the zero
// Value for nothing.
func walk(at location, v, other tftypes.Value, visit func(at location, v, other tftypes.Value) (deeper bool)) {
	switch {
	case !visit(at, v, other):
	case v.Type().Is(tftypes.Object{}):
		others := Attributes(other)
		for name, nested := range Attributes(v) {
			walk(at.attribute(name), nested, others[name], visit)
		}
	case v.Type().Is(tftypes.List{}):
		others := Elements(other)
		for i, element := range Elements(v) {
			var beside tftypes.Value
			if i < len(others) {
				beside = others[i]
			}
			walk(at.element(i), element, beside, visit)
		}
	}
}

// Elements returns the elements of a list or set; nil for anything else. The caller must not change them.
func Elements(v tftypes.Value) []tftypes.Value {
	var out []tftypes.Value
	_ = v.As(&out)
	return out
}

// String returns a text; "" for null, unknown and anything else.
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

// Bool returns a boolean; false for null, unknown and anything else.
func Bool(v tftypes.Value) bool {
	var out *bool
	if v.IsKnown() {
		_ = v.As(&out)
	}
	return out != nil && *out
}

// Strings returns the text, or the texts of a set or list, sorted and each once; nil for anything else.
func Strings(v tftypes.Value) []string {
	if v.Type() == nil || v.IsNull() || !v.IsKnown() {
		return nil
	}
	if v.Type().Is(tftypes.String) {
		return []string{String(v)}
	}
	var out []string
	for _, element := range Elements(v) {
		out = append(out, String(element))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// StringAt returns the text at a dotted path; a null text where there is none.
func StringAt(v tftypes.Value, path string) tftypes.Value {
	for name := range strings.SplitSeq(path, ".") {
		v = Attributes(v)[name]
	}
	if v.Type() == nil || v.IsNull() {
		return tftypes.NewValue(tftypes.String, nil)
	}
	return v
}

// StringSet returns a set of texts.
func StringSet(texts []string) tftypes.Value {
	out := []tftypes.Value{}
	for _, text := range texts {
		out = append(out, tftypes.NewValue(tftypes.String, text))
	}
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, out)
}

// With returns a copy of an object with another value for one of its attributes.
func With(v tftypes.Value, name string, value tftypes.Value) tftypes.Value {
	attributes := maps.Clone(Attributes(v))
	attributes[name] = value
	return tftypes.NewValue(v.Type(), attributes)
}
