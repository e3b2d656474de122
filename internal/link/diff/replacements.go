package diff

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Replacements lists the top-level attributes whose change needs a new link, sorted. No vendor can change a link, so
// that is every vendor's argument that differs. hidden are those that the import could not read: they may go from null
// to a value.
func (s Schema) Replacements(state, plan tftypes.Value, hidden []string) []string {
	states, plans := Attributes(state), Attributes(plan)
	var out []string
	for name := range plans {
		if s.providerOwned[name] || s.vendorOwned[name] {
			continue
		}
		if s.differs(location{}.attribute(name), states[name], plans[name], hidden) {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}

// Fingerprint is everything that a plan asks the vendor for, as a text that is the same for equal requests.
func (s Schema) Fingerprint(plan tftypes.Value) string {
	attributes := map[string]tftypes.Value{}
	for name, value := range Attributes(plan) {
		if !s.providerOwned[name] && !s.vendorOwned[name] {
			attributes[name] = value
		}
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		fmt.Fprintf(&out, "%s=%q;", name, s.canonical(location{}.attribute(name), attributes[name]))
	}
	return out.String()
}

func (s Schema) differs(p location, state, plan tftypes.Value, hidden []string) bool {
	if isEmpty(state) && IsWithin(hidden, p.schemaPath) {
		return false
	}
	if !plan.IsKnown() {
		return true
	}
	if plan.IsFullyKnown() && s.equal(p, state, plan) {
		return false
	}
	if plan.IsNull() {
		return true
	}
	switch {
	case plan.Type().Is(tftypes.Object{}):
		states, plans := Attributes(state), Attributes(plan)
		for name, nested := range plans {
			before, ok := states[name]
			if !ok { // the whole object was null
				before = tftypes.NewValue(nested.Type(), nil)
			}
			if s.differs(p.attribute(name), before, nested, hidden) {
				return true
			}
		}
		return false
	case plan.Type().Is(tftypes.List{}):
		states, plans := Elements(state), Elements(plan)
		if len(states) != len(plans) {
			return true
		}
		for i := range plans {
			if s.differs(p.element(i), states[i], plans[i], hidden) {
				return true
			}
		}
		return false
	}
	return true
}

// IsNullAt reports whether the dotted attribute, or something above it, is null in v. Lists are looked into.
func IsNullAt(v tftypes.Value, name string) bool {
	if v.IsNull() || name == "" {
		return v.IsNull()
	}
	if v.Type().Is(tftypes.List{}) {
		return slices.ContainsFunc(Elements(v), func(element tftypes.Value) bool { return IsNullAt(element, name) })
	}
	first, rest, _ := strings.Cut(name, ".")
	nested, ok := Attributes(v)[first]
	return ok && IsNullAt(nested, rest)
}
