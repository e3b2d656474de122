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
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// MaxElement bounds a single response, and each element of a list, in bytes.
const MaxElement = 1 << 20

// Response is what came beside the body. It is filled, as far as there was a response, for errors too.
type Response struct {
	Status    int // 0: no response
	Header    http.Header
	Date      time.Time // by the server's clock; zero when it does not say
	RequestID string    // the header X-Request-Id; what the vendor's support asks for
}

func newResponse(r *http.Response) Response {
	return Response{Status: r.StatusCode, Header: r.Header, Date: dateOf(r.Header), RequestID: r.Header.Get("X-Request-Id")}
}

var (
	errTooLarge = fmt.Errorf("the answer is larger than %d bytes", MaxElement)
	errEmpty    = errors.New("the answer has no body")
	errTrailing = errors.New("the answer goes on after its end")
)

// decodeError is a 2xx whose body is not what was asked for, as opposed to one that was lost on its way.
type decodeError struct {
	err  error
	kind failureKind
}

func (e decodeError) Error() string { return "the answer cannot be read: " + e.err.Error() }
func (e decodeError) Unwrap() error { return e.err }

// callbackError carries an error of the caller's own function past the error handling.
type callbackError struct{ err error }

func (e callbackError) Error() string { return e.err.Error() }

// bodyFailure tells a body that is wrong from one that ended too early.
func bodyFailure(err error) failureKind {
	var wrong decodeError
	if errors.As(err, &wrong) {
		return wrong.kind
	}
	return connectionLost
}

// decodeResponse decodes a whole body, or makes sure that one nobody asked for is not a foreign page: a gateway's "200
// please log in" is no success.
func decodeResponse(response *http.Response, out any) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxElement+1))
	switch {
	case err != nil:
		return err
	case len(bytes.TrimSpace(body)) == 0 && out == nil:
		return nil
	case len(bytes.TrimSpace(body)) == 0:
		return decodeError{errEmpty, badBody}
	}
	if err := checkContentType(response.Header, body); err != nil {
		return decodeError{err, badBody}
	}
	if out == nil {
		return nil
	}
	if len(body) > MaxElement {
		return decodeError{errTooLarge, badBody}
	}
	return decodeJSON(body, out)
}

// decodeJSON reads one JSON value, keeping numbers as text where the target is any.
func decodeJSON(body []byte, out any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(out); err != nil {
		return jsonError(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return decodeError{errTrailing, badBody}
	}
	return nil
}

// jsonError tells JSON that ends too early, which another attempt may bring whole, from JSON that is wrong.
func jsonError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("the answer ends too early: %w", io.ErrUnexpectedEOF)
	}
	return decodeError{err, badBody}
}

// checkContentType refuses what is said not to be JSON, and names an HTML page by its title: it says most often what is wrong.
func checkContentType(header http.Header, start []byte) error {
	text := header.Get("Content-Type")
	if text == "" {
		return nil
	}
	mediaType, _, err := mime.ParseMediaType(text)
	if err == nil && (mediaType == "application/json" || mediaType == "text/json" || strings.HasSuffix(mediaType, "+json")) {
		return nil
	}
	if mediaType == "text/html" {
		if title := redact.HTMLTitle(string(start), maxTitle); title != "" {
			return fmt.Errorf("it is not JSON but an HTML page, %q", title)
		}
	}
	return fmt.Errorf("it is not JSON but %q", text)
}

// maxTitle is how many characters of a page's title are shown.
const maxTitle = 300
