package redact

import (
	"html"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

var (
	htmlInvisible = expression(`(?is)<(script|style)\b.*?(</(script|style)\s*>|$)|<!--.*?(-->|$)`)
	htmlTitle     = expression(`(?is)<title[^>]*>(.*?)</title\s*>`)
	htmlTag       = expression(`(?s)<[^>]*(>|$)`)
	htmlStart     = expression(`(?is)^\s*(<!doctype html|<html|<head|<body|<center|<h1|<p\b|<div)`)
)

// expression returns what compiles a regular expression when it is first needed: a provider starts several times in each plan, and most of
// its processes show nothing.
func expression(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// PlainText returns the readable text of a body, with white space folded: the visible text of an HTML page, title first, and any other
// body as it is.
func PlainText(body string) string {
	if htmlStart().MatchString(body) {
		body = htmlTag().ReplaceAllString(htmlInvisible().ReplaceAllString(body, " "), " ")
		body = html.UnescapeString(body)
	}
	return strings.Join(strings.Fields(body), " ")
}

// HTMLTitle returns the title of a page, however long; "" without one.
func HTMLTitle(body string) string {
	found := htmlTitle().FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// StripControl returns the text as one line that is visible, with white space folded.
func StripControl(text string) string { return strings.Join(strings.Fields(Visible(text)), " ") }

// Visible replaces by blanks what could move a terminal's cursor, change its colours or the direction of a text, and what has no width.
// Lines stay lines.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || r == utf8.RuneError || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) {
			return ' '
		}
		return r
	}, text)
}

// Truncate returns at most limit characters of the text. A text that is cut ends in "...".
func Truncate(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-3]) + "..."
}
