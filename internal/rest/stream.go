package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

const (
	// decoderSlack is what the decoder may hold beyond an element: white space and separators.
	decoderSlack = 4 << 10
	// maxPageStart is how many bytes of an HTML page are read to find its title.
	maxPageStart = 64 << 10
)

// arrayReader reads one response element by element.
type arrayReader struct {
	decoder   *json.Decoder
	fn        func(json.RawMessage) error
	delivered bool // fn was called
}

// streamResponse calls fn for each element of the array under field ("" for a body that is the array, or an object with only one), and decodes the other keys of
// the object into out. An error of fn ends the reading and is returned as a callbackError.
func streamResponse(response *http.Response, field string, fn func(json.RawMessage) error, out any) error {
	if checkContentType(response.Header, nil) != nil {
		start, _ := io.ReadAll(io.LimitReader(response.Body, maxPageStart)) // for the title
		return decodeError{checkContentType(response.Header, start), badBody}
	}
	bounded := &boundedReader{reader: response.Body}
	r := &arrayReader{decoder: json.NewDecoder(bounded), fn: fn}
	bounded.consumed = r.decoder.InputOffset
	rest, err := r.body(field)
	var callback callbackError
	switch {
	case err == nil && out != nil && rest != nil:
		err = decodeRest(rest, out)
	case err == nil, errors.As(err, &callback):
		return err
	case bounded.failed != nil:
		err = bounded.failed // the cause, not what the decoder makes of it
	}
	if err != nil && r.delivered {
		return decodeError{err, notRetryable}
	}
	return err
}

// body reads the whole body and returns the object's other keys; nil without a field.
func (r *arrayReader) body(field string) (map[string]json.RawMessage, error) {
	if field == "" {
		if err := r.onlyArray(); err != nil {
			return nil, err
		}
		return nil, r.end()
	}
	if err := r.delim('{', "an object"); err != nil {
		return nil, err
	}
	rest, found, size := map[string]json.RawMessage{}, false, 0
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return nil, jsonError(err)
		}
		key, _ := token.(string) // the decoder has made sure of it
		if key == field && !found {
			found = true
			if err := r.elements(); err != nil {
				return nil, err
			}
			continue
		}
		value, err := r.value()
		if err != nil {
			return nil, err
		}
		if size += len(key) + len(value); size > MaxElement {
			return nil, decodeError{errTooLarge, badBody}
		}
		rest[key] = value
	}
	if err := r.delim('}', "the end of the object"); err != nil {
		return nil, err
	}
	if !found {
		return nil, decodeError{fmt.Errorf("it has no %q", field), badBody}
	}
	return rest, r.end()
}

// onlyArray reads a body that is an array, or an object that holds exactly one: the list of a vendor that wraps it.
func (r *arrayReader) onlyArray() error {
	token, err := r.decoder.Token()
	if err != nil || token != json.Delim('{') {
		return r.elementsAfter(token, err)
	}
	found := false
	for r.decoder.More() {
		_, err := r.decoder.Token() // the key
		if err == nil {
			token, err = r.decoder.Token()
		}
		switch {
		case err != nil:
			return jsonError(err)
		case token == json.Delim('{'):
			err = r.skipObject()
		case token == json.Delim('[') && found:
			return decodeError{errors.New("it has more than one array"), badBody}
		case token == json.Delim('['):
			found, err = true, r.elementsAfter(token, nil)
		}
		if err != nil {
			return err
		}
	}
	if !found {
		return r.elementsAfter(json.Delim('{'), nil)
	}
	return r.delim('}', "the end of the object")
}

// skipObject reads to the end of an object that has begun.
func (r *arrayReader) skipObject() error {
	for depth := 1; depth > 0; {
		switch token, err := r.decoder.Token(); {
		case err != nil:
			return jsonError(err)
		case token == json.Delim('{') || token == json.Delim('['):
			depth++
		case token == json.Delim('}') || token == json.Delim(']'):
			depth--
		}
	}
	return nil
}

// elements reads one array, or null for an empty one.
func (r *arrayReader) elements() error { return r.elementsAfter(r.decoder.Token()) }

// elementsAfter is elements after its first token.
func (r *arrayReader) elementsAfter(token json.Token, err error) error {
	if err != nil {
		return jsonError(err)
	}
	if token == nil {
		return nil
	}
	if token != json.Delim('[') {
		return decodeError{errors.New("it has no array where the elements should be"), badBody}
	}
	for r.decoder.More() {
		element, err := r.value()
		if err != nil {
			return err
		}
		r.delivered = true
		if err := r.fn(element); err != nil {
			return callbackError{err}
		}
	}
	return r.delim(']', "the end of the array")
}

func (r *arrayReader) value() (json.RawMessage, error) {
	var raw json.RawMessage // a new one each time: it may be kept
	if err := r.decoder.Decode(&raw); err != nil {
		return nil, jsonError(err)
	}
	if len(raw) > MaxElement {
		return nil, decodeError{errTooLarge, badBody}
	}
	return raw, nil
}

func (r *arrayReader) delim(want json.Delim, name string) error {
	token, err := r.decoder.Token()
	if err != nil {
		return jsonError(err)
	}
	if token != want {
		return decodeError{fmt.Errorf("it has something else in place of %s", name), badBody}
	}
	return nil
}

func (r *arrayReader) end() error {
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return decodeError{errTrailing, badBody}
	}
	return nil
}

func decodeRest(rest map[string]json.RawMessage, out any) error {
	body, err := json.Marshal(rest)
	if err != nil {
		return jsonError(err)
	}
	return decodeJSON(body, out)
}

// boundedReader keeps the decoder from buffering more than one element.
type boundedReader struct {
	reader   io.Reader
	consumed func() int64 // by the decoder, up to the last token it has returned
	read     int64
	failed   error
}

func (b *boundedReader) Read(p []byte) (int, error) {
	room := MaxElement + decoderSlack - (b.read - b.consumed())
	if room <= 0 {
		b.failed = decodeError{errTooLarge, badBody}
		return 0, b.failed
	}
	n, err := b.reader.Read(p[:min(int64(len(p)), room)])
	b.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		b.failed = err
	}
	return n, err
}
