package qonto

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// body reads one request's JSON by exact key and type. encoding/json alone would not do: it takes "Title" for "title".
// Wrong types make the whole body 400 in the words of Go's encoding/json, as was observed (section 2.4, row 20); broken
// rules are collected for a 422.
type body struct {
	strict   bool
	mismatch error
	broken   []apiError
}

// object is a JSON object at a pointer such as "/payment_link/items/0".
type object struct {
	body    *body
	pointer string
	fields  map[string]json.RawMessage
}

// parse reads the whole text as one JSON object.
func (b *body) parse(data []byte) object {
	decoder := json.NewDecoder(bytes.NewReader(data))
	var raw json.RawMessage
	if err := decoder.Decode(&raw); err != nil {
		b.fail(err)
		return object{body: b}
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		b.fail(errors.New("invalid character after top-level value"))
	}
	return b.object("", raw)
}

// fail notes the first reason for a 400.
func (b *body) fail(err error) {
	if b.mismatch == nil {
		b.mismatch = err
	}
}

// violate notes a broken rule, for a 422.
func (b *body) violate(pointer, code, detail string) {
	b.broken = append(b.broken, at(pointer, code, detail))
}

func (b *body) object(pointer string, raw json.RawMessage) object {
	o := object{body: b, pointer: pointer}
	if b.wants(pointer, raw, "object", "struct") {
		if err := json.Unmarshal(raw, &o.fields); err != nil {
			b.fail(err)
		}
	}
	return o
}

// wants tells whether raw is of a JSON kind; if not, the body is refused in Go's words.
func (b *body) wants(pointer string, raw json.RawMessage, kind, goType string) bool {
	if kindOf(raw) == kind {
		return true
	}
	var names []string
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if name != "" && !isIndex(name) {
			names = append(names, name)
		}
	}
	where := "value"
	if len(names) > 0 {
		where = "struct field CreatePaymentLinkRequest." + strings.Join(names, ".")
	}
	b.fail(fmt.Errorf("json: cannot unmarshal %s into Go %s of type %s", kindOf(raw), where, goType))
	return false
}

func isIndex(name string) bool {
	return strings.Trim(name, "0123456789") == ""
}

// kindOf names the type of a JSON text; an empty one is "null".
func kindOf(raw json.RawMessage) string {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 {
		return "null"
	}
	switch trimmed[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	case 'n':
		return "null"
	default:
		return "number"
	}
}

// has tells whether a key is there and not null.
func (o object) has(key string) bool { return kindOf(o.fields[key]) != "null" }

// require notes a missing key.
func (o object) require(key string) bool {
	if o.has(key) {
		return true
	}
	o.violate(key, codeInvalid, key+" is required")
	return false
}

func (o object) violate(key, code, detail string) { o.body.violate(o.pointer+"/"+key, code, detail) }

// allow refuses other keys where unknown fields are refused (row 19).
func (o object) allow(keys ...string) {
	if !o.body.strict {
		return
	}
	for key := range o.fields {
		if !slices.Contains(keys, key) {
			o.body.fail(fmt.Errorf("json: unknown field %q", key))
		}
	}
}

// read decodes a field of a kind into target, and leaves target alone when the field is absent, null or of another kind.
func (o object) read(key, kind, goType string, target any) {
	raw := o.fields[key]
	if !o.has(key) || !o.body.wants(o.pointer+"/"+key, raw, kind, goType) {
		return
	}
	if err := json.Unmarshal(raw, target); err != nil {
		o.body.fail(err)
	}
}

func (o object) text(key string) (text string) {
	o.read(key, "string", "string", &text)
	return text
}

func (o object) optionalText(key string) *string {
	if !o.has(key) {
		return nil
	}
	text := o.text(key)
	return &text
}

func (o object) flag(key string) (flag bool) {
	o.read(key, "bool", "bool", &flag)
	return flag
}

// number is a JSON number's own text.
func (o object) number(key string) string {
	var number json.Number
	o.read(key, "number", "float64", &number)
	return number.String()
}

// child is the object under a key; without fields when there is none.
func (o object) child(key string) object {
	if !o.has(key) {
		return object{body: o.body, pointer: o.pointer + "/" + key}
	}
	return o.body.object(o.pointer+"/"+key, o.fields[key])
}

// elements are the raw elements of the array under a key.
func (o object) elements(key, goType string) (elements []json.RawMessage) {
	o.read(key, "array", goType, &elements)
	return elements
}
