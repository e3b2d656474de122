package protoserver

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// jsonForm is how an engine writes a value of one type as JSON. A stored state of that form can be returned to the engine as it is, which
// takes a tenth of the time of decoding and encoding it.
type jsonForm struct {
	open, end string   // of an object, a map, a list or a set
	names     []string // of an object's attributes, quoted, in their order
	of        []*jsonForm
	element   *jsonForm // of a map, a list or a set
	first     string    // what a text, a number or a boolean begins with
}

// formOf returns the form of a type; nil for a type that links do not have.
func formOf(t tftypes.Type) *jsonForm {
	switch t := t.(type) {
	case tftypes.Object:
		out := &jsonForm{open: `{`, end: `}`}
		for _, name := range slices.Sorted(maps.Keys(t.AttributeTypes)) {
			of := formOf(t.AttributeTypes[name])
			if of == nil {
				return nil
			}
			out.names, out.of = append(out.names, `"`+name+`"`), append(out.of, of)
		}
		return out
	case tftypes.List:
		return collectionForm(`[`, `]`, t.ElementType)
	case tftypes.Set:
		return collectionForm(`[`, `]`, t.ElementType)
	case tftypes.Map:
		return collectionForm(`{`, `}`, t.ElementType)
	}
	switch {
	case t.Is(tftypes.String):
		return &jsonForm{first: `"`}
	case t.Is(tftypes.Bool):
		return &jsonForm{first: "tf"}
	case t.Is(tftypes.Number):
		return &jsonForm{first: "-0123456789"}
	}
	return nil
}

func collectionForm(open, end string, element tftypes.Type) *jsonForm {
	if of := formOf(element); of != nil {
		return &jsonForm{open: open, end: end, element: of}
	}
	return nil
}

// matches reports whether a JSON text has the form: every attribute of each object and no other, in the order of their names.
func (f *jsonForm) matches(text []byte) bool {
	if f == nil || !json.Valid(text) {
		return false
	}
	s := formScanner(text)
	return s.value(f)
}

// formScanner is what is left of a valid JSON text.
type formScanner []byte

func (s *formScanner) value(f *jsonForm) bool {
	switch {
	case s.skip("null"):
		return true
	case f.first != "":
		return s.scalar(f.first)
	case !s.skip(f.open):
		return false
	case f.element != nil:
		for !s.skip(f.end) {
			if f.open == `{` && !(s.scalar(`"`) && s.skip(":")) || !s.value(f.element) {
				return false
			}
			s.skip(",")
		}
		return true
	}
	for i, name := range f.names {
		if i > 0 && !s.skip(",") || !s.skip(name) || !s.skip(":") || !s.value(f.of[i]) {
			return false
		}
	}
	return s.skip(f.end)
}

// skip skips white space, and what follows if it is next.
func (s *formScanner) skip(next string) bool {
	*s = bytes.TrimLeft(*s, " \t\r\n")
	rest, ok := bytes.CutPrefix(*s, []byte(next))
	if ok {
		*s = rest
	}
	return ok
}

// scalar skips a text, a number or a boolean that begins with one of the characters of first.
func (s *formScanner) scalar(first string) bool {
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
