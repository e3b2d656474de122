package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// describe fills the error from the body of an answer that is no success. All published shapes are read leniently, as
// gateways and older deployments answer in others than the documents say:
//
//	Qonto   {"errors":[{"code","detail","source":{"pointer"|"parameter"}}],"trace_id"}, "errors" as an object,
//	        {"code","message","trace_id"}
//	OAuth   {"error","error_description"}
//	Conomy  {"status","code","type","detail","traceId"}, {"statusCode","error","message"}, {"message"}
//	Gigs    {"object":"error","type","message","code","hint","documentation":[],"details":[{"code","message","property","suggestion"}]}
//	Powens  {"code","description","message","request_id": number}
//
// Anything else is kept as text.
func describe(e *Error, body []byte, mask func(string) string) {
	body = bytes.TrimSpace(body)
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&object) == nil && describeObject(e, object) {
		return
	}
	e.Body = readable(mask(string(body))) // before tags are dropped: a secret may look like one
}

// maxFields is as many lines about single fields as a person reads.
const maxFields = 20

// describeObject reports whether it understood anything of the object.
func describeObject(e *Error, object map[string]any) bool {
	if inner, ok := object["error"].(map[string]any); ok {
		describeObject(e, inner)
	}
	e.RequestID = first(e.RequestID, texts(object, "trace_id", "traceId", "request_id", "requestId"))
	e.Code = first(e.Code, texts(object, "code"))
	e.Type = first(e.Type, texts(object, "type"))
	said := texts(object, "detail", "message", "description", "error_description", "title")
	if name, ok := object["error"].(string); ok {
		// OAuth's "error" is a code; Conomy's, beside a message, is the name of the status.
		if _, oauth := object["error_description"]; oauth || len(said) == 0 {
			e.Code = first(e.Code, []string{name})
		} else {
			e.Type = first(e.Type, []string{name})
		}
	}
	if len(said) > 0 {
		e.Message = strings.Join(said, "; ")
	}
	e.Hint = strings.Join(append(texts(object, "hint"), listed(object["documentation"])...), " ")
	describeErrors(e, object["errors"])
	describeErrors(e, object["details"])
	if more := len(e.Fields) - maxFields; more > 0 {
		e.Fields = append(e.Fields[:maxFields], Field{Message: fmt.Sprintf("and %d more", more)})
	}
	return e.Code != "" || e.Type != "" || e.Message != "" || len(e.Fields) > 0
}

// describeErrors reads a list of errors, each an object or text, or one object: a single error, or texts by field name.
func describeErrors(e *Error, value any) {
	switch list := value.(type) {
	case []any:
		for _, item := range list {
			describeItem(e, item)
		}
	case map[string]any:
		if len(texts(list, "message", "detail", "code")) > 0 {
			describeItem(e, list)
			return
		}
		for _, name := range slices.Sorted(maps.Keys(list)) {
			e.Fields = append(e.Fields, Field{Pointer: name, Message: strings.Join(listed(list[name]), "; ")})
		}
	case string:
		describeItem(e, list)
	}
}

// describeItem takes the first error without a field for the error's own, and everything else as a field.
func describeItem(e *Error, item any) {
	object, ok := item.(map[string]any)
	if !ok {
		object = map[string]any{"message": item}
	}
	source, _ := object["source"].(map[string]any)
	field := Field{
		Pointer: first("", append(texts(source, "pointer", "parameter"), texts(object, "property", "field", "path")...)),
		Code:    first("", texts(object, "code")),
		Message: strings.Join(texts(object, "detail", "message", "title", "suggestion"), "; "),
	}
	if e.Message == "" && e.Code == "" {
		e.Code, e.Message = field.Code, field.Message
		if field.Pointer == "" {
			return
		}
	}
	if field != (Field{}) {
		e.Fields = append(e.Fields, field)
	}
}

// texts returns what the keys hold, in this order, without repetition.
func texts(object map[string]any, keys ...string) []string {
	var found []string
	for _, key := range keys {
		for _, text := range listed(object[key]) {
			if !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
	}
	return found
}

// listed returns the texts in a value that is one, a number, or a list of them.
func listed(value any) []string {
	switch v := value.(type) {
	case string:
		if strings.TrimSpace(v) != "" {
			return []string{v}
		}
	case json.Number:
		return []string{v.String()}
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, listed(item)...)
		}
		return all
	}
	return nil
}

func first(known string, found []string) string {
	if len(found) > 0 {
		return found[0]
	}
	return known
}
