package diff

import (
	"slices"
	"strconv"
	"strings"
)

// location is a place in a value. schemaPath names it by attributes alone ("items.title"), valuePath with list indexes
// ("items.0.title").
type location struct{ schemaPath, valuePath string }

func (at location) attribute(name string) location {
	if at.schemaPath == "" {
		return location{name, name}
	}
	return location{at.schemaPath + "." + name, at.valuePath + "." + name}
}

func (at location) element(i int) location {
	return location{at.schemaPath, at.valuePath + "." + strconv.Itoa(i)}
}

// IsWithin reports whether name is one of the dotted paths or lies below one.
func IsWithin(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == name || strings.HasPrefix(name, p+".") })
}
