package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// Limits of what an error shows, in characters.
const (
	maxBody = 300
	maxText = 2000
	// maxCause bounds a cause: a page's title may be as long as the page.
	maxCause = 600
)

// redactorCache keeps the redactor of a set of secrets until the set changes: compiling one costs more than a request.
type redactorCache struct {
	mu       sync.Mutex
	secrets  []string
	redactor *redact.Redactor
}

func (c *redactorCache) get(secrets []string) *redact.Redactor {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(secrets, c.secrets) {
		c.secrets, c.redactor = secrets, redact.New(secrets)
	}
	return c.redactor
}

// redactError makes every text of the error fit to show, in place, and returns it. An [*Error] among its causes is not changed:
// several errors may share it.
func redactError(r *redact.Redactor, e *Error) *Error {
	for _, text := range []*string{&e.Path, &e.Code, &e.Type, &e.Message, &e.Hint, &e.RetryNote} {
		*text = r.Sanitize(*text, maxText)
	}
	e.Body, e.RequestID = r.Sanitize(e.Body, maxBody), r.Sanitize(e.RequestID, maxBody)
	for i, field := range e.Fields {
		e.Fields[i] = Field{r.Sanitize(field.Pointer, maxText), r.Sanitize(field.Code, maxText), r.Sanitize(field.Message, maxText)}
	}
	if e.Cause == nil {
		return e
	}
	var other *Error
	if errors.As(e.Cause, &other) {
		e.causeDetail = r.Redact(other.Detail())
		e.causeBrief = r.Sanitize(strings.Replace(e.Cause.Error(), ": "+other.Error(), "", 1), maxCause) // the detail has the rest
	}
	e.Cause = redactedError{text: r.Sanitize(e.Cause.Error(), maxCause), err: e.Cause}
	return e
}

// redactedError is a cause whose text is fit to show.
type redactedError struct {
	text string
	err  error
}

func (e redactedError) Error() string { return e.text }
func (e redactedError) Unwrap() error { return e.err }

// minToken is the length, in characters, from which a text in an answer to a call for tokens counts as one.
const minToken = 12

// shownKeys are those whose values an error shows.
var shownKeys = strings.Fields(`code type status object error errors message detail details description error_description title hint documentation
	property field path pointer parameter source suggestion trace_id traceid request_id requestid`)

// notShown stands for an answer to a call for tokens that is no error in a known shape.
const notShown = "not shown, because it may hold a token"

// learnTokens remembers the tokens in the answer to a call for them, so that they are redacted before anything else knows them.
func (x *execution) learnTokens(response *http.Response) {
	if !x.request.AnswersTokens {
		return
	}
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody)) // whoever reads on meets the error again
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), response.Body), response.Body}
	var answer any
	if json.Unmarshal(body, &answer) == nil {
		x.learned = append(x.learned, tokensIn("", answer)...)
	}
}

// tokensIn returns the texts of an answer that may be tokens: all that no error shows, and that are long enough.
func tokensIn(name string, value any) (found []string) {
	switch value := value.(type) {
	case string:
		if name = strings.ToLower(name); len(value) >= minToken && !strings.ContainsRune(value, ' ') && !slices.Contains(shownKeys, name) {
			found = append(found, value)
		}
	case []any:
		for _, element := range value {
			found = append(found, tokensIn(name, element)...)
		}
	case map[string]any:
		for name, element := range value {
			found = append(found, tokensIn(name, element)...)
		}
	}
	return found
}

// withoutTokens replaces why an answer to a call for tokens cannot be read by a text that repeats nothing of it.
func (x *execution) withoutTokens(response *http.Response, err error) error {
	var wrong decodeError
	if !x.request.AnswersTokens || !errors.As(err, &wrong) || errors.Is(err, errEmpty) || errors.Is(err, errTooLarge) {
		return err
	}
	what := "no response to a token request"
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		what = "an HTML page"
	}
	return decodeError{errors.New("it is " + what + ", and is " + notShown), wrong.kind}
}

// minCredential is the length, in characters, from which a credential is looked for in what would be stored: a short one may be a word.
const minCredential = 12

// unusable stands for a text that is not used. No target takes it, so that its field counts as left out (package lenient).
const unusable = `[[]]`

// usable returns a JSON value of an answer without the texts that must get into no state: those with control characters, which would drive
// a terminal, and those that hold a credential. A call for tokens is answered with some.
func (x *execution) usable(raw json.RawMessage) json.RawMessage {
	holdsSecret := func([]byte) bool { return false }
	if !x.request.AnswersTokens {
		holdsSecret = x.client.longCredentials().Holds
	}
	if !mayHoldControl(raw) && !holdsSecret(raw) {
		return raw
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return raw // whoever reads it meets the error
	}
	out, err := json.Marshal(mapTexts(value, func(text string) any {
		if strings.ContainsFunc(text, isForbidden) || holdsSecret([]byte(text)) {
			return json.RawMessage(unusable)
		}
		return text
	}))
	if err != nil {
		return raw
	}
	return out
}

// isForbidden reports whether a character is a control character; line ends and tabs are text.
func isForbidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

// mayHoldControl reports whether JSON may hold a text with a control character: escaped, or as one of those above ASCII.
func mayHoldControl(raw []byte) bool {
	return bytes.Contains(raw, []byte(`\u00`)) || bytes.Contains(raw, []byte(`\b`)) || bytes.Contains(raw, []byte(`\f`)) || bytes.IndexByte(raw, 0x7f) >= 0 ||
		bytes.IndexByte(raw, 0xc2) >= 0
}

// longCredentials returns the redactor of the credentials that are no words.
func (c *Client) longCredentials() *redact.Redactor {
	var secrets []string
	for _, secret := range c.credentials() {
		if utf8.RuneCountInString(secret) >= minCredential {
			secrets = append(secrets, secret)
		}
	}
	return c.stored.get(secrets)
}

// lazyText is a field of a log that is made only if the log is written: to redact it costs more than a request.
type lazyText func() string

// MarshalText returns the text.
func (l lazyText) MarshalText() ([]byte, error) { return []byte(l()), nil }
