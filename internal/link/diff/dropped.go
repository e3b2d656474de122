package diff

import "github.com/hashicorp/terraform-plugin-go/tftypes"

// DropsValues reports whether after lacks a value that before has. Another value is no loss; neither are hidden attributes and
// those that the provider owns.
func (s Schema) DropsValues(before, after tftypes.Value) bool {
	return s.dropsValues(location{}, before, after)
}

func (s Schema) dropsValues(at location, before, after tftypes.Value) bool {
	switch {
	case isEmpty(before) || s.providerOwned[at.schemaPath] || s.hidden[at.schemaPath]:
		return false
	case isEmpty(after):
		return !s.isOnlyHidden(at, before)
	case before.Type().Is(tftypes.Object{}):
		afters := Attributes(after)
		for name, value := range Attributes(before) {
			if s.dropsValues(at.attribute(name), value, afters[name]) {
				return true
			}
		}
		return false
	case before.Type().Is(tftypes.Map{}):
		afters := Attributes(after)
		for name, value := range Attributes(before) {
			if s.dropsValues(at, value, afters[name]) {
				return true
			}
		}
		return false
	case before.Type().Is(tftypes.List{}), before.Type().Is(tftypes.Set{}):
		return s.dropsElements(at, Elements(before), Elements(after))
	}
	return false
}

func (s Schema) dropsElements(at location, before, after []tftypes.Value) bool {
	if len(after) < len(before) {
		return true
	}
	for i := range before {
		if s.dropsValues(at, before[i], after[i]) {
			return true
		}
	}
	return false
}

// isOnlyHidden reports whether everything that an object holds is hidden or owned by the provider.
func (s Schema) isOnlyHidden(at location, v tftypes.Value) bool {
	if !v.Type().Is(tftypes.Object{}) {
		return false
	}
	for name, nested := range Attributes(v) {
		inner := at.attribute(name)
		if !isEmpty(nested) && !s.hidden[inner.schemaPath] && !s.providerOwned[inner.schemaPath] && !s.isOnlyHidden(inner, nested) {
			return false
		}
	}
	return true
}
