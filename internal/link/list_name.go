package link

import (
	"strings"
	"unicode"
)

// DisplayNamer is a Vendor that says by what a person recognises a link among others: what it is for, its number, its amount. Nothing of
// it may be sensitive. The link's state is added to it.
type DisplayNamer[L any] interface {
	Name(answer L) []string
}

// maxNamePart is what one part of a name may take of a line.
const maxNamePart = 60

// displayName is one line such as "Order 2026-0042, 49.90 EUR, open".
func (a *configured[M, L, PM]) displayName(answer L) string {
	var parts []string
	if named, ok := a.vendor.(DisplayNamer[L]); ok {
		parts = named.Name(answer)
	}
	parts = append(parts, string(a.vendor.State(answer, a.clock.Now())))
	var out []string
	for _, part := range parts {
		if part = sanitizeLine(part); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, ", ")
}

// sanitizeLine is somebody else's text for a terminal: without line breaks, control characters and what is too long.
func sanitizeLine(text string) string {
	text = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsPrint(c) {
			return c
		}
		return -1
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxNamePart {
		return string(runes[:maxNamePart-1]) + "…"
	}
	return text
}
