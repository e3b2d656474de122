package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxLevels bounds how often a text is decoded: more than an escaped URL in a JSON text in an HTML page.
const maxLevels = 8

// normalized is a text in which what does not show is dropped, and which may be decoded. Byte i of text was made of the bytes
// from[i] to to[i] of the source.
type normalized struct {
	text     []byte
	from, to []int
}

// levels returns the forms of a text in which a secret is looked for: as it is, decoded once, decoded twice, and so on to the end. In
// each, letters are small, and white space, "+" (a form's blank), characters without width and tags that do not part words are dropped.
func levels(text string) []normalized {
	level := normalized{text: []byte(text), from: make([]int, len(text)), to: make([]int, len(text))}
	for i := range level.from {
		level.from[i], level.to[i] = i, i+1
	}
	level = level.rewrite(dropInvisible)
	out := []normalized{level.rewrite(fold)}
	for len(out) < maxLevels {
		decoded := level.rewrite(decode).rewrite(dropInvisible)
		if string(decoded.text) == string(level.text) {
			break
		}
		level = decoded
		out = append(out, level.rewrite(fold))
	}
	return out
}

// rewrite replaces the text piece by piece: step returns what stands for the first size bytes of what is left.
func (n normalized) rewrite(step func(rest []byte) (replacement string, size int)) normalized {
	out := normalized{make([]byte, 0, len(n.text)), make([]int, 0, len(n.text)), make([]int, 0, len(n.text))}
	for i := 0; i < len(n.text); {
		if c := n.text[i]; 'a' <= c && c <= 'z' || '0' <= c && c <= '9' { // stands for itself in every step
			out.text, out.from, out.to = append(out.text, c), append(out.from, n.from[i]), append(out.to, n.to[i])
			i++
			continue
		}
		replacement, size := step(n.text[i:])
		out.text = append(out.text, replacement...)
		for range len(replacement) {
			out.from, out.to = append(out.from, n.from[i]), append(out.to, n.to[i+size-1])
		}
		i += size
	}
	return out
}

// inlineTag matches tags and comments that a browser shows nothing for.
var inlineTag = expression(`(?is)^<(?:/?(?:wbr|br|b|i|u|s|em|strong|span|code|small|mark|font|tt|a|p|div|td|li|nobr)(?:[\s/][^<>]{0,500})?>|!--.{0,500}?-->)`)

// dropInvisible drops what shows nothing. A byte that is no UTF-8 counts as Latin-1.
func dropInvisible(rest []byte) (string, int) {
	if rest[0] == '<' {
		if tag := inlineTag().Find(rest[:min(len(rest), 600)]); tag != nil {
			return "", len(tag)
		}
	}
	r, size := utf8.DecodeRune(rest)
	switch {
	case r == utf8.RuneError && !utf8.FullRune(rest): // cut in two
		return "", len(rest)
	case r == utf8.RuneError && size == 1:
		r = rune(rest[0])
	}
	if isInvisible(r) {
		return "", size
	}
	return string(rest[:size]), size
}

// isInvisible reports whether a character shows nothing: white space, a control character, or one without width.
func isInvisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Z, unicode.Variation_Selector) || r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164'
}

// fold makes letters small.
func fold(rest []byte) (string, int) {
	r, size := utf8.DecodeRune(rest)
	if r == utf8.RuneError && size == 1 {
		r = rune(rest[0])
	}
	if r == '+' {
		return "", size
	}
	return string(unicode.ToLower(unicode.ToUpper(r))), size
}

var entity = expression(`^&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?`)

// decode undoes one escape at the start of a text: of a URL (%2F, %u002F), of HTML, or of a string literal.
func decode(rest []byte) (string, int) {
	switch rest[0] {
	case '%':
		if r, size, ok := hexRune(rest, 2, 4); ok && (rest[1] == 'u' || rest[1] == 'U') {
			return string(r), size
		}
		if r, size, ok := hexRune(rest, 1, 2); ok {
			return string([]byte{byte(r)}), size
		}
	case '&':
		if found := entity().Find(rest[:min(len(rest), 40)]); found != nil {
			if plain := html.UnescapeString(string(found)); plain != string(found) {
				return plain, len(found)
			}
		}
	case '\\':
		return decodeBackslash(rest)
	}
	_, size := utf8.DecodeRune(rest)
	return string(rest[:size]), size
}

// decodeBackslash undoes an escape of JSON, Go, Python or JavaScript.
func decodeBackslash(rest []byte) (string, int) {
	if len(rest) == 1 {
		return `\`, 1
	}
	switch rest[1] {
	case 'n', 't', 'r', 'b', 'f', 'v', 'a', '0':
		return "", 2 // a control character
	case 'x':
		if r, size, ok := hexRune(rest, 2, 2); ok {
			return string([]byte{byte(r)}), size
		}
	case 'U':
		if r, size, ok := hexRune(rest, 2, 8); ok {
			return string(r), size
		}
	case 'u':
		if r, size, ok := hexRune(rest, 2, 4); ok {
			if low, more, ok := hexRune(rest[size:], 2, 4); ok && utf16.IsSurrogate(r) && rest[size] == '\\' {
				return string(utf16.DecodeRune(r, low)), size + more
			}
			return string(r), size
		}
		if end := strings.IndexByte(string(rest[:min(len(rest), 12)]), '}'); end > 3 && rest[2] == '{' { // \u{1F600}
			if r, err := strconv.ParseUint(string(rest[3:end]), 16, 32); err == nil {
				return string(rune(r)), end + 1
			}
		}
	}
	if c := rest[1]; strings.IndexByte("\"'`/\\$!", c) >= 0 {
		return string(c), 2
	}
	return `\`, 1
}

// hexRune reads a character of so many hexadecimal digits behind the first skip bytes, and returns how many bytes that are.
func hexRune(rest []byte, skip, digits int) (rune, int, bool) {
	if len(rest) < skip+digits {
		return 0, 0, false
	}
	r, err := strconv.ParseUint(string(rest[skip:skip+digits]), 16, 32)
	return rune(r), skip + digits, err == nil
}
