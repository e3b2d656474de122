package redact

import (
	"strings"
	"testing"
)

func TestPlainTextIsWhatAPersonReads(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"<!DOCTYPE html><html><head><title>502 Bad\nGateway</title><style>b{}</style><script>var a='<b>';</script></head><body><!-- no --><h1>Sorry &amp; bye</h1></body></html>": "502 Bad Gateway Sorry & bye",
		"<html><body>nginx":         "nginx",
		"<html><script>never ended": "",
		"upstream\n\t failed\r\n":   "upstream failed",
		"a < b &amp; c":             "a < b &amp; c", // no HTML
		"":                          "",
	} {
		if got := PlainText(body); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

func TestHTMLTitle(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 5000)
	for body, want := range map[string]string{
		"<html><head><TITLE lang=en>Sign &amp; in</title>": "Sign & in",
		"<title>" + long + "</title>":                      long, // whoever shows it redacts and cuts it
		"<title>never ended":                               "",
		"no page":                                          "",
	} {
		if got := HTMLTitle(body); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

// A secret at the cut must not stay in part, and a terminal must not be driven by a vendor.
func TestSanitizeRedactsBeforeItCuts(t *testing.T) {
	t.Parallel()
	r := New([]string{"topsecretvalue"})
	for text, want := range map[string]string{
		"1234567890123 topsecretvalue": "1234567890123 ***",
		"1234567890 123456789012345":   "1234567890 123456...",
		"a\x1b[2J\x07b\u200bc\r\n d":   "a [2J b c d",
		"caf\xe9":                      "caf",
	} {
		if got := r.Sanitize(text, 20); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
