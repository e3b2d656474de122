package protoserver

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// jsonForm is how an engine writes a value of one type as JSON. A stored state of that form can be returned to the engine as it is, which
// takes a tenth of the time of decoding and encoding it.
type jsonForm struct {
	object bool
	names  [][]byte // of an object's attributes, quoted, in their order
	of     []*jsonForm
	list   *jsonForm // of the elements of a list or set; nil for another type
	first  string    // what a text, a number or a boolean begins with; "" for any other type
}

// formOf returns the form of a type; nil for a type that links do not have.
func formOf(t tftypes.Type) *jsonForm {
	switch t := t.(type) {
	case tftypes.Object:
		out := &jsonForm{object: true}
		for _, name := range slices.Sorted(maps.Keys(t.AttributeTypes)) {
			of := formOf(t.AttributeTypes[name])
			if of == nil {
				return nil
			}
			out.names, out.of = append(out.names, []byte(`"`+name+`"`)), append(out.of, of)
		}
		return out
	case tftypes.List:
		return listForm(t.ElementType)
	case tftypes.Set:
		return listForm(t.ElementType)
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

func listForm(element tftypes.Type) *jsonForm {
	if of := formOf(element); of != nil {
		return &jsonForm{list: of}
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
	case s.skip([]byte("null")):
		return true
	case f.object:
		if !s.skip([]byte("{")) {
			return false
		}
		for i, name := range f.names {
			if i > 0 && !s.skip([]byte(",")) || !s.skip(name) || !s.skip([]byte(":")) || !s.value(f.of[i]) {
				return false
			}
		}
		return s.skip([]byte("}"))
	case f.list != nil:
		if !s.skip([]byte("[")) {
			return false
		}
		for !s.skip([]byte("]")) {
			if !s.value(f.list) {
				return false
			}
			s.skip([]byte(","))
		}
		return true
	}
	return s.scalar(f.first)
}

// skip skips white space, and what follows if it is next.
func (s *formScanner) skip(next []byte) bool {
	*s = bytes.TrimLeft(*s, " \t\r\n")
	rest, ok := bytes.CutPrefix(*s, next)
	if ok {
		*s = rest
	}
	return ok
}

// scalar skips a text, a number or a boolean that begins with one of the characters of first.
func (s *formScanner) scalar(first string) bool {
	in := *s
	if len(in) == 0 || !bytes.ContainsRune([]byte(first), rune(in[0])) {
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
