package rest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Outcome is what a request that failed may have left behind.
type Outcome int

const (
	// NotApplied says that nothing was done: the vendor refused, or the request was not sent.
	NotApplied Outcome = iota
	// Unknown says that the request may have been carried out.
	Unknown
)

// String returns "unknown" or "not applied".
func (o Outcome) String() string {
	if o == Unknown {
		return "unknown"
	}
	return "not applied"
}

// Error is a request that brought no usable response. Secrets are redacted in all its texts, those of Cause included.
type Error struct {
	Method, Path string  // without the query, which may hold payer data
	Status       int     // 0: no response
	Code         string  // the vendor's, like "invalid"
	Type         string  // the vendor's, like "invalidParam"
	Message      string  // the vendor's
	Hint         string  // the vendor's, and what [Error.AddHint] added
	RequestID    string  // from the body, else the header; what the vendor's support asks for
	Fields       []Field // what the vendor says about single fields, or besides
	Body         string  // what a response said that has none of the known shapes, shortened
	Outcome      Outcome // of all attempts
	Gated        bool    // the answer is of what stands before the vendor, see Config.Gate
	Attempts     int     // 0: not even tried
	RetryNote    string  // why it was not repeated, where that is worth saying
	Cause        error   // of the connection, or in reading the response

	// Where the cause is another request that failed: its Detail, and the cause without it.
	causeDetail, causeBrief string
}

// Field is what the vendor says about one field. Pointer is as the vendor wrote it: "/payment_link/items/0/vat_rate",
// "ebanx.user.taxNumber", "status"; "" where none is named.
type Field struct{ Pointer, Code, Message string }

// AsError finds the [*Error] in err.
func AsError(err error) (*Error, bool) {
	var found *Error
	ok := errors.As(err, &found)
	return found, ok
}

// IsNotFound reports whether the vendor answered the request itself with 404; a 404 to the request for its token does not count.
func IsNotFound(err error) bool {
	found, ok := AsError(err)
	return ok && found.Status == http.StatusNotFound
}

// AddHint appends a sentence of ours to the vendor's hint.
func (e *Error) AddHint(sentence string) {
	e.Hint = strings.TrimSpace(e.Hint + " " + sentence)
}

// Unwrap returns Cause.
func (e *Error) Unwrap() error { return e.Cause }

// Error returns one line: method, path and what happened.
func (e *Error) Error() string {
	parts := []string{e.Method + " " + e.Path, e.headline()}
	if message := e.shortMessage(); message != "" {
		parts = append(parts, message)
	}
	if e.Cause != nil {
		parts = append(parts, e.Cause.Error())
	}
	line := strings.Join(parts, ": ")
	if e.RequestID != "" {
		line += " (request ID " + e.RequestID + ")"
	}
	return line
}

// shortMessage is what the vendor says, in short.
func (e *Error) shortMessage() string {
	if name := cmp.Or(e.Code, e.Type); name != "" && e.Message != "" {
		return name + ": " + e.Message
	}
	return cmp.Or(e.Message, e.Code, e.Type, e.Body)
}

func (e *Error) headline() string {
	switch {
	case e.Status > 0:
		return strings.TrimSpace(fmt.Sprintf("HTTP %d %s", e.Status, http.StatusText(e.Status)))
	case e.Outcome == NotApplied:
		return "the request was not sent"
	}
	return "no response"
}

// Detail returns everything that is known, in lines for a diagnostic.
func (e *Error) Detail() string {
	lines := []string{fmt.Sprintf("%s (%s %s)", e.headline(), e.Method, e.Path)}
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, name+text)
		}
	}
	add("Code: ", e.Code)
	add("Type: ", e.Type)
	if !slices.ContainsFunc(e.Fields, func(f Field) bool { return f.Message == e.Message }) {
		add("Message: ", e.Message)
	}
	for _, field := range e.Fields {
		add("- ", field.String())
	}
	add("Hint: ", e.Hint)
	add("Answer: ", e.Body)
	switch {
	case e.causeDetail != "":
		add("Cause: ", humanize(e.causeBrief))
		add("The token request: ", e.causeDetail)
	case e.Cause != nil:
		add("Cause: ", humanize(e.Cause.Error()))
	}
	add("Request ID: ", e.RequestID)
	add("", e.RetryNote)
	return strings.Join(lines, "\n")
}

// contextErrorText puts Go's words for the end of a context, which say nothing to a user, into plain ones.
var contextErrorText = strings.NewReplacer(": context deadline exceeded", "", "context deadline exceeded", "the time allowed for the operation has elapsed", "context canceled", "the operation was interrupted")

func humanize(reason string) string { return contextErrorText.Replace(reason) }

// String returns one line: pointer, message and code.
func (f Field) String() string {
	text := f.Message
	if f.Pointer != "" {
		text = strings.TrimSuffix(f.Pointer+": "+text, ": ")
	}
	if f.Code != "" {
		text = strings.TrimSpace(text + " (" + f.Code + ")")
	}
	return text
}

// Describe returns all that is known about an error of a call, over several lines where the vendor said several things.
func Describe(err error) string {
	if failed, ok := AsError(err); ok {
		return failed.Detail()
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "the time allowed for the operation has elapsed"
	case errors.Is(err, context.Canceled):
		return "the operation was interrupted"
	}
	return err.Error()
}
