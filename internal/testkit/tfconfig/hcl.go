package tfconfig

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var identifier = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)

// HCL writes attributes as the body of a block, one attribute a line, in the order of their names. Template sequences in
// texts ("${count.index}") are left to the engine.
func HCL(attributes Object) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		key := name
		if !identifier.MatchString(name) { // of a map
			key = fmt.Sprintf("%q", name)
		}
		fmt.Fprintf(&out, "%s = %s\n", key, hclValue(attributes[name]))
	}
	return out.String()
}

func hclValue(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case Object:
		return "{\n" + HCL(value) + "}"
	case List:
		parts := make([]string, len(value))
		for i, element := range value {
			parts[i] = hclValue(element)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		return fmt.Sprintf("%q", value)
	default:
		return fmt.Sprint(value)
	}
}
