// Package redact hides secrets in texts that are shown or logged, and makes texts from outside fit to show.
//
// redact.go decides what is replaced, normal.go in which spellings a secret is found, sanitize.go what else is taken out of a text and
// how it is shortened. A text is redacted before it is shortened.
package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"iter"
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
	// minPart is the length from which a part of a secret is replaced where a text was cut.
	minPart = 6
	// minSplit is the length from which a secret that is split by blanks is found inside words: "Anne" is not in "can never".
	minSplit = 8
	// maxHalf is more than what cutAfter matches, in bytes.
	maxHalf = 80
)

// Redactor replaces secrets in texts with "***", however they are spelled: in upper and lower case, escaped for URLs, HTML and string
// literals, several times if need be, in base64 and hexadecimal, and split by what does not show. Where a text was cut within a secret,
// the part that is left is replaced too. One that is nil replaces nothing. It is safe for concurrent use.
type Redactor struct {
	patterns []pattern
	known    map[string]bool // the texts of the patterns
}

// pattern is a spelling of a secret at one level of decoding.
type pattern struct {
	text       []byte
	head, tail []byte // by which it is found, whole or in part; tail is empty where only the whole counts
	runes      int
	// encoded marks base64 and hexadecimal: what else stands in the same word is replaced with it.
	encoded bool
}

// New returns a Redactor of the secrets, without those that are empty or white space.
func New(secrets []string) *Redactor {
	r := &Redactor{known: map[string]bool{}}
	for _, secret := range secrets {
		for _, level := range levels(secret) {
			r.add(level.text, 1, false)
		}
		secret = strings.TrimSpace(secret)
		if secret == "" {
			continue
		}
		r.add([]byte(hex.EncodeToString([]byte(secret))), 2*minPart, true)
		for shift := range 3 {
			// Of the first and last characters, a part belongs to what stands around the secret.
			code := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), secret...))
			code = strings.ToLower(code[[]int{0, 2, 3}[shift] : (shift+len(secret))*8/6])
			r.add([]byte(strings.ReplaceAll(code, "+", "")), minPart+1, true)
			r.add([]byte(strings.NewReplacer("+", "-", "/", "_").Replace(code)), minPart+1, true)
		}
	}
	return r
}

// add adds a spelling, unless it is known or shorter than least characters.
func (r *Redactor) add(text []byte, least int, encoded bool) {
	runes := utf8.RuneCount(text)
	if runes < least || r.known[string(text)] || string(text) == placeholder {
		return
	}
	r.known[string(text)] = true
	p := pattern{text: text, head: text, runes: runes, encoded: encoded}
	if all := []rune(string(text)); runes >= minPart {
		p.head, p.tail = []byte(string(all[:minPart])), []byte(string(all[runes-minPart:]))
	}
	r.patterns = append(r.patterns, p)
}

