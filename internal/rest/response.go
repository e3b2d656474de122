package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// MaxElement bounds a single response, and each element of a list, in bytes.
const MaxElement = 1 << 20

// Response is a response without its body. It is filled for errors too, as far as there was a response.
type Response struct {
	Status    int // 0: no response
	Header    http.Header
	Date      time.Time // by the server's clock; zero when it does not say
	RequestID string    // the header X-Request-Id; what the vendor's support asks for
}

func newResponse(r *http.Response) Response {
	return Response{Status: r.StatusCode, Header: r.Header, Date: dateOf(r.Header), RequestID: r.Header.Get("X-Request-Id")}
}

// retryAfter reads the header of that name, in seconds or as a date; 0 when it is missing, malformed or past. A date is
// measured by the server's own clock where the answer tells it, else by now.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(max(seconds, 0), math.MaxInt64/int64(time.Second))) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if date := dateOf(header); !date.IsZero() {
		now = date
	}
	return max(0, at.Sub(now))
}

// dateOf returns when the server says it answered; zero when it does not say.
func dateOf(header http.Header) time.Time {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return date
}

var (
	errTooLarge = fmt.Errorf("the response is larger than %d bytes", MaxElement)
	errEmpty    = errors.New("the response has no body")
	errTrailing = errors.New("the response continues after its end")
)

// decodeError is a 2xx whose body is wrong, as opposed to one whose body was cut off.
type decodeError struct {
	err  error
	kind failureKind
}

func (e decodeError) Error() string { return "the response cannot be read: " + e.err.Error() }
func (e decodeError) Unwrap() error { return e.err }

// decodeResponse decodes a whole body into out. If out is nil, it still checks the body's type: a gateway's "200 please log in" is no
// success.
func decodeResponse(response *http.Response, usable filter, out any) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxElement+1))
	switch {
	case err != nil:
		return err
	case len(bytes.TrimSpace(body)) == 0 && out == nil:
		return nil
	case len(bytes.TrimSpace(body)) == 0:
		return decodeError{errEmpty, badBody}
	}
	wrong := checkContentType(response.Header, body)
	switch {
	case wrong != nil:
		return decodeError{wrong, badBody}
	case out == nil:
		return nil
	case len(body) > MaxElement:
		return decodeError{errTooLarge, badBody}
	}
	return decodeJSON(body, usable, out)
}

// decodeJSON reads one JSON value, as package lenient does.
func decodeJSON(body []byte, usable filter, out any) error {
	var raw json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(body))
	if err := decoder.Decode(&raw); err != nil {
		return jsonError(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return decodeError{errTrailing, badBody}
	}
	if err := lenient.Unmarshal(usable(raw), out); err != nil {
		return decodeError{err, badBody}
	}
	return nil
}

// jsonError tells JSON that ends too early, which another attempt may bring whole, from wrong JSON.
func jsonError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("the response ends too early: %w", io.ErrUnexpectedEOF)
	}
	return decodeError{err, badBody}
}

// checkContentType refuses a body that is declared as something else than JSON. It names an HTML page by its title, which most
// often says what is wrong.
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
		if title := redact.HTMLTitle(string(start)); title != "" {
			return fmt.Errorf("it is not JSON but an HTML page, %q", title)
		}
	}
	return fmt.Errorf("it is not JSON but %q", text)
}
