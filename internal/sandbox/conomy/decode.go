package conomy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// values are the fields of a JSON object: string, json.Number, []string, []values or values each.
type values = map[string]any

// body reads one request by exact key and type; the first broken rule is kept.
type body struct {
	strict bool // unknown fields are refused
	code   string
	detail string
}

func (b *body) fail(code, detail string) {
	if b.code == "" {
		b.code, b.detail = code, detail
	}
}

// parse reads the whole text as one JSON object, numbers by their own text.
func (b *body) parse(data []byte) values {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var out values
	if err := decoder.Decode(&out); err != nil || out == nil {
		b.fail(codeParsing, "the body is not a JSON object")
		return nil
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		b.fail(codeParsing, "the body goes on after its end")
	}
	return out
}

// read checks an object and keeps the fields that are known.
func (b *body) read(at string, in values, fields []field, closed bool) values {
	out := values{}
	for _, f := range fields {
		where := at + f.name
		raw, there := in[f.name]
		switch {
		case !there && f.required:
			b.fail(codeMissing, where+" is required")
		case there && raw == nil && !f.nullable:
			b.fail(codeInvalid, where+" must not be null")
		case there && raw != nil:
			out[f.name] = b.value(where, raw, f)
		}
	}
	if closed || b.strict {
		for name := range in {
			if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
				b.fail(codeInvalid, at+name+" is not a known field")
			}
		}
	}
	return out
}

func (b *body) value(at string, raw any, f field) any {
	switch f.kind {
	case text:
		if s, ok := raw.(string); ok {
			b.text(at, s, f)
			return s
		}
	case integer:
		if n, ok := raw.(json.Number); ok {
			if _, err := n.Int64(); err == nil {
				return n
			}
		}
	case object:
		if o, ok := raw.(values); ok {
			return b.read(at+".", o, f.of, f.closed)
		}
	case texts, objects:
		if elements, ok := raw.([]any); ok {
			return b.list(at, elements, f)
		}
	}
	b.fail(codeInvalid, fmt.Sprintf("%s must be of type %s", at, f.kind))
	return raw
}

func (b *body) text(at, s string, f field) {
	if f.enum != nil && !slices.Contains(f.enum, s) {
		b.fail(codeInvalid, fmt.Sprintf("%s: %q is not one of the allowed values", at, s))
	}
	if f.amount && !isAmount(s) {
		b.fail(codeInvalid, at+" must be a decimal number as text")
	}
}

func (b *body) list(at string, elements []any, f field) any {
	if len(elements) < f.least {
		b.fail(codeInvalid, fmt.Sprintf("%s must have at least %d elements", at, f.least))
	}
	if f.kind == texts {
		out := []string{}
		for i, raw := range elements {
			s, ok := raw.(string)
			if !ok {
				b.fail(codeInvalid, fmt.Sprintf("%s.%d must be of type string", at, i))
			}
			b.text(fmt.Sprintf("%s.%d", at, i), s, f)
			out = append(out, s)
		}
		return out
	}
	out := []values{}
	for i, raw := range elements {
		o, ok := raw.(values)
		if !ok {
			b.fail(codeInvalid, fmt.Sprintf("%s.%d must be of type object", at, i))
		}
		out = append(out, b.read(fmt.Sprintf("%s.%d.", at, i), o, f.of, f.closed))
	}
	return out
}
