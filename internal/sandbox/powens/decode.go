package powens

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// body reads one request's JSON by exact key and type. encoding/json alone would not do: it takes "Label" for "label". The
// error format has room for one thing that is wrong (2.4): the first is kept.
type body struct {
	strict bool // unknown keys are refused (row 27)
	broken *violation
}

type violation struct{ code, description string }

// object is a JSON object under a name such as "payer_identity", empty for the body itself.
type object struct {
	body   *body
	name   string
	fields map[string]json.RawMessage
}

// fail notes what is wrong.
func (b *body) fail(code, description string) {
	if b.broken == nil {
		b.broken = &violation{code, description}
	}
}

// parse reads the whole text as one JSON object.
func (b *body) parse(data []byte) object {
	o := object{body: b}
	decoder := json.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&o.fields); err != nil || o.fields == nil {
		b.fail(codeInvalid, "the body is not a JSON object")
		return o
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		b.fail(codeInvalid, "the body goes on after its end")
	}
	return o
}

// kindOf names the type of a JSON text; of none at all it is "absent".
func kindOf(raw json.RawMessage) string {
	trimmed := bytes.TrimSpace(raw)
	if len(trimmed) == 0 {
		return "absent"
	}
	switch trimmed[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		return "number"
	}
}

func (o object) path(key string) string {
	if o.name == "" {
		return key
	}
	return o.name + "." + key
}

func (o object) has(key string) bool {
	_, ok := o.fields[key]
	return ok
}

// require refuses a missing key, whatever its value would be (rows 14 and 16).
func (o object) require(key string) bool {
	if !o.has(key) {
		o.body.fail(codeMissing, o.path(key)+" is missing")
	}
	return o.has(key)
}

func (o object) violate(key, rule string) { o.body.fail(codeInvalid, o.path(key)+" "+rule) }

// allow refuses other keys.
func (o object) allow(keys ...string) {
	if !o.body.strict {
		return
	}
	for key := range o.fields {
		if !slices.Contains(keys, key) {
			o.body.fail(codeInvalid, o.path(key)+" is unknown")
		}
	}
}

// read decodes a field of one kind; an absent one leaves target alone, another kind, null included, is refused.
func (o object) read(key, kind string, target any) {
	switch is := kindOf(o.fields[key]); {
	case is == "absent":
	case is != kind:
		o.violate(key, "must be of type "+kind+", not "+is)
	default:
		if err := json.Unmarshal(o.fields[key], target); err != nil {
			o.violate(key, "cannot be read")
		}
	}
}

func (o object) text(key string) (text string) {
	o.read(key, "string", &text)
	return text
}

func (o object) flag(key string) (flag bool) {
	o.read(key, "boolean", &flag)
	return flag
}

// number is a JSON number's own text.
func (o object) number(key string) string {
	var number json.Number
	o.read(key, "number", &number)
	return number.String()
}

// child is the object under a key; not ok when it is absent, null or something else, which is refused.
func (o object) child(key string, nullable bool) (object, bool) {
	child := object{body: o.body, name: o.path(key)}
	if kindOf(o.fields[key]) == "null" && nullable {
		return child, false
	}
	o.read(key, "object", &child.fields)
	return child, child.fields != nil
}

// wantJSON refuses another content type (1.3); the code is our own choice.
func (s *Server) wantJSON(call *vendorapi.Call) (vendorapi.Reply, bool) {
	if media, _, err := mime.ParseMediaType(call.Header.Get("Content-Type")); err == nil && media == "application/json" {
		return vendorapi.Reply{}, false
	}
	return s.refuse(http.StatusBadRequest, codeInvalid, "the content type must be application/json"), true
}
