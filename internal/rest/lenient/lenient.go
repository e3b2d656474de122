// Package lenient decodes JSON answers of vendors whose documents are not complete. A value of another JSON type than the target's is
// taken where its meaning is plain, else it counts as left out, and its field is named. One odd field never costs the whole answer.
//
// Plain is: a number for a text (its digits, as they were written), a text that holds a number for a number, "true" and "false" for a
// boolean, [] for an object without keys and {} for an array without elements, and "" for anything that is no text and is left out.
// null is absent. Keys are compared case-sensitively: an "ID" beside an "id" is another field.
//
// An array counts as left out as a whole if one of its elements cannot be read: a shorter one would be another value.
//
// A text of the target that is tagged `lenient:"decimal"` takes only what is a number, as a number or as a text, without an exponent.
//
// The target decides who hears of it. What a struct that embeds [Unread] cannot read is noted there, and is no error. Without an
// Unread above it, it is an error: a cursor that cannot be read must not end a list in silence.
package lenient

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Unread is embedded in what an answer is decoded into, and holds the fields of it that could not be read.
type Unread struct{ fields []string }

// UnreadFields returns the paths of the fields that could not be read, in the answer's own names ("items[0].vat_rate"), in the
// answer's order; "" is the whole. They are the zero value.
func (u Unread) UnreadFields() []string { return u.fields }

// CouldRead reports whether nothing at or below the path, such as "amount", failed to be read.
func (u Unread) CouldRead(path string) bool {
	for _, field := range u.fields {
		if after, ok := strings.CutPrefix(field, path); field == "" || ok && (after == "" || after[0] == '.' || after[0] == '[') {
			return false
		}
	}
	return true
}

// Fields returns the UnreadFields of an answer; nil for one that embeds no Unread.
func Fields(answer any) []string {
	if unread, ok := answer.(interface{ UnreadFields() []string }); ok {
		return unread.UnreadFields()
	}
	return nil
}

// Unmarshal decodes one JSON value into out, a pointer to a struct or to any other type that does not contain itself. It returns an
// error for what is no JSON, and for what could not be read and has no Unread to note it.
func Unmarshal(data []byte, out any) error {
	if !json.Valid(data) {
		var raw json.RawMessage
		return json.Unmarshal(data, &raw) // for its error
	}
	target := reflect.ValueOf(out)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return errors.New("the target is no pointer")
	}
	p := planOf(target.Type().Elem())
	if p.kind != custom {
		target.Elem().SetZero() // it may hold what an attempt before could read
	}
	c := &cursor{data: data}
	unread, ok := c.value(p, target.Elem())
	if c.failed != nil {
		return c.failed
	}
	if !ok {
		unread = p.note(target.Elem(), []string{""})
	}
	if len(unread) == 0 {
		return nil
	}
	if unread[0] == "" {
		return errors.New("it is of another type than expected")
	}
	return fmt.Errorf("%s cannot be read", strings.Join(unread, ", "))
}

// note notes paths in the Unread of an object, and returns those that have none.
func (p *plan) note(target reflect.Value, unread []string) []string {
	if p.unread == nil || len(unread) == 0 {
		return unread
	}
	embedded, _ := target.FieldByIndex(p.unread).Addr().Interface().(*Unread)
	embedded.fields = unread
	return nil
}

// value decodes the next value into target, which is zero. It returns the paths below it that could not be read, and false if the
// value itself could not: then target is zero again.
func (c *cursor) value(p *plan, target reflect.Value) (unread []string, ok bool) {
	start := c.next()
	if p.kind == custom {
		return nil, c.custom(target)
	}
	switch {
	case start == 'n', start == '"' && !p.takesText && bytes.HasPrefix(c.data[c.at:], []byte(`""`)):
		c.skip()
		return nil, true
	case p.kind == pointer:
		inner := reflect.New(target.Type().Elem())
		if unread, ok = c.value(p.elem, inner.Elem()); ok {
			target.Set(inner)
		}
		return unread, ok
	case p.kind == object && start == '{':
		return c.object(p, target), true
	case p.kind == array && start == '[':
		return c.array(p, target), true
	case p.kind == object || p.kind == mapping, p.kind == array:
		return nil, c.emptyOther(p, target, start)
	}
	return nil, c.scalar(p, target, start)
}

// custom lets the target decode the value itself.
func (c *cursor) custom(target reflect.Value) bool {
	decoder, _ := target.Addr().Interface().(json.Unmarshaler)
	raw := c.skip()
	if c.depth > 0 && (string(raw) == "null" || string(raw) == `""`) {
		return true
	}
	err := decoder.UnmarshalJSON(raw)
	if err == nil {
		return true
	}
	if c.depth == 0 { // an answer that says itself what it takes
		c.failed = err
		return false
	}
	target.SetZero()
	return false
}

// emptyOther takes [] for an object and {} for an array, and a map as encoding/json does.
func (c *cursor) emptyOther(p *plan, target reflect.Value, start byte) bool {
	raw := c.skip()
	if p.kind == mapping && start == '{' {
		return fallback(raw, target)
	}
	return (start == '[' || start == '{') && len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0
}

func (c *cursor) object(p *plan, target reflect.Value) (unread []string) {
	c.depth++
	for c.elements() {
		f, ok := p.fields[string(c.key())]
		if !ok {
			c.next()
			c.skip()
			continue
		}
		at := target.FieldByIndex(f.index)
		at.SetZero() // a key that comes twice
		unread = append(unread, c.part(f.name, f.plan, at)...)
	}
	c.depth--
	return p.note(target, unread)
}

func (c *cursor) array(p *plan, target reflect.Value) (unread []string) {
	c.depth++
	whole := true
	for i := 0; c.elements(); i++ {
		target.Grow(1)
		target.SetLen(i + 1)
		isNull := c.next() == 'n'
		below, ok := c.value(p.elem, target.Index(i))
		if !ok || isNull {
			below, whole = []string{""}, false
		}
		for _, path := range below {
			unread = append(unread, join(fmt.Sprintf("[%d]", i), path))
		}
	}
	c.depth--
	switch {
	case !whole:
		target.SetZero()
	case target.IsNil(): // [] is not left out
		target.Set(reflect.MakeSlice(target.Type(), 0, 0))
	}
	return unread
}

// part is value for a field; the paths have its name.
func (c *cursor) part(name string, p *plan, target reflect.Value) (unread []string) {
	below, ok := c.value(p, target)
	if !ok {
		return []string{name}
	}
	for _, path := range below {
		unread = append(unread, join(name, path))
	}
	return unread
}

func join(name, below string) string {
	if below == "" || below[0] == '[' {
		return name + below
	}
	return name + "." + below
}
