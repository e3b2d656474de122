package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mask = "***"
	// minAnywhere is the length from which a value is masked inside words too: "EU" must not turn "EUR" into "***R".
	minAnywhere = 4
)

// masker hides values in texts, in every form in which they may come back: as they are, and escaped for a URL, for HTML
// and for JSON; in any case.
type masker struct {
	anywhere, words *regexp.Regexp
	longest         int // bytes
}

func (c *Client) masker(call Request) masker {
	secrets := slices.Concat(c.secrets, call.Sensitive)
	if c.auth != nil {
		secrets = append(secrets, c.auth.Secrets()...)
	}
	return newMasker(secrets)
}

func newMasker(secrets []string) masker {
	var m masker
	var anywhere, words []string
	for _, secret := range secrets {
		for _, form := range forms(secret) {
			m.longest = max(m.longest, len(form))
			if utf8.RuneCountInString(strings.TrimSpace(secret)) < minAnywhere {
				words = append(words, form)
			} else {
				anywhere = append(anywhere, form)
			}
		}
	}
	m.anywhere, m.words = anyOf(anywhere), anyOf(words)
	return m
}

// forms returns how a secret may be written; nothing for an empty one.
func forms(secret string) []string {
	if strings.TrimSpace(secret) == "" {
		return nil
	}
	all := []string{secret, strings.TrimSpace(secret), url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret)}
	if quoted, err := json.Marshal(secret); err == nil {
		all = append(all, string(quoted[1:len(quoted)-1])) // with <, > and & escaped
	}
	if quoted, err := encode(secret); err == nil {
		plain := string(quoted[1 : len(quoted)-1])
		all = append(all, plain, strings.ReplaceAll(plain, "/", `\/`), ascii(plain))
	}
	return all
}

// ascii writes what is beyond ASCII as \u escapes, which many JSON encoders do.
func ascii(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			out.WriteRune(r)
		case r > 0xffff:
			high, low := (r-0x10000)>>10+0xd800, (r-0x10000)&0x3ff+0xdc00
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}

var whiteSpace = regexp.MustCompile(`[\s\p{Z}]+`)

// anyOf matches the longest of the values first; nil for none.
func anyOf(values []string) *regexp.Regexp {
	if len(values) == 0 {
		return nil
	}
	slices.SortFunc(values, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	values = slices.Compact(values)
	for i, value := range values { // a page folds white space
		values[i] = whiteSpace.ReplaceAllLiteralString(regexp.QuoteMeta(value), `[\s\p{Z}]+`)
	}
	return regexp.MustCompile(`(?i)` + strings.Join(values, "|"))
}

func (m masker) text(text string) string {
	if m.anywhere != nil {
		text = m.anywhere.ReplaceAllLiteralString(text, mask)
	}
	if m.words == nil {
		return text
	}
	var out strings.Builder
	end := 0
	for _, at := range m.words.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		if !inWord(before) && !inWord(after) {
			out.WriteString(text[end:at[0]] + mask)
			end = at[1]
		}
	}
	return out.String() + text[end:]
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

// shown is a text from outside made fit to show: masked first, then without control characters, then shortened.
func (m masker) shown(text string, limit int) string {
	return shorten(printable(m.text(text)), limit)
}

// apply makes every text of the error fit to show.
func (m masker) apply(e *Error) *Error {
	for _, text := range []*string{&e.Path, &e.Code, &e.Type, &e.Message, &e.Hint, &e.RequestID, &e.RetryNote} {
		*text = m.shown(*text, maxText)
	}
	e.Body = m.shown(e.Body, maxBody)
	for i, field := range e.Fields {
		e.Fields[i] = Field{m.shown(field.Pointer, maxText), m.shown(field.Code, maxText), m.shown(field.Message, maxText)}
	}
	if e.Cause == nil {
		return e
	}
	var other *Error
	if errors.As(e.Cause, &other) {
		e.causeDetail = m.text(other.Detail())
		e.causeBrief = m.shown(strings.Replace(e.Cause.Error(), ": "+other.Error(), "", 1), maxText) // the rest stands in the detail
	}
	e.Cause = masked{text: m.shown(e.Cause.Error(), maxText), err: e.Cause}
	return e
}

// masked is a cause whose text is fit to show.
type masked struct {
	text string
	err  error
}

func (m masked) Error() string { return m.text }
func (m masked) Unwrap() error { return m.err }
