package link

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// replacements lists the top-level attributes whose change needs a new link, sorted. No vendor can change a link, so
// that is every vendor's argument that differs. hidden are those that the import could not read: they may go from null
// to a value.
func (s shape) replacements(state, plan tftypes.Value, hidden []string) []string {
	states, plans := attributesOf(state), attributesOf(plan)
	var out []string
	for name := range plans {
		if s.held[name] || s.answered[name] {
			continue
		}
		if s.changed(spot{}.attribute(name), states[name], plans[name], hidden) {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}

// content is everything that a plan asks the vendor for, as a text that is the same for equal requests.
func (s shape) content(plan tftypes.Value) string {
	attributes := map[string]tftypes.Value{}
	for name, value := range attributesOf(plan) {
		if !s.held[name] && !s.answered[name] {
			attributes[name] = value
		}
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		fmt.Fprintf(&out, "%s=%q;", name, s.canonical(spot{}.attribute(name), attributes[name]))
	}
	return out.String()
}

func (s shape) changed(p spot, state, plan tftypes.Value, hidden []string) bool {
	if empty(state) && under(hidden, p.name) {
		return false
	}
	if !plan.IsKnown() {
		return true
	}
	if plan.IsFullyKnown() && s.same(p, state, plan) {
		return false
	}
	if plan.IsNull() {
		return true
	}
	switch {
	case plan.Type().Is(tftypes.Object{}):
		states, plans := attributesOf(state), attributesOf(plan)
		for name, nested := range plans {
			before, ok := states[name]
			if !ok { // the whole object was null
				before = tftypes.NewValue(nested.Type(), nil)
			}
			if s.changed(p.attribute(name), before, nested, hidden) {
				return true
			}
		}
		return false
	case plan.Type().Is(tftypes.List{}):
		states, plans := elementsOf(state), elementsOf(plan)
		if len(states) != len(plans) {
			return true
		}
		for i := range plans {
			if s.changed(p.element(i), states[i], plans[i], hidden) {
				return true
			}
		}
		return false
	}
	return true
}

// nullAt reports whether the dotted attribute, or something above it, is null in v. Lists are looked into.
func nullAt(v tftypes.Value, name string) bool {
	if v.IsNull() || name == "" {
		return v.IsNull()
	}
	if v.Type().Is(tftypes.List{}) {
		return slices.ContainsFunc(elementsOf(v), func(element tftypes.Value) bool { return nullAt(element, name) })
	}
	first, rest, _ := strings.Cut(name, ".")
	nested, ok := attributesOf(v)[first]
	return ok && nullAt(nested, rest)
}
