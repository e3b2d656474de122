package redact

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	htmlInvisible = regexp.MustCompile(`(?is)<(script|style)\b.*?(</(script|style)\s*>|$)|<!--.*?(-->|$)`)
	htmlTitle     = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title\s*>`)
	htmlTag       = regexp.MustCompile(`(?s)<[^>]*(>|$)`)
	htmlStart     = regexp.MustCompile(`(?is)^\s*(<!doctype html|<html|<head|<body|<center|<h1|<p\b|<div)`)
)

// PlainText returns the readable text of a body, with white space folded: the visible text of an HTML page, title first, and any other
// body as it is.
func PlainText(body string) string {
	if htmlStart.MatchString(body) {
		body = htmlTag.ReplaceAllString(htmlInvisible.ReplaceAllString(body, " "), " ")
		body = html.UnescapeString(body)
	}
	return strings.Join(strings.Fields(body), " ")
}

// HTMLTitle returns the title of a page, however long; "" without one.
func HTMLTitle(body string) string {
	found := htmlTitle.FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// StripControl replaces characters that could move a terminal's cursor or change its colours, and folds white space.
func StripControl(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// Truncate returns at most limit characters of the text. A text that is cut ends in "...".
func Truncate(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-3]) + "..."
}
