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
	field     string // of the array; "" for a body that is the array, or an object with only one
	fn        func(json.RawMessage) bool
	delivered bool // fn was called
	stopped   bool // and wanted no more
}

// streamResponse calls fn for each element of the array under field ("" for a body that is the array, or an object with only one), and
// decodes the other keys of the object into out. The reading ends where fn returns false.
func streamResponse(response *http.Response, usable filter, field string, fn func(json.RawMessage) bool, out any) error {
	if checkContentType(response.Header, nil) != nil {
		start, _ := io.ReadAll(io.LimitReader(response.Body, maxPageStart)) // for the title
		return decodeError{checkContentType(response.Header, start), badBody}
	}
	bounded := &boundedReader{reader: response.Body}
	r := &arrayReader{decoder: json.NewDecoder(bounded), field: field, fn: func(raw json.RawMessage) bool { return fn(usable(raw)) }}
	r.decoder.UseNumber()
	bounded.consumed = r.decoder.InputOffset
	rest, err := r.body()
	switch {
	case r.stopped:
		return nil
	case err == nil && out != nil && rest != nil:
		body, _ := json.Marshal(rest) // of JSON, which has been read
		err = decodeJSON(body, usable, out)
	case err == nil:
		return nil
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
func (r *arrayReader) body() (rest map[string]json.RawMessage, err error) {
	token, err := r.decoder.Token()
	switch {
	case err != nil:
		err = jsonError(err)
	case token == json.Delim('{'):
		rest, err = r.objectWithArray()
	case r.field != "":
		err = decodeError{errors.New("it has something else in place of an object"), badBody}
	default:
		err = r.elements(token)
	}
	if err != nil {
		return nil, err
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, decodeError{errTrailing, badBody}
	}
	return rest, nil
}

func (r *arrayReader) objectWithArray() (map[string]json.RawMessage, error) {
	found := false
	rest, err := r.object(func(key string) (json.RawMessage, error) {
		if r.field != "" && key != r.field {
			return r.value()
		}
		token, err := r.decoder.Token()
		switch isArray := r.field != "" || token == json.Delim('['); {
		case err != nil:
			return nil, jsonError(err)
		case !isArray && token == json.Delim('{'):
			inner, err := r.object(func(string) (json.RawMessage, error) { return r.value() })
			if err != nil {
				return nil, err
			}
			return json.Marshal(inner)
		case !isArray:
			return json.Marshal(token)
		case found && r.field == "":
			return nil, decodeError{errors.New("it has more than one array"), badBody}
		case found: // which of them counts?
			return nil, decodeError{fmt.Errorf("it has %q twice", r.field), badBody}
		}
		found = true
		return nil, r.elements(token)
	})
	switch {
	case err != nil || found:
		return rest, err
	case r.field == "":
		return nil, decodeError{errNoArray, badBody}
	}
	return nil, decodeError{fmt.Errorf("it has no %q", r.field), badBody}
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
	return out, r.end()
}

// elements reads the array that begins with a token, or null for an empty one.
func (r *arrayReader) elements(token json.Token) error {
	if token == nil {
		return nil
	}
	if token != json.Delim('[') {
		return decodeError{errNoArray, badBody}
	}
	for r.decoder.More() {
		element, err := r.value()
		if err != nil {
			return err
		}
		r.delivered, r.stopped = true, !r.fn(element)
		if r.stopped {
			return errStopped
		}
	}
	return r.end()
}

var (
	errNoArray = errors.New("it has no array where the elements should be")
	errStopped = errors.New("the caller has seen enough")
)

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

// end reads the end of an object or array, in whose place the decoder takes nothing else.
func (r *arrayReader) end() error {
	if _, err := r.decoder.Token(); err != nil {
		return jsonError(err)
	}
	return nil
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
