package deviations_test

import (
	"encoding/json"
	"maps"
	"slices"
)

// meaning is what an answer says that has a deviation.
type meaning int

const (
	same       meaning = iota // what it said without it
	leftOut                   // nothing about this value
	unreadable                // nothing about this value, and the user has to know
	another                   // another value
	either                    // another value or an unreadable one: nothing says which
)

// deviation is one way in which a value differs.
type deviation struct {
	name  string
	value string // JSON; "" takes the value out
	meaning
}

const (
	otherText   = `"deviating"`
	otherObject = `{"deviating":true}`
	otherArray  = `["deviating"]`
	longer      = "twice_as_long"
)

// deviations are those of the place. A whole answer cannot be left out, and one that holds the id of another link is that link's.
func (p place) deviations() []deviation {
	out := slices.DeleteFunc(deviationsOf(p.value), func(d deviation) bool {
		return p.pointer == "" && d.value == "" || p.holdsID && !p.id() && d.name == longer
	})
	if p.isElement {
		for i, d := range out {
			if d.value == "" || d.value == "null" || d.value == `""` { // a shorter list is another value
				out[i].meaning = max(either, d.meaning)
			}
		}
	}
	return out
}

// deviationsOf are the ways in which a value can differ, with what they mean where such a value was.
func deviationsOf(value any) []deviation {
	null := either
	var isText, isNumber, isBool, isObject, isArray bool
	boolean, arrayOf := "true", unreadable
	switch value := value.(type) {
	case string:
		isText = true
	case json.Number:
		isNumber = true
	case bool:
		isBool = true
		boolean = map[bool]string{true: "false", false: "true"}[value]
	case map[string]any:
		isObject = true
	case []any:
		isArray = true
		if len(value) == 0 {
			arrayOf = either
		} else if _, text := value[0].(string); text {
			arrayOf = another
		}
	default:
		null = leftOut
	}
	empty := leftOut
	if null == leftOut { // [] and {} may be a form of what was not there before
		empty = either
	}
	pick := func(cases ...any) meaning { // pairs of a condition and a meaning, in order
		if null == leftOut {
			return either // nobody knows what should stand there
		}
		for i := 0; i < len(cases); i += 2 {
			if cases[i].(bool) {
				return cases[i+1].(meaning)
			}
		}
		return unreadable
	}
	out := []deviation{
		{"absent", "", leftOut}, {"null", "null", leftOut}, {"empty_text", `""`, leftOut}, {"empty_array", "[]", empty}, {"empty_object", "{}", empty},
		{"number", "7", pick(isNumber, another, isText, either)},
		{"text", otherText, pick(isText, another)},
		{"boolean", boolean, pick(isBool, another)},
		{"object", otherObject, pick(isObject, leftOut)},
		{"array", otherArray, pick(isArray, arrayOf)},
	}
	if twice, means := doubled(value); twice != "" {
		out = append(out, deviation{longer, twice, means})
	}
	return out
}

// doubled is a value twice as long; "" where there is no such thing.
func doubled(value any) (string, meaning) {
	means := another
	switch v := value.(type) {
	case string:
		value = v + v
	case json.Number:
		return string(v) + "0", either // 1.0 is 1.00
	case map[string]any:
		more := maps.Clone(v)
		for key, held := range v {
			more["deviating_"+key] = held
		}
		value, means = more, same
	case []any:
		value, means = append(append([]any{}, v...), v...), either // a set has each once
	default:
		return "", same
	}
	out, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(out), means
}
