package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// parseErrorBody fills the error from the body of a response that is no success. It reads every shape that the vendors publish, and
// reads them leniently: gateways and older deployments use other shapes than the documents say.
//
//	{"errors":[{"code","detail","source":{"pointer"|"parameter"}}],"trace_id"}, and "errors" as an object or as texts
//	{"object":"error","type","message","code","hint","documentation":[],"details":[{"code","message","property","suggestion"}]}
//	{"status","code","type","detail","traceId"}
//	{"code","description"|"message","trace_id"|"request_id": text or number}
//	{"statusCode","error","message": text or texts}
//	{"error","error_description"} (OAuth 2.0), {"error":{...}}, {"message"}
//
// Anything else is kept as text.
func parseErrorBody(e *Error, body []byte, redactor *redact.Redactor) {
	body = bytes.TrimSpace(body)
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	// Each text is redacted by itself, before texts are joined: a vendor may have cut one within a secret.
	if decoder.Decode(&object) == nil && parseErrorObject(e, mapTexts(object, func(text string) any { return redactor.Redact(text) }).(map[string]any)) {
		return
	}
	e.Body = redact.PlainText(redactor.Redact(string(body))) // before tags are dropped: a secret may look like one
}

// mapTexts returns a JSON value with what f makes of each text in it, and changes it.
func mapTexts(value any, f func(text string) any) any {
	switch value := value.(type) {
	case string:
		return f(value)
	case []any:
		for i := range value {
			value[i] = mapTexts(value[i], f)
		}
	case map[string]any:
		for key := range value {
			value[key] = mapTexts(value[key], f)
		}
	}
	return value
}

// maxFields is how many fields an error shows.
const maxFields = 20

// parseErrorObject reports whether it understood anything of the object.
func parseErrorObject(e *Error, object map[string]any) bool {
	if inner, ok := object["error"].(map[string]any); ok {
		parseErrorObject(e, inner)
	}
	e.RequestID = firstOr(e.RequestID, stringsAt(object, "trace_id", "traceId", "request_id", "requestId"))
	e.Code = firstOr(e.Code, stringsAt(object, "code"))
	e.Type = firstOr(e.Type, stringsAt(object, "type"))
	messages := stringsAt(object, "detail", "message", "description", "error_description", "title")
	if name, ok := object["error"].(string); ok {
		// OAuth uses it for a code; others put the name of the status there, beside a message.
		if _, oauth := object["error_description"]; oauth || len(messages) == 0 {
			e.Code = firstOr(e.Code, []string{name})
		} else {
			e.Type = firstOr(e.Type, []string{name})
		}
	}
	if len(messages) > 0 {
		e.Message = strings.Join(messages, "; ")
	}
	e.Hint = strings.Join(append(stringsAt(object, "hint"), stringsIn(object["documentation"])...), " ")
	parseErrorList(e, object["errors"])
	parseErrorList(e, object["details"])
	if more := len(e.Fields) - maxFields; more > 0 {
		e.Fields = append(e.Fields[:maxFields], Field{Message: fmt.Sprintf("and %d more", more)})
	}
	return e.Code != "" || e.Type != "" || e.Message != "" || len(e.Fields) > 0
}

// parseErrorList reads a list of errors, each an object or text, or one object: a single error, or texts by field name.
func parseErrorList(e *Error, value any) {
	switch list := value.(type) {
	case []any:
		for _, item := range list {
			parseErrorItem(e, item)
		}
	case map[string]any:
		if len(stringsAt(list, "message", "detail", "code")) > 0 {
			parseErrorItem(e, list)
			return
		}
		for _, name := range slices.Sorted(maps.Keys(list)) {
			e.Fields = append(e.Fields, Field{Pointer: name, Message: strings.Join(stringsIn(list[name]), "; ")})
		}
	case string:
		parseErrorItem(e, list)
	}
}

// parseErrorItem adds one error of a list to the fields. If the error has no code and message yet, it takes this one's; then an item
// that names no field is not added.
func parseErrorItem(e *Error, item any) {
	object, ok := item.(map[string]any)
	if !ok {
		object = map[string]any{"message": item}
	}
	source, _ := object["source"].(map[string]any)
	field := Field{
		Pointer: firstOr("", append(stringsAt(source, "pointer", "parameter"), stringsAt(object, "property", "field", "path")...)),
		Code:    firstOr("", stringsAt(object, "code")),
		Message: strings.Join(stringsAt(object, "detail", "message", "title", "suggestion"), "; "),
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

// stringsAt returns the texts at the keys, in this order, without repetition.
func stringsAt(object map[string]any, keys ...string) []string {
	var found []string
	for _, key := range keys {
		for _, text := range stringsIn(object[key]) {
			if !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
	}
	return found
}

// stringsIn returns the texts in a value: a text, a number, or a list of them.
func stringsIn(value any) []string {
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
			all = append(all, stringsIn(item)...)
		}
		return all
	}
	return nil
}

func firstOr(known string, found []string) string {
	if len(found) > 0 {
		return found[0]
	}
	return known
}
