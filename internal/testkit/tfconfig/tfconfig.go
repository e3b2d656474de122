// Package tfconfig holds Terraform configurations as plain Go values, for tests and for the programs that test.
package tfconfig

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Object is a configuration or a part of one, or a map: attribute names to string, bool, int, nil, Unknown, List or Object.
type Object = map[string]any

// List is a list or a set.
type List = []any

// Unknown stands for a value that is known only after apply.
const Unknown = unknown(0)

type unknown int

// String is how Terraform shows such a value.
func (unknown) String() string { return "(known after apply)" }

// GoString tells it apart from the number 0.
func (unknown) GoString() string { return "tfconfig.Unknown" }

// Changed is a copy of config with other values at dotted paths ("items.0.title"), a parent's before its children's.
func Changed(config Object, changes ...Object) Object {
	out := maps.Clone(config)
	for _, change := range changes {
		for _, path := range slices.Sorted(maps.Keys(change)) {
			out = With(out, path, change[path])
		}
	}
	return out
}

// With is a copy of config with another value at a dotted path. Missing objects on the way are made. An index that a list
// does not have is the caller's mistake, and panics.
func With(config Object, path string, value any) Object {
	return put(config, strings.Split(path, "."), value).(Object)
}

func put(in any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if in, ok := in.(List); ok {
		i, err := strconv.Atoi(path[0])
		if err != nil {
			panic(err)
		}
		out := slices.Clone(in)
		out[i] = put(in[i], path[1:], value)
		return out
	}
	out := Object{}
	if in, ok := in.(Object); ok {
		maps.Copy(out, in)
	}
	out[path[0]] = put(out[path[0]], path[1:], value)
	return out
}

// Lookup is the value at a dotted path of a configuration; nil where there is none.
func Lookup(in any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		switch v := in.(type) {
		case Object:
			in = v[name]
		case List:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			in = v[i]
		default:
			return nil
		}
	}
	return in
}

// LeafPaths lists the dotted paths of everything in a configuration that is neither an object nor a list of objects.
func LeafPaths(in any) []string { return leaves("", in) }

func leaves(prefix string, in any) []string {
	join := func(name string) string { return strings.TrimPrefix(prefix+"."+name, ".") }
	var out []string
	switch in := in.(type) {
	case Object:
		for _, name := range slices.Sorted(maps.Keys(in)) {
			out = append(out, leaves(join(name), in[name])...)
		}
	case List:
		if len(in) > 0 {
			if _, nested := in[0].(Object); nested {
				for i := range in {
					out = append(out, leaves(join(strconv.Itoa(i)), in[i])...)
				}
				return out
			}
		}
		return []string{prefix}
	default:
		return []string{prefix}
	}
	return out
}

// RootAttribute is the first part of a dotted path.
func RootAttribute(path string) string {
	name, _, _ := strings.Cut(path, ".")
	return name
}

// Equal compares a configured value with one of a state or plan, which hold numbers as text.
func Equal(written, held any) bool {
	if n, ok := written.(int); ok {
		written = strconv.Itoa(n)
	}
	return reflect.DeepEqual(written, held)
}
