package gigs

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// body reads one request's JSON by exact key and type; encoding/json alone would take "Invoice" for "invoice". All that
// is wrong is collected and refused with 400 (2.5).
type body struct{ wrong []errorDetail }

// reader is a JSON object at a place such as "ebanx.user".
type reader struct {
	body   *body
	place  string
	fields map[string]json.RawMessage
}

var errNotOneObject = errors.New("the body must be one JSON object")

// parse reads the whole text as one JSON object.
func parse(data []byte) (reader, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	out := reader{body: &body{}}
	if err := decoder.Decode(&out.fields); err != nil {
		return out, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) || out.fields == nil {
		return out, errNotOneObject
	}
	return out, nil
}

func malformed(err error) vendorapi.Reply {
	return refuse(http.StatusBadRequest, apiError{Type: typeMalformed, Message: "The request body is not valid JSON: " + err.Error()})
}

func (o reader) at(key string) string {
	if o.place == "" {
		return key
	}
	return o.place + "." + key
}

func (o reader) note(key, code, message string) {
	o.body.wrong = append(o.body.wrong, errorDetail{Code: code, Message: message, Property: o.at(key)})
}

// allow notes every other key (row 3 and 2.5: the API rejects rather than repairs).
func (o reader) allow(keys ...string) {
	for key := range o.fields {
		if !slices.Contains(keys, key) {
			o.note(key, codeUnknown, "Unknown property")
		}
	}
}

// text is a string that may be left out, but not null; nil when it is absent or wrong.
func (o reader) text(key string) *string {
	raw, ok := o.fields[key]
	if !ok {
		return nil
	}
	var text *string
	if json.Unmarshal(raw, &text) != nil || text == nil {
		o.note(key, codeInvalid, "Must be a string")
		return nil
	}
	return text
}

// required is a string that must be there and not empty.
func (o reader) required(key string) string {
	if _, ok := o.fields[key]; !ok {
		o.note(key, codeRequired, "Is required")
		return ""
	}
	text := o.text(key)
	if text == nil {
		return ""
	}
	if *text == "" {
		o.note(key, codeInvalid, "Must not be empty")
	}
	return *text
}

// child is a required object; without fields when there is none.
func (o reader) child(key string) reader {
	out := reader{body: o.body, place: o.at(key)}
	raw, ok := o.fields[key]
	switch {
	case !ok:
		o.note(key, codeRequired, "Is required")
	case json.Unmarshal(raw, &out.fields) != nil || out.fields == nil:
		o.note(key, codeInvalid, "Must be an object")
	}
	return out
}

// refusal is the 400 for what is wrong, if anything is. Keys of a JSON object have no order, so that it gets one here.
func (b *body) refusal() (vendorapi.Reply, bool) {
	if len(b.wrong) == 0 {
		return vendorapi.Reply{}, false
	}
	slices.SortFunc(b.wrong, func(x, y errorDetail) int { return bytes.Compare([]byte(x.Property), []byte(y.Property)) })
	return refuse(http.StatusBadRequest, apiError{Type: typeInvalid, Message: "The request is invalid", Details: b.wrong}), true
}
