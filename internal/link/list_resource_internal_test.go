package link

import (
	"strings"
	"testing"
)

// A vendor's text for a terminal is one line, moves no cursor, and is bounded.
func TestSanitizeLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              "",
		" \n\t ":                        "",
		"Order 42":                      "Order 42",
		"two\r\n lines":                 "two lines",
		"Ünïcode 🎟 stays":               "Ünïcode 🎟 stays",
		"\x1b[31mred\x1b[0m\a":          "[31mred[0m",
		"right\u202eleft\u200b":         "rightleft",
		strings.Repeat("ä", 60):         strings.Repeat("ä", 60),
		strings.Repeat("ä", 61):         strings.Repeat("ä", 59) + "…",
		strings.Repeat(" ", 99) + "end": "end",
	} {
		if got := sanitizeLine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
