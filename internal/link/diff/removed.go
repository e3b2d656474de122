package diff

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Written lists, sorted, the arguments of a new link's configuration that the vendor would have filled in, or left empty, without it.
// An argument of a list's elements is named by its schema path if all of them have it ("items.type"), else by its value paths
// ("items.0.type").
func (s Schema) Written(config tftypes.Value) []string {
	written, omitted := map[string][]string{}, map[string]bool{}
	s.eachFillable(location{}, config, config, func(at location, v, _ tftypes.Value) {
		if isEmpty(v) {
			omitted[at.schemaPath] = true
		} else {
			written[at.schemaPath] = append(written[at.schemaPath], at.valuePath)
		}
	})
	var out []string
	for name, places := range written {
		if omitted[name] {
			out = append(out, places...)
		} else {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Removed lists, sorted by value path, the arguments that were written when the link was made, and that the configuration leaves out or
// empties although the link has them. A link made without them would be another one. What a removed object or element held, or one of
// a list of another length, is not among them.
func (s Schema) Removed(state, config tftypes.Value, written []string) []string {
	var out []string
	if len(written) > 0 {
		s.eachFillable(location{}, state, config, func(at location, before, now tftypes.Value) {
			standard, hasDefault := s.defaults[at.schemaPath]
			if !isEmpty(before) && isEmpty(now) && !(hasDefault && standard == text(before)) &&
				(slices.Contains(written, at.schemaPath) || slices.Contains(written, at.valuePath)) {
				out = append(out, at.valuePath)
			}
		})
	}
	slices.Sort(out)
	return out
}

// WithRemoved plans removed arguments (value paths) as the configuration has them: unknown where it leaves them out.
func WithRemoved(plan, config tftypes.Value, removed []string) tftypes.Value {
	for _, at := range removed {
		value := valueAt(config, at)
		if value.Type() == nil || value.IsNull() {
			value = tftypes.NewValue(valueAt(plan, at).Type(), tftypes.UnknownValue)
		}
		plan = withAt(plan, at, value)
	}
	return plan
}

// eachFillable visits the leaves that a configuration may leave out and the vendor then fills in, where both values have a place for
// them.
func (s Schema) eachFillable(at location, a, b tftypes.Value, visit func(at location, a, b tftypes.Value)) {
	switch {
	case s.fillable[at.schemaPath]:
		visit(at, a, b)
	case a.IsNull() || b.IsNull():
	case a.Type().Is(tftypes.Object{}):
		others := Attributes(b)
		for name, nested := range Attributes(a) {
			if other, ok := others[name]; ok {
				s.eachFillable(at.attribute(name), nested, other, visit)
			}
		}
	case a.Type().Is(tftypes.List{}) && len(Elements(a)) == len(Elements(b)):
		others := Elements(b)
		for i, element := range Elements(a) {
			s.eachFillable(at.element(i), element, others[i], visit)
		}
	}
}

// valueAt returns the value at a value path; the zero Value where there is none.
func valueAt(v tftypes.Value, valuePath string) tftypes.Value {
	for step := range strings.SplitSeq(valuePath, ".") {
		if i, err := strconv.Atoi(step); err == nil {
			elements := Elements(v)
			if i >= len(elements) {
				return tftypes.Value{}
			}
			v = elements[i]
		} else {
			v = Attributes(v)[step]
		}
	}
	return v
}

// withAt returns a copy with another value at a value path; the same where there is no such place.
func withAt(v tftypes.Value, valuePath string, value tftypes.Value) tftypes.Value {
	step, rest, nested := strings.Cut(valuePath, ".")
	next := func(before tftypes.Value) tftypes.Value {
		if nested {
			return withAt(before, rest, value)
		}
		return value
	}
	if i, err := strconv.Atoi(step); err == nil {
		elements := slices.Clone(Elements(v))
		if i < len(elements) {
			elements[i] = next(elements[i])
			return tftypes.NewValue(v.Type(), elements)
		}
		return v
	}
	attributes := maps.Clone(Attributes(v))
	if before, ok := attributes[step]; ok {
		attributes[step] = next(before)
		return tftypes.NewValue(v.Type(), attributes)
	}
	return v
}

// text returns a text, boolean or number as a default is written; "" for anything else.
func text(v tftypes.Value) string {
	switch {
	case v.Type().Is(tftypes.Bool):
		return strconv.FormatBool(Bool(v))
	case v.Type().Is(tftypes.Number):
		var number big.Float
		_ = v.As(&number)
		return number.Text('f', -1)
	}
	return String(v)
}
