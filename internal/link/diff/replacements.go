package diff

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Replacements lists, sorted, the top-level attributes whose change needs a new link. No vendor can change a link, so these are
// all of the vendor's arguments that differ. hidden are the attributes (dotted paths) that an import could not read: they may
// go from null to a value.
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

// Fingerprint returns a text that is the same for two plans that ask the vendor for the same link.
func (s Schema) Fingerprint(plan tftypes.Value) string {
	attributes := maps.Clone(Attributes(plan))
	maps.DeleteFunc(attributes, func(name string, _ tftypes.Value) bool { return s.providerOwned[name] || s.vendorOwned[name] })
	return s.canonicalAttributes(attributes, location{}.attribute)
}

// Class returns a text that is the same for two plans if one link may have the content of both: values that a plan may leave to the
// vendor, and those that an answer may hide, are left out.
func (s Schema) Class(plan tftypes.Value) string {
	s.leftOut = s.open // of this copy
	return s.Fingerprint(plan)
}

func (s Schema) differs(at location, state, plan tftypes.Value, hidden []string) bool {
	if isEmpty(state) && IsWithin(hidden, at.schemaPath) {
		return false
	}
	if !plan.IsKnown() {
		return true
	}
	if plan.IsFullyKnown() && s.equal(at, state, plan) {
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
			if s.differs(at.attribute(name), before, nested, hidden) {
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
			if s.differs(at.element(i), states[i], plans[i], hidden) {
				return true
			}
		}
		return false
	}
	return true
}

// IsNullAt reports whether the attribute at a dotted path, or anything above it, is null in v. In a list it is enough that one
// element has a null there.
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
