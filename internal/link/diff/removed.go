package diff

import (
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
	s.eachFillable(config, config, func(at location, v, _ tftypes.Value) {
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
		s.eachFillable(state, config, func(at location, before, now tftypes.Value) {
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
	if len(removed) == 0 {
		return plan
	}
	out, _ := tftypes.Transform(plan, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) { // which returns no error
		if !slices.Contains(removed, valuePathOf(at)) {
			return v, nil
		}
		configured, _, _ := tftypes.WalkAttributePath(config, at)
		if value, ok := configured.(tftypes.Value); ok && !value.IsNull() {
			return value, nil
		}
		return tftypes.NewValue(v.Type(), tftypes.UnknownValue), nil
	})
	return out
}

// valuePathOf returns the value path of a place outside of sets, which no argument that can be removed is in.
func valuePathOf(at *tftypes.AttributePath) string {
	var steps []string
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			steps = append(steps, string(step))
		case tftypes.ElementKeyInt:
			steps = append(steps, strconv.Itoa(int(step)))
		default:
			return ""
		}
	}
	return strings.Join(steps, ".")
}

// eachFillable visits the leaves that a configuration may leave out and the vendor then fills in, where both values have a place for
// them.
func (s Schema) eachFillable(a, b tftypes.Value, visit func(at location, a, b tftypes.Value)) {
	walk(location{}, a, b, func(at location, a, b tftypes.Value) (deeper bool) {
		if s.fillable[at.schemaPath] {
			if b.Type() != nil {
				visit(at, a, b)
			}
			return false
		}
		return !a.IsNull() && !b.IsNull() && (!a.Type().Is(tftypes.List{}) || len(Elements(a)) == len(Elements(b)))
	})
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
