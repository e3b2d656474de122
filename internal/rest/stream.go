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
func streamResponse(response *http.Response, usable filter, field string, fn func(json.RawMessage) error, out any) error {
	if checkContentType(response.Header, nil) != nil {
		start, _ := io.ReadAll(io.LimitReader(response.Body, maxPageStart)) // for the title
		return decodeError{checkContentType(response.Header, start), badBody}
	}
	bounded := &boundedReader{reader: response.Body}
	r := &arrayReader{decoder: json.NewDecoder(bounded), fn: func(raw json.RawMessage) error { return fn(usable(raw)) }}
	r.decoder.UseNumber()
	bounded.consumed = r.decoder.InputOffset
	rest, err := r.body(field)
	var callback callbackError
	switch {
	case err == nil && out != nil && rest != nil:
		err = decodeRest(rest, usable, out)
	case err == nil, errors.As(err, &callback):
		return err
	case bounded.failed != nil:
		err = bounded.failed // the cause, not what the decoder makes of it
	}
	if err != nil && r.delivered {
		var wrong decodeError
		if errors.As(err, &wrong) {
			err = wrong.err // it says already that it cannot be read
		}
		return decodeError{err, notRetryable}
	}
	return err
}

// body reads the whole body and returns the object's other keys; nil without an object.
func (r *arrayReader) body(field string) (map[string]json.RawMessage, error) {
	rest, err := r.arrayIn(field)
	if err != nil {
		return nil, err
	}
	return rest, r.end()
}

func (r *arrayReader) arrayIn(field string) (map[string]json.RawMessage, error) {
	if field == "" {
		return r.onlyArray()
	}
	if err := r.delim('{', "an object"); err != nil {
		return nil, err
	}
	found := false
	rest, err := r.object(func(key string) (json.RawMessage, error) {
		switch {
		case key != field:
			return r.value()
		case found: // which of them counts?
			return nil, decodeError{fmt.Errorf("it has %q twice", field), badBody}
		}
		found = true
		return nil, r.elements()
	})
	if err == nil && !found {
		err = decodeError{fmt.Errorf("it has no %q", field), badBody}
	}
	return rest, err
}

// onlyArray reads a body that is an array, or an object that holds exactly one: the list of a vendor that wraps it. It returns the
// object's other keys.
func (r *arrayReader) onlyArray() (map[string]json.RawMessage, error) {
	token, err := r.decoder.Token()
	if err != nil || token != json.Delim('{') {
		return nil, r.elementsAfter(token, err)
	}
	found := false
	rest, err := r.object(func(string) (json.RawMessage, error) {
		token, err := r.decoder.Token()
		switch {
		case err != nil:
			return nil, jsonError(err)
		case token == json.Delim('{'):
			inner, err := r.object(func(string) (json.RawMessage, error) { return r.value() })
			return marshal(inner, err)
		case token == json.Delim('[') && found:
			return nil, decodeError{errors.New("it has more than one array"), badBody}
		case token == json.Delim('['):
			found = true
			return nil, r.elementsAfter(token, nil)
		}
		return marshal(token, nil)
	})
	if err == nil && !found {
		err = r.elementsAfter(json.Delim('{'), nil)
	}
	return rest, err
}

// object reads to the end of an object that has begun. What value returns for a key is kept, unless it is nil.
func (r *arrayReader) object(value func(key string) (json.RawMessage, error)) (map[string]json.RawMessage, error) {
	out, size := map[string]json.RawMessage{}, 0
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return nil, jsonError(err)
		}
		key, _ := token.(string) // the decoder has made sure of it
		raw, err := value(key)
		switch {
		case err != nil:
			return nil, err
		case raw == nil:
			continue
		}
		if size += len(key) + len(raw); size > MaxElement {
			return nil, decodeError{errTooLarge, badBody}
		}
		out[key] = raw
	}
	return out, r.delim('}', "the end of the object")
}

// marshal writes what was read, unless that failed.
func marshal(read any, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(read)
	if err != nil {
		return nil, jsonError(err)
	}
	return raw, nil
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

func decodeRest(rest map[string]json.RawMessage, usable filter, out any) error {
	body, err := marshal(rest, nil)
	if err != nil {
		return err
	}
	return decodeJSON(body, usable, out)
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
