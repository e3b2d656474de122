package rest

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact"
)

// Limits of what an error shows, in characters.
const (
	maxBody = 300
	maxText = 2000
)

// redactorCache keeps the redactor of a set of secrets until the set changes: compiling one costs more than a request.
type redactorCache struct {
	mu       sync.Mutex
	secrets  []string
	redactor redact.Redactor
}

func (c *redactorCache) get(secrets []string) redact.Redactor {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(secrets, c.secrets) {
		c.secrets, c.redactor = secrets, redact.New(secrets)
	}
	return c.redactor
}

// redactError makes every text of the error fit to show, in place, and returns it. An [*Error] among its causes is not changed:
// several errors may share it.
func redactError(r redact.Redactor, e *Error) *Error {
	for _, text := range []*string{&e.Path, &e.Code, &e.Type, &e.Message, &e.Hint, &e.RequestID, &e.RetryNote} {
		*text = r.Sanitize(*text, maxText)
	}
	e.Body = r.Sanitize(e.Body, maxBody)
	for i, field := range e.Fields {
		e.Fields[i] = Field{r.Sanitize(field.Pointer, maxText), r.Sanitize(field.Code, maxText), r.Sanitize(field.Message, maxText)}
	}
	if e.Cause == nil {
		return e
	}
	var other *Error
	if errors.As(e.Cause, &other) {
		e.causeDetail = r.Redact(other.Detail())
		e.causeBrief = r.Sanitize(strings.Replace(e.Cause.Error(), ": "+other.Error(), "", 1), maxText) // the detail has the rest
	}
	e.Cause = redactedError{text: r.Sanitize(e.Cause.Error(), maxText), err: e.Cause}
	return e
}

// redactedError is a cause whose text is fit to show.
type redactedError struct {
	text string
	err  error
}

func (e redactedError) Error() string { return e.text }
func (e redactedError) Unwrap() error { return e.err }
