package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// MaxElement bounds a single answer, and each element of a streamed one, in bytes.
const MaxElement = 1 << 20

var (
	errTooLarge = fmt.Errorf("the answer is larger than %d bytes", MaxElement)
	errEmpty    = errors.New("the answer has no body")
	errTrailing = errors.New("the answer goes on after its end")
)

// readError is a 2xx whose body is not what was asked for, as opposed to one that was lost on its way.
type readError struct {
	err     error
	trouble trouble
}

func (e readError) Error() string { return "the answer cannot be read: " + e.err.Error() }
func (e readError) Unwrap() error { return e.err }

// callerError carries an error of the caller's own function past the error handling.
type callerError struct{ err error }

func (e callerError) Error() string { return e.err.Error() }

// bodyTrouble tells a body that is wrong from one that ended too early.
func bodyTrouble(err error) trouble {
	var wrong readError
	if errors.As(err, &wrong) {
		return wrong.trouble
	}
	return lost
}

// decodeAnswer decodes a whole body, or makes sure that one nobody asked for is not a foreign page: a gateway's "200
// please log in" is no success.
func decodeAnswer(response *http.Response, out any) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxElement+1))
	switch {
	case err != nil:
		return err
	case len(bytes.TrimSpace(body)) == 0 && out == nil:
		return nil
	case len(bytes.TrimSpace(body)) == 0:
		return readError{errEmpty, unreadable}
	}
	if err := checkType(response.Header, body); err != nil {
		return readError{err, unreadable}
	}
	if out == nil {
		return nil
	}
	if len(body) > MaxElement {
		return readError{errTooLarge, unreadable}
	}
	return decode(body, out)
}

// decode reads one JSON value, keeping numbers as text where the target is any.
func decode(body []byte, out any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(out); err != nil {
		return jsonError(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return readError{errTrailing, unreadable}
	}
	return nil
}

// jsonError tells JSON that ends too early, which another attempt may mend, from JSON that is wrong.
func jsonError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("the answer ends too early: %w", io.ErrUnexpectedEOF)
	}
	return readError{err, unreadable}
}

// checkType refuses what is said not to be JSON, and names an HTML page by its title: it says most often what is wrong.
func checkType(header http.Header, start []byte) error {
	text := header.Get("Content-Type")
	if text == "" {
		return nil
	}
	kind, _, err := mime.ParseMediaType(text)
	if err == nil && (kind == "application/json" || kind == "text/json" || strings.HasSuffix(kind, "+json")) {
		return nil
	}
	if kind == "text/html" {
		if title := htmlTitle(string(start)); title != "" {
			return fmt.Errorf("it is not JSON but an HTML page, %q", title)
		}
	}
	return fmt.Errorf("it is not JSON but %q", text)
}
