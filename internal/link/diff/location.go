package diff

import (
	"slices"
	"strconv"
	"strings"
)

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

// IsWithin reports whether name is one of the paths, or lies below one.
func IsWithin(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == name || strings.HasPrefix(name, p+".") })
}
