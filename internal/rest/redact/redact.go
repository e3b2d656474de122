// Package redact hides secrets in texts that are shown or logged, and makes texts from outside fit to show.
//
// redact.go decides in which encodings a secret is found, sanitize.go what else is taken out of a text and how it is shortened. A text
// is redacted before it is shortened: half a secret would not be found.
package redact

import (
	"bytes"
	"encoding/json"
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
	placeholder = "***"
	// minSubstring is the length, in characters, from which a secret is also found inside words: "EU" must not turn "EUR"
	// into "***R".
	minSubstring = 4
)

// Redactor replaces secrets in texts with "***": in upper and lower case, as they are, and encoded for a URL, HTML and JSON. The zero
// value replaces nothing. It is safe for concurrent use.
type Redactor struct {
	substrings, wholeWords *regexp.Regexp
	longest                int
}

// New returns a Redactor of the secrets, without those that are empty or white space. It compiles regular expressions: call it once for
// a set of secrets.
func New(secrets []string) Redactor {
	var r Redactor
	var substrings, wholeWords []string
	for _, secret := range secrets {
		for _, form := range encodings(secret) {
			r.longest = max(r.longest, len(form))
			if utf8.RuneCountInString(strings.TrimSpace(secret)) < minSubstring {
				wholeWords = append(wholeWords, form)
			} else {
				substrings = append(substrings, form)
			}
		}
	}
	r.substrings, r.wholeWords = anyOf(substrings), anyOf(wholeWords)
	return r
}

// Longest returns the length in bytes of the longest encoded secret. A text that was cut before it is redacted must lose as much again
// at its end.
func (r Redactor) Longest() int { return r.longest }

// Redact returns the text without the secrets.
func (r Redactor) Redact(text string) string {
	if r.substrings != nil {
		text = r.substrings.ReplaceAllLiteralString(text, placeholder)
	}
	if r.wholeWords == nil {
		return text
	}
	var out strings.Builder
	end := 0
	for _, at := range r.wholeWords.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		if !isWordRune(before) && !isWordRune(after) {
			out.WriteString(text[end:at[0]] + placeholder)
			end = at[1]
		}
	}
	return out.String() + text[end:]
}

// Sanitize returns a text from outside fit to show: first redacted, then without control characters, then cut to limit characters.
func (r Redactor) Sanitize(text string, limit int) string {
	return Truncate(StripControl(r.Redact(text)), limit)
}

// encodings returns the forms in which a secret may be written; none for an empty one.
func encodings(secret string) []string {
	if strings.TrimSpace(secret) == "" {
		return nil
	}
	plain := inJSON(secret, false)
	return []string{
		secret, strings.TrimSpace(secret), url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret),
		inJSON(secret, true), plain, strings.ReplaceAll(plain, "/", `\/`), escapeNonASCII(plain),
	}
}

// inJSON returns the text as it stands between the quotes of a JSON string.
func inJSON(text string, escapeHTML bool) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(escapeHTML)
	_ = encoder.Encode(text)                          // of a string it cannot fail
	return string(buffer.Bytes()[1 : buffer.Len()-2]) // without the quotes and the line end
}

// escapeNonASCII writes characters beyond ASCII as \u escapes, as many JSON encoders do.
func escapeNonASCII(text string) string {
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

// anyOf returns an expression that matches the longest of the values first; nil for no values.
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

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
