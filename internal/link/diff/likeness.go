package diff

import (
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Likeness is how far an answer resembles a plan.
type Likeness int

const (
	Different Likeness = iota // another link
	Similar                   // the same but for the spelling of texts, or for what one of the two leaves out
	Same                      // the same content
)

// Likeness compares a plan with an answer, of which it may be the link. Numbers, lengths of lists and flags must be equal. A text is
// similar to one that differs in case, white space or punctuation, or is cut off; but at the unique attributes (dotted paths) a text
// that is cut off, or stands there for none, is another one. Unknown values, the provider's own and hidden ones are left out.
func (s Schema) Likeness(plan, answer tftypes.Value, unique []string) Likeness {
	return s.likeness(location{}, plan, answer, unique)
}

func (s Schema) likeness(at location, plan, answer tftypes.Value, unique []string) Likeness {
	switch {
	case !plan.IsKnown(), s.providerOwned[at.schemaPath], s.vendorOwned[at.schemaPath], s.hidden[at.schemaPath] && answer.IsNull(),
		plan.IsFullyKnown() && s.equal(at, plan, answer):
		return Same
	case plan.Type().Is(tftypes.Object{}):
		plans, answers, out := Attributes(plan), Attributes(answer), Same
		object, _ := plan.Type().(tftypes.Object)
		for name, t := range object.AttributeTypes {
			if !plan.IsNull() && plans[name].IsNull() && s.hidden[at.attribute(name).schemaPath] {
				continue // nobody has said that it is empty
			}
			out = min(out, s.likeness(at.attribute(name), orNull(plans, name, t), orNull(answers, name, t), unique))
		}
		return out
	case isEmpty(answer): // proves nothing
		return Similar
	case plan.Type().Is(tftypes.Map{}):
		plans, answers := mapElements(plan), mapElements(answer)
		if len(plans) != len(answers) {
			return Different
		}
		out := Same
		for name, planned := range plans {
			out = min(out, s.likeness(at, planned, orNull(answers, name, planned.Type()), unique))
		}
		return out
	case plan.Type().Is(tftypes.List{}):
		plans, answers := Elements(plan), Elements(answer)
		if len(plans) != len(answers) {
			return Different
		}
		out := Same
		for i := range plans {
			out = min(out, s.likeness(at.element(i), plans[i], answers[i], unique))
		}
		return out
	case plan.Type().Is(tftypes.Set{}):
		if isEmpty(plan) || slices.Equal(spellings(plan), spellings(answer)) {
			return Similar
		}
	case plan.Type().Is(tftypes.String) && !s.decimals[at.schemaPath]:
		return textLikeness(String(plan), String(answer), IsWithin(unique, at.schemaPath))
	}
	return Different
}

// orNull returns an attribute of an object that may be null, or an element of a map.
func orNull(values map[string]tftypes.Value, name string, t tftypes.Type) tftypes.Value {
	if value, ok := values[name]; ok {
		return value
	}
	return tftypes.NewValue(t, nil)
}

func textLikeness(plan, answer string, unique bool) Likeness {
	plan, answer = spelling(plan), spelling(answer)
	if plan == answer || !unique && (strings.HasPrefix(plan, answer) || strings.HasPrefix(answer, plan)) {
		return Similar
	}
	return Different
}

// spelling returns the letters and digits of a text, in one case.
func spelling(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

func spellings(set tftypes.Value) []string {
	var out []string
	for _, element := range Elements(set) {
		out = append(out, spelling(String(element)))
	}
	slices.Sort(out)
	return out
}
