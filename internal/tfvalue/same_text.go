package tfvalue

import (
	"regexp"
	"strings"
	"unicode"
)

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// IsUUID reports whether a text is a UUID of any version, in either case.
func IsUUID(text string) bool { return len(text) == 36 && uuidPattern.MatchString(text) }

// PlainText returns a text without what makes no difference: a CRLF is an LF, white space at the end is none, and a UUID is the same one
// in either case.
func PlainText(text string) string {
	text = strings.TrimRightFunc(strings.ReplaceAll(text, "\r\n", "\n"), unicode.IsSpace)
	if IsUUID(text) {
		return strings.ToLower(text)
	}
	return text
}
