package diff

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Replacements lists, sorted, the top-level attributes whose change needs a new link. No vendor can change a link, so these are
// all of the vendor's arguments that differ. What is not known yet is not changed. hidden are the attributes (dotted paths) that an
// import could not read: they may go from null to a value.
func (s Schema) Replacements(state, plan tftypes.Value, hidden []string) []string {
	states, plans := Attributes(state), Attributes(plan)
	var out []string
	for name := range plans {
		if !s.providerOwned[name] && !s.vendorOwned[name] && s.differs(location{}.attribute(name), states[name], plans[name], hidden) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
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
	switch {
	case isEmpty(state) && IsWithin(hidden, at.schemaPath), !plan.IsKnown(), plan.IsFullyKnown() && s.equal(at, state, plan):
		return false
	case plan.IsNull():
		return true
	case plan.Type().Is(tftypes.Object{}), plan.Type().Is(tftypes.Map{}):
		states, plans := Attributes(state), Attributes(plan)
		for name, nested := range plans {
			inner := at
			if plan.Type().Is(tftypes.Object{}) {
				inner = at.attribute(name)
			}
			if s.differs(inner, orNull(states, name, nested.Type()), nested, hidden) {
				return true
			}
		}
		for name, before := range states {
			if _, ok := plans[name]; !ok && !isEmpty(before) {
				return true
			}
		}
		return false
	case plan.Type().Is(tftypes.List{}):
		return !slices.EqualFunc(Elements(state), Elements(plan), func(before, now tftypes.Value) bool { return !s.differs(at, before, now, hidden) })
	}
	return !plan.Type().Is(tftypes.Set{}) || !s.mayEqual(at, state, plan)
}

// mayEqual reports whether a set may turn out to be another one, once its unknown elements are known.
func (s Schema) mayEqual(at location, state, plan tftypes.Value) bool {
	known := slices.DeleteFunc(slices.Clone(Elements(plan)), func(element tftypes.Value) bool { return !element.IsKnown() })
	before := s.sortedElements(at, state)
	unknown := len(Elements(plan)) - len(known)
	for _, element := range s.sortedElements(at, tftypes.NewValue(plan.Type(), known)) {
		i, found := slices.BinarySearch(before, element)
		if !found {
			return false
		}
		before = slices.Delete(before, i, i+1)
	}
	return len(before) <= unknown && unknown > 0
}

// Unknown lists, sorted by value path, the arguments of a configuration that are not known yet. hidden is that of Replacements.
func (s Schema) Unknown(state, config tftypes.Value, hidden []string) (out []string) {
	walk(location{}, config, state, func(at location, config, state tftypes.Value) (deeper bool) {
		deeper = config.IsKnown() && (config.Type().Is(tftypes.Object{}) || config.Type().Is(tftypes.List{}))
		switch {
		case s.providerOwned[at.schemaPath] || s.vendorOwned[at.schemaPath] || s.writeOnly[at.schemaPath] || config.IsFullyKnown(),
			isMissing(state) && IsWithin(hidden, at.schemaPath):
			return false
		case !deeper:
			out = append(out, at.valuePath)
		}
		return deeper
	})
	slices.Sort(out)
	return out
}

// FromWriteOnly returns the plan as Replacements compares it: an argument ("user") that goes, while its write-only form ("user_wo") says
// the same, or is not known yet, is no change, and neither is the first version of that.
func (s Schema) FromWriteOnly(state, plan, config tftypes.Value) tftypes.Value {
	return s.fromWriteOnly(location{}, state, plan, config)
}

func (s Schema) fromWriteOnly(at location, state, plan, config tftypes.Value) tftypes.Value {
	if len(s.writeOnly) == 0 || !plan.Type().Is(tftypes.Object{}) || plan.IsNull() || !plan.IsKnown() {
		return plan
	}
	states, out, configs := Attributes(state), maps.Clone(Attributes(plan)), Attributes(config)
	for name, nested := range out {
		written, version := configs[name+"_wo"], name+"_wo_version"
		switch {
		case !s.writeOnly[at.attribute(name).schemaPath+"_wo"]:
			if before, ok := states[name]; ok {
				out[name] = s.fromWriteOnly(at.attribute(name), before, nested, configs[name])
			}
		case nested.IsNull() && !isMissing(states[name]) && (!written.IsFullyKnown() || s.equal(at.attribute(name), states[name], written)):
			out[name] = states[name]
			if isMissing(states[version]) {
				out[version] = states[version]
			}
		}
	}
	return tftypes.NewValue(plan.Type(), out)
}
