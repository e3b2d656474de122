package diff

import "github.com/hashicorp/terraform-plugin-go/tftypes"

// DropsValues reports whether something that before says is missing in after. What differs is no loss, nor is what an answer may hide, or never
// decides.
func (s Schema) DropsValues(before, after tftypes.Value) bool {
	return s.dropsValues(location{}, before, after)
}

func (s Schema) dropsValues(p location, before, after tftypes.Value) bool {
	switch {
	case isEmpty(before) || s.providerOwned[p.schemaPath] || s.hidden[p.schemaPath]:
		return false
	case isEmpty(after):
		return !s.isOnlyHidden(p, before)
	case before.Type().Is(tftypes.Object{}):
		afters := Attributes(after)
		for name, value := range Attributes(before) {
			if s.dropsValues(p.attribute(name), value, afters[name]) {
				return true
			}
		}
		return false
	case before.Type().Is(tftypes.List{}), before.Type().Is(tftypes.Set{}):
		return s.dropsElements(p, Elements(before), Elements(after))
	}
	return false
}

func (s Schema) dropsElements(p location, before, after []tftypes.Value) bool {
	if len(after) < len(before) {
		return true
	}
	for i := range before {
		if s.dropsValues(p, before[i], after[i]) {
			return true
		}
	}
	return false
}

// isOnlyHidden: all that this value says is what answers may hide.
func (s Schema) isOnlyHidden(p location, v tftypes.Value) bool {
	if !v.Type().Is(tftypes.Object{}) {
		return false
	}
	for name, nested := range Attributes(v) {
		at := p.attribute(name)
		if !isEmpty(nested) && !s.hidden[at.schemaPath] && !s.providerOwned[at.schemaPath] && !s.isOnlyHidden(at, nested) {
			return false
		}
	}
	return true
}
