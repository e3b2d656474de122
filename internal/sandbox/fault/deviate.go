package fault

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// deviate is a JSON body with another value (JSON) at a pointer (RFC 6901), or without it for "". It is the body as it was where
// there is nothing that the pointer could name, or no JSON.
func deviate(body []byte, pointer, value string) []byte {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // numbers stay as they are written
	var document any
	if decoder.Decode(&document) != nil {
		return body
	}
	var steps []string
	if pointer != "" {
		steps = strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	}
	out, err := json.Marshal(replaceAt(document, steps, json.RawMessage(value)))
	if err != nil {
		return body
	}
	return out
}

// unescape reads one step of a pointer.
var unescape = strings.NewReplacer("~1", "/", "~0", "~")

func replaceAt(in any, steps []string, value json.RawMessage) any {
	if len(steps) == 0 {
		return value
	}
	step, last := unescape.Replace(steps[0]), len(steps) == 1
	switch in := in.(type) {
	case map[string]any:
		if _, there := in[step]; last && len(value) == 0 {
			delete(in, step)
		} else if there || last {
			in[step] = replaceAt(in[step], steps[1:], value)
		}
	case []any:
		switch i, err := strconv.Atoi(step); {
		case err != nil || i < 0 || i >= len(in):
		case last && len(value) == 0:
			return slices.Delete(in, i, i+1)
		default:
			in[i] = replaceAt(in[i], steps[1:], value)
		}
	}
	return in
}
