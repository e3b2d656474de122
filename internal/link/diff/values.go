package diff

import (
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The readers below ask only for the kind that the caller has established; another one reads as empty.

// Attributes returns the attributes of an object; nil for anything else.
func Attributes(v tftypes.Value) map[string]tftypes.Value {
	var out map[string]tftypes.Value
	_ = v.As(&out)
	return out
}

// Elements returns the elements of a list or set; nil for anything else.
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

func sortedTexts(v tftypes.Value) []string {
	var out []string
	for _, element := range Elements(v) {
		out = append(out, element.String())
	}
	sort.Strings(out)
	return out
}
