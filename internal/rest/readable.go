package rest

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what an error shows, in characters. They are applied after masking: half a secret would not be found.
const (
	maxBody = 300
	maxText = 2000
)

var (
	htmlUnseen = regexp.MustCompile(`(?is)<(script|style)\b.*?(</(script|style)\s*>|$)|<!--.*?(-->|$)`)
	htmlHead   = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title\s*>`)
	htmlTag    = regexp.MustCompile(`(?s)<[^>]*(>|$)`)
	htmlStart  = regexp.MustCompile(`(?is)^\s*(<!doctype html|<html|<head|<body|<center|<h1|<p\b|<div)`)
)

// readable returns what a person can read of a body that is no known JSON: of HTML the text, title first, as it comes.
func readable(body string) string {
	if htmlStart.MatchString(body) {
		body = htmlTag.ReplaceAllString(htmlUnseen.ReplaceAllString(body, " "), " ")
		body = html.UnescapeString(body)
	}
	return strings.Join(strings.Fields(body), " ")
}

// htmlTitle returns the title of a page; "" without one.
func htmlTitle(body string) string {
	found := htmlHead.FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return shorten(printable(html.UnescapeString(found[1])), maxBody)
}

// printable takes out what could move a terminal's cursor or change its colours.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

func shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-3]) + "..."
}
