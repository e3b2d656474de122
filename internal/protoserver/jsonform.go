package protoserver

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// jsonForm skips a value as an engine writes one of a type as JSON, and reports whether it is one: of an object every attribute and no
// other, in the order of their names. A stored state of that form can be returned to the engine as it is, which takes a tenth of the time
// of decoding and encoding it.
type jsonForm func(text *scanner) bool

// matches reports whether a JSON text has the form.
func matches(form jsonForm, text []byte) bool {
	s := scanner(text)
	return json.Valid(text) && form(&s)
}

// formOf returns the form of a type. A type that links do not have matches nothing.
func formOf(t tftypes.Type) jsonForm {
	switch of := t.(type) {
	case tftypes.Object:
		return objectForm(of)
	case tftypes.List:
		return collectionForm(`[`, `]`, of.ElementType)
	case tftypes.Set:
		return collectionForm(`[`, `]`, of.ElementType)
	case tftypes.Map:
		return collectionForm(`{`, `}`, of.ElementType)
	}
	switch {
	case t.Is(tftypes.String):
		return func(s *scanner) bool { return s.skip("null") || s.scalar(`"`) }
	case t.Is(tftypes.Bool):
		return func(s *scanner) bool { return s.skip("null") || s.scalar("tf") }
	case t.Is(tftypes.Number):
		return func(s *scanner) bool { return s.skip("null") || s.scalar("-0123456789") }
	}
	return func(*scanner) bool { return false }
}

func objectForm(t tftypes.Object) jsonForm {
	names := slices.Sorted(maps.Keys(t.AttributeTypes))
	forms := make([]jsonForm, len(names))
	for i, name := range names {
		names[i], forms[i] = `"`+name+`"`, formOf(t.AttributeTypes[name])
	}
	return func(s *scanner) bool {
		if s.skip("null") {
			return true
		}
		if !s.skip("{") {
			return false
		}
		for i, name := range names {
			if i > 0 && !s.skip(",") || !s.skip(name) || !s.skip(":") || !forms[i](s) {
				return false
			}
		}
		return s.skip("}")
	}
}

func collectionForm(open, end string, elementType tftypes.Type) jsonForm {
	element := formOf(elementType)
	return func(s *scanner) bool {
		if s.skip("null") {
			return true
		}
		if !s.skip(open) {
			return false
		}
		for !s.skip(end) {
			if open == `{` && !(s.scalar(`"`) && s.skip(":")) || !element(s) {
				return false
			}
			s.skip(",")
		}
		return true
	}
}

// scanner is what is left of a valid JSON text.
type scanner []byte

// skip skips white space, and what follows if it is next.
func (s *scanner) skip(next string) bool {
	*s = bytes.TrimLeft(*s, " \t\r\n")
	rest, ok := bytes.CutPrefix(*s, []byte(next))
	if ok {
		*s = rest
	}
	return ok
}

// scalar skips a text, a number or a boolean that begins with one of the characters of first.
func (s *scanner) scalar(first string) bool {
	s.skip("")
	in := *s
	if len(in) == 0 || strings.IndexByte(first, in[0]) < 0 {
		return false
	}
	end := 1
	if in[0] == '"' {
		for end < len(in) && in[end] != '"' {
			if in[end] == '\\' {
				end++
			}
			end++
		}
		end++
	} else {
		end = bytes.IndexAny(in, ",]} \t\r\n")
	}
	if end < 0 || end > len(in) {
		return false
	}
	*s = in[end:]
	return true
}
