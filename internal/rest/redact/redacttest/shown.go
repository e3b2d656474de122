package redacttest

import (
	"encoding/base64"
	"encoding/hex"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// shownLength is the length, in characters, from which a part of a secret must not be shown.
const shownLength = 6

var (
	percent = regexp.MustCompile(`(?:%[0-9a-fA-F]{2})+`)
	escape  = regexp.MustCompile(`(?:\\u[0-9a-fA-F]{4})+|(?:\\x[0-9a-fA-F]{2})+|\\[nrt"\\/]|%u[0-9a-fA-F]{4}`)
	tag     = regexp.MustCompile(`</?(?:wbr|b)\b[^<>]*>|<!--.*?-->`)
	code    = regexp.MustCompile(`[A-Za-z0-9+/_-]{10,}`)
	replace = strings.NewReplacer("-", "+", "_", "/")
)

// Shown returns more than five characters of a secret that a text shows to a reader who undoes escapes, joins what is split by characters
// that do not show, and decodes base64 and hexadecimal; "" if it shows none.
func Shown(text, secret string) string {
	parts := partsOf(secret)
	text = strings.NewReplacer("\r", "", "\n", "").Replace(text)
	for range 6 {
		if part := parts.in(text); part != "" {
			return part
		}
		for _, word := range code.FindAllString(text, -1) {
			for offset := range 4 {
				word := replace.Replace(word[offset:])
				if plain, err := base64.RawStdEncoding.DecodeString(word[:len(word)/4*4]); err == nil {
					if part := parts.in(string(plain)); part != "" {
						return part
					}
				}
				if plain, err := hex.DecodeString(word[:len(word)/2*2]); err == nil {
					if part := parts.in(string(plain)); part != "" {
						return part
					}
				}
			}
		}
		decoded := percent.ReplaceAllStringFunc(text, func(s string) string {
			plain, _ := hex.DecodeString(strings.ReplaceAll(s, "%", "")) // the expression takes nothing else
			return string(plain)
		})
		decoded = escape.ReplaceAllStringFunc(decoded, func(s string) string {
			plain, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(s, "%u", `\u`), `\/`, "/") + `"`)
			if err != nil {
				return s
			}
			return plain
		})
		decoded = tag.ReplaceAllString(html.UnescapeString(decoded), "")
		if decoded == text {
			break
		}
		text = decoded
	}
	return ""
}

type parts []string

func partsOf(secret string) (out parts) {
	runes := []rune(normal(secret))
	for i := 0; i+shownLength <= len(runes); i++ {
		out = append(out, string(runes[i:i+shownLength]))
	}
	return out
}

func (p parts) in(text string) string {
	text = normal(text)
	for _, part := range p {
		if strings.Contains(text, part) {
			return part
		}
	}
	return ""
}

// normal is a text in small letters, without what does not show and without "+".
func normal(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '+' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}
