package rest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Outcome is what a call that failed may have left behind.
type Outcome int

const (
	NotApplied Outcome = iota // the vendor, or we before sending, said no: nothing was done
	Unknown                   // it may have been carried out
)

func (o Outcome) String() string {
	if o == Unknown {
		return "unknown"
	}
	return "refused"
}

// Error is a call that brought no usable answer. Secrets are masked in all its texts, those of Cause included.
type Error struct {
	Method, Path string  // without the query, which may hold payer data
	Status       int     // 0: no answer
	Code         string  // the vendor's, like "invalid"
	Type         string  // the vendor's, like "invalidParam"
	Message      string  // the vendor's
	Hint         string  // the vendor's
	RequestID    string  // from the body, else the header; what the vendor's support asks for
	Fields       []Field // what the vendor says about single fields, or besides
	Body         string  // what an answer said that has none of the known shapes, shortened
	Outcome      Outcome // of all attempts
	Attempts     int     // 0: not even tried
	RetryNote    string  // why it was not repeated, where that is worth saying
	Cause        error   // of the connection, or in reading the answer

	// Where the cause is another call that failed: its Detail, and the cause without it.
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

// IsNotFound reports whether the vendor answered 404.
func IsNotFound(err error) bool {
	found, ok := AsError(err)
	return ok && found.Status == http.StatusNotFound
}

func (e *Error) Unwrap() error { return e.Cause }

// Error is one line: method, path and what happened.
func (e *Error) Error() string {
	parts := []string{e.Method + " " + e.Path, e.headline()}
	if said := e.said(); said != "" {
		parts = append(parts, said)
	}
	if e.Cause != nil {
		parts = append(parts, e.Cause.Error())
	}
	line := strings.Join(parts, ": ")
	if e.RequestID != "" {
		line += " (request id " + e.RequestID + ")"
	}
	return line
}

// said is the vendor's word in short.
func (e *Error) said() string {
	switch {
	case e.Code != "" && e.Message != "":
		return e.Code + ": " + e.Message
	case e.Type != "" && e.Message != "":
		return e.Type + ": " + e.Message
	}
	for _, text := range []string{e.Message, e.Code, e.Type, e.Body} {
		if text != "" {
			return text
		}
	}
	return ""
}

func (e *Error) headline() string {
	switch {
	case e.Status > 0:
		return strings.TrimSpace(fmt.Sprintf("HTTP %d %s", e.Status, http.StatusText(e.Status)))
	case e.Outcome == NotApplied:
		return "the request was not sent"
	}
	return "no answer"
}

// Detail is everything that is known, in lines for a diagnostic.
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
		add("Cause: ", inPlainWords(e.causeBrief))
		add("The call for a token: ", e.causeDetail)
	case e.Cause != nil:
		add("Cause: ", inPlainWords(e.Cause.Error()))
	}
	add("Request id: ", e.RequestID)
	add("", e.RetryNote)
	return strings.Join(lines, "\n")
}

// gosWords are those of Go's that say nothing to a user, where one says more.
var gosWords = strings.NewReplacer(": context deadline exceeded", "", "context deadline exceeded", "the time allowed for it is over", "context canceled", "it was interrupted")

func inPlainWords(reason string) string { return gosWords.Replace(reason) }

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
