package link_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// clone returns a deep copy of a configuration.
func clone(v any) any {
	switch v := v.(type) {
	case Object:
		out := Object{}
		for name, nested := range v {
			out[name] = clone(nested)
		}
		return out
	case List:
		out := List{}
		for _, nested := range v {
			out = append(out, clone(nested))
		}
		return out
	}
	return v
}

// configPaths lists every path of a configuration, inner ones too ("lines", "lines.0", "lines.0.price.value"), sorted.
func configPaths(v any) []string {
	var out []string
	add := func(name string, nested any) {
		out = append(out, name)
		for _, below := range configPaths(nested) {
			out = append(out, name+"."+below)
		}
	}
	switch v := v.(type) {
	case Object:
		for name, nested := range v {
			add(name, nested)
		}
	case List:
		for i, nested := range v {
			add(strconv.Itoa(i), nested)
		}
	}
	slices.Sort(out)
	return out
}

// valueAt returns the value at a path.
func valueAt(v any, path string) any {
	for _, part := range strings.Split(path, ".") {
		switch parent := v.(type) {
		case Object:
			v = parent[part]
		case List:
			i, err := strconv.Atoi(part)
			if err != nil {
				panic(err)
			}
			v = parent[i]
		default:
			panic("no value at " + path)
		}
	}
	return v
}

// withValue returns a copy of a configuration with another value at a path.
func withValue(config Object, path string, value any) Object {
	out := clone(config).(Object)
	parent, name := any(out), path
	if i := strings.LastIndex(path, "."); i >= 0 {
		parent, name = valueAt(out, path[:i]), path[i+1:]
	}
	switch parent := parent.(type) {
	case Object:
		parent[name] = value
	case List:
		i, err := strconv.Atoi(name)
		if err != nil {
			panic(err)
		}
		parent[i] = value
	}
	return out
}

// otherValue returns another value of the same kind.
func otherValue(v any) any {
	switch v := v.(type) {
	case string:
		if _, err := strconv.ParseFloat(v, 64); err == nil {
			return "7" + v
		}
		return v + "x"
	case bool:
		return !v
	case int:
		return v + 1
	}
	panic(fmt.Sprintf("no other %v", v))
}

// isLeaf reports whether v is neither an object nor a list.
func isLeaf(v any) bool {
	switch v.(type) {
	case Object, List:
		return false
	}
	return true
}

// rootOf returns the top-level attribute of a path.
func rootOf(path string) string {
	out, _, _ := strings.Cut(path, ".")
	return out
}
