// Package redacttest spells secrets as servers may, and finds what a text shows of one. It shares no code with package redact.
package redacttest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// Secrets are like credentials and payers' data.
var Secrets = []string{
	"sk_live_4eC39HqLyjWDarjtT1zdp7dc", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3", "cl13nt/s3cr+t!=='x'&y", "pa$$ \"word\" <1>",
	"jean.dupont+test@example.com", "Jürg Müller & Söhne", `Planted\Söhne GmbH`, "12 rue de la Paix, Bât. C", "+49 170 1234567", "Planted+Söhne%20", "100% Ärger",
}

// Spellings are the ways, by name, in which a server may write a value.
var Spellings = map[string]func(string) string{
	"plain":              func(s string) string { return s },
	"upper case":         strings.ToUpper,
	"query":              url.QueryEscape,
	"path":               url.PathEscape,
	"encodeURIComponent": func(s string) string { return unescaped(url.QueryEscape(s), "!'()*", "+", "%20") },
	"quote":              func(s string) string { return unescaped(url.QueryEscape(s), "/", "+", "%20") },
	"every byte":         func(s string) string { return bytesOf(s, "%%%02X") },
	"every byte, small":  func(s string) string { return bytesOf(s, "%%%02x") },
	"twice":              func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"every byte twice":   func(s string) string { return url.QueryEscape(bytesOf(s, "%%%02X")) },
	"%u":                 func(s string) string { return runesOf(s, "%%u%04X") },
	"HTML":               html.EscapeString,
	"HTML, named": func(s string) string {
		return strings.NewReplacer("&#34;", "&quot;", "&#39;", "&apos;").Replace(html.EscapeString(s))
	},
	"HTML, hex":        func(s string) string { return runesOf(s, "&#x%x;") },
	"HTML, decimal":    func(s string) string { return runesOf(s, "&#%d;") },
	"HTML twice":       func(s string) string { return html.EscapeString(runesOf(s, "&#x%x;")) },
	"JSON":             inJSON,
	"JSON twice":       func(s string) string { return inJSON(inJSON(s)) },
	"JSON, slash":      func(s string) string { return strings.ReplaceAll(inJSON(s), "/", `\/`) },
	`all \u`:           func(s string) string { return runesOf(s, `\u%04x`) },
	`all \u, large`:    func(s string) string { return runesOf(s, `\u%04X`) },
	`all \x`:           func(s string) string { return bytesOf(s, `\x%02x`) },
	"URL in JSON":      func(s string) string { return inJSON(url.QueryEscape(s)) },
	"URL in HTML":      func(s string) string { return html.EscapeString(bytesOf(s, "%%%02x")) },
	"JSON in URL":      func(s string) string { return url.QueryEscape(runesOf(s, `\u%04x`)) },
	"base64":           func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64, shifted":  func(s string) string { return base64.StdEncoding.EncodeToString([]byte("a" + s + "z")) },
	"base64, twice so": func(s string) string { return base64.StdEncoding.EncodeToString([]byte("id:" + s + "!?")) },
	"base64, URL":      func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"base64 in URL":    func(s string) string { return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(s))) },
	"base64, lines":    func(s string) string { return split(base64.StdEncoding.EncodeToString([]byte(s)), "\r\n") },
	"hex":              func(s string) string { return hex.EncodeToString([]byte(s)) },
	"hex, large":       func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"newlines":         func(s string) string { return split(s, "\n") },
	"zero width":       func(s string) string { return split(s, "\u200b") },
	"soft hyphens":     func(s string) string { return split(s, "\u00ad") },
	"bidi":             func(s string) string { return split(s, "\u202e") },
	"<wbr>":            func(s string) string { return split(s, "<wbr>") },
	"tags":             func(s string) string { return split(s, `</b><b class="x">`) },
	"comments":         func(s string) string { return split(s, "<!-- -->") },
	"&shy;":            func(s string) string { return split(s, "&shy;") },
	"&lt;wbr&gt;":      func(s string) string { return split(s, "&lt;wbr&gt;") },
	`\n in JSON`:       func(s string) string { return inJSON(split(s, "\n")) },
	"URL, lines":       func(s string) string { return split(bytesOf(s, "%%%02x"), "\n") },
}

// unescaped takes the escaping of these characters back, and replaces old by its replacement.
func unescaped(escaped, characters, old, replacement string) string {
	escaped = strings.ReplaceAll(escaped, old, replacement)
	for _, c := range characters {
		escaped = strings.ReplaceAll(escaped, fmt.Sprintf("%%%02X", c), string(c))
	}
	return escaped
}

func bytesOf(s, format string) string {
	var out strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&out, format, s[i])
	}
	return out.String()
}

func runesOf(s, format string) string {
	var out strings.Builder
	for _, r := range s {
		fmt.Fprintf(&out, format, r)
	}
	return out.String()
}

func inJSON(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(out[1 : len(out)-1])
}

// split puts a separator behind every fourth character.
func split(s, separator string) string {
	var out strings.Builder
	for i, r := range []rune(s) {
		if i > 0 && i%4 == 0 {
			out.WriteString(separator)
		}
		out.WriteRune(r)
	}
	return out.String()
}
