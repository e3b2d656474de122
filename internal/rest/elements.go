package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// readAhead is what the decoder may hold beyond an element: white space and separators.
const readAhead = 4 << 10

// stream reads one answer element by element.
type stream struct {
	decoder   *json.Decoder
	each      func(json.RawMessage) error
	delivered bool
}

// streamAnswer hands over the elements of the array under field and decodes the rest into out.
func streamAnswer(response *http.Response, field string, each func(json.RawMessage) error, out any) error {
	if checkType(response.Header, nil) != nil {
		start, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody)) // for the title; a part may do
		return readError{checkType(response.Header, start), unreadable}
	}
	meter := &meter{reader: response.Body}
	s := &stream{decoder: json.NewDecoder(meter), each: each}
	meter.consumed = s.decoder.InputOffset
	rest, err := s.answer(field)
	var own callerError
	switch {
	case err == nil && out != nil && rest != nil:
		err = decodeRest(rest, out)
	case err == nil, errors.As(err, &own):
		return err
	case meter.failed != nil:
		err = meter.failed // the connection's own word, not what the decoder makes of it
	}
	if err != nil && s.delivered {
		return readError{err, final}
	}
	return err
}

// answer reads the whole body and returns the object's other keys; nil where the body is the array.
func (s *stream) answer(field string) (map[string]json.RawMessage, error) {
	if field == "" {
		if err := s.elements(); err != nil {
			return nil, err
		}
		return nil, s.end()
	}
	if err := s.delim('{', "an object"); err != nil {
		return nil, err
	}
	rest, found, size := map[string]json.RawMessage{}, false, 0
	for s.decoder.More() {
		token, err := s.decoder.Token()
		if err != nil {
			return nil, jsonError(err)
		}
		key, _ := token.(string) // the decoder has made sure of it
		if key == field && !found {
			found = true
			if err := s.elements(); err != nil {
				return nil, err
			}
			continue
		}
		value, err := s.value()
		if err != nil {
			return nil, err
		}
		if size += len(key) + len(value); size > MaxElement {
			return nil, readError{errTooLarge, unreadable}
		}
		rest[key] = value
	}
	if err := s.delim('}', "the end of the object"); err != nil {
		return nil, err
	}
	if !found {
		return nil, readError{fmt.Errorf("it has no %q", field), unreadable}
	}
	return rest, s.end()
}

// elements reads one array, or null, which stands for an empty one.
func (s *stream) elements() error {
	token, err := s.decoder.Token()
	if err != nil {
		return jsonError(err)
	}
	if token == nil {
		return nil
	}
	if token != json.Delim('[') {
		return readError{errors.New("it has no array where the elements should be"), unreadable}
	}
	for s.decoder.More() {
		element, err := s.value()
		if err != nil {
			return err
		}
		s.delivered = true
		if err := s.each(element); err != nil {
			return callerError{err}
		}
	}
	return s.delim(']', "the end of the array")
}

func (s *stream) value() (json.RawMessage, error) {
	var raw json.RawMessage // a new one each time: callers may keep it
	if err := s.decoder.Decode(&raw); err != nil {
		return nil, jsonError(err)
	}
	if len(raw) > MaxElement {
		return nil, readError{errTooLarge, unreadable}
	}
	return raw, nil
}

func (s *stream) delim(want json.Delim, name string) error {
	token, err := s.decoder.Token()
	if err != nil {
		return jsonError(err)
	}
	if token != want {
		return readError{fmt.Errorf("it has something else in place of %s", name), unreadable}
	}
	return nil
}

func (s *stream) end() error {
	if _, err := s.decoder.Token(); !errors.Is(err, io.EOF) {
		return readError{errTrailing, unreadable}
	}
	return nil
}

func decodeRest(rest map[string]json.RawMessage, out any) error {
	body, err := json.Marshal(rest)
	if err != nil {
		return jsonError(err)
	}
	return decode(body, out)
}

// meter stops the decoder from gathering more than one element's worth of bytes before it has understood them.
type meter struct {
	reader   io.Reader
	consumed func() int64 // by the decoder, up to the last token it has returned
	read     int64
	failed   error
}

func (m *meter) Read(p []byte) (int, error) {
	room := MaxElement + readAhead - (m.read - m.consumed())
	if room <= 0 {
		m.failed = readError{errTooLarge, unreadable}
		return 0, m.failed
	}
	n, err := m.reader.Read(p[:min(int64(len(p)), room)])
	m.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		m.failed = err
	}
	return n, err
}