// Redact returns the text without the secrets.
func (r *Redactor) Redact(text string) string {
	if r == nil {
		return text
	}
	var spans []span
	for _, level := range levels(text) {
		for _, p := range r.patterns {
			spans = p.find(spans, level, text)
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var out strings.Builder
	end := 0
	for i := 0; i < len(spans); {
		from, to := spans[i].from, spans[i].to
		for i++; i < len(spans) && spans[i].from <= to; i++ {
			to = max(to, spans[i].to)
		}
		out.WriteString(text[end:from] + placeholder)
		end = to
	}
	return out.String() + text[end:]
}

// Holds reports whether a text holds a whole secret.
func (r *Redactor) Holds(text []byte) bool {
	if r == nil {
		return false
	}
	holds := func(text []byte) bool {
		return slices.ContainsFunc(r.patterns, func(p pattern) bool { return bytes.Contains(text, p.text) })
	}
	plain := make([]byte, 0, len(text)) // as levels has it, and quicker, where there is no escape and nothing without width
	for _, c := range text {
		switch {
		case strings.IndexByte("%&\\<\xc2\xcd\xe1\xe2\xe3\xef\xf3", c) >= 0:
			return slices.ContainsFunc(levels(string(text)), func(l normalized) bool { return holds(l.text) })
		case strings.IndexByte("+ \t\r\n", c) >= 0:
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		plain = append(plain, c)
	}
	return holds(plain)
}

// Sanitize returns a text from outside fit to show: first redacted, then without control characters, then cut to limit characters.
func (r *Redactor) Sanitize(text string, limit int) string {
	return Truncate(StripControl(r.Redact(text)), limit)
}

// span is a part of a text, in bytes.
type span struct{ from, to int }

// find adds where the source of a level holds the pattern, or a part of it at a cut.
func (p pattern) find(spans []span, level normalized, source string) []span {
	for at := range indexes(level.text, p.head) {
		end := at + commonPrefix(level.text[at:], p.text)
		for end < len(level.text) && !utf8.RuneStart(level.text[end]) {
			end--
		}
		found := level.source(at, end)
		if end < at+len(p.text) {
			half := cutAfter().FindSubmatchIndex(level.text[end:min(len(level.text), end+maxHalf)])
			// What looks like a character of the secret may begin an escape that was cut.
			begin := max(at+1, end-8)
			if escape := bytes.LastIndexAny(level.text[begin:end], "%&\\<"); half == nil && escape >= 0 {
				end = begin + escape
				half = cutAfter().FindSubmatchIndex(level.text[end:min(len(level.text), end+maxHalf)])
			}
			if half == nil {
				continue
			}
			found = level.source(at, end+half[3])
		} else if !p.fits(found, source) {
			continue
		}
		spans = append(spans, p.extend(found, source))
	}
	for at := range indexes(level.text, p.tail) {
		end := at + len(p.tail)
		start := end - commonSuffix(level.text[:end], p.text)
		for !utf8.RuneStart(level.text[start]) {
			start++
		}
		if cutBefore().Match(level.text[max(0, start-20):start]) {
			spans = append(spans, p.extend(level.source(start, end), source))
		}
	}
	return spans
}

// source is the part of the source of which bytes of the text were made.
func (n normalized) source(from, to int) span { return span{n.from[from], n.to[to-1]} }

// indexes ranges over where a text holds a part; over nothing for an empty part.
func indexes(text, part []byte) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := 0; len(part) > 0; at++ {
			next := bytes.Index(text[at:], part)
			if next < 0 || !yield(at+next) {
				return
			}
			at += next
		}
	}
}

func commonPrefix(a, b []byte) (size int) {
	for size < len(a) && size < len(b) && a[size] == b[size] {
		size++
	}
	return size
}

func commonSuffix(a, b []byte) (size int) {
	for size < len(a) && size < len(b) && a[len(a)-1-size] == b[len(b)-1-size] {
		size++
	}
	return size
}

// A text is cut at its end, at an ellipsis, and at what encloses a text. An escape may have been cut in two: what is left of it goes too.
var (
	cutAfter  = expression(`^((?:%[u0-9a-f]{0,6}|\\+(?:[ux][0-9a-f]{0,7})?|&(?:amp;)?#?[0-9a-z]{0,8}|<[^<>]{0,18}|[\x{a1}-\x{ff}]{1,3}){0,3}?)(?:[;:.,)\]}]*$|\.\.|…|[;"'<>` + "`" + `])`)
	cutBefore = expression(`(?:^|\.\.|…|[;"'<>` + "`" + `])$`)
)

// fits reports whether a secret that was found is one: a short one must be a word of its own.
func (p pattern) fits(found span, source string) bool {
	if p.runes >= minSplit || p.runes >= minSubstring && !strings.ContainsFunc(source[found.from:found.to], isBlank) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(source[:found.from])
	after, _ := utf8.DecodeRuneInString(source[found.to:])
	return !isWordRune(before) && !isWordRune(after)
}

func isBlank(r rune) bool { return r == '+' || unicode.IsSpace(r) }

// extend takes in what is left and right of an encoded secret in the same word: it holds the bytes at its ends.
func (p pattern) extend(found span, source string) span {
	if !p.encoded {
		return found
	}
	isCode := func(c byte) bool {
		return c < utf8.RuneSelf && (isWordRune(rune(c)) || strings.IndexByte("+/=-", c) >= 0)
	}
	for found.from > 0 && isCode(source[found.from-1]) {
		found.from--
	}
	for found.to < len(source) && isCode(source[found.to]) {
		found.to++
	}
	return found
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
