package redact

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
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

// tricks are texts that would drive a terminal, or look like a message of its own.
var tricks = []string{
	"\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]8;;https://evil.test\x1b\\click\x1b]8;;\x1b\\", "\x9b31m", "\x9d0;x\x9c", "\u009b31m", "\b\b\b\b", "a\rb", "\x00", "\x7f", "\v\f",
	"\u202egnp.exe", "\u2066\u2069", "\u200b\u200e\u200f\ufeff", "\u2028Error: forged", "\u2029", "\u0085Error: forged", "\r\n\r\nError: forged", "\n\n╵\n\nApply complete!", "\ue000", "\U000e0041",
	"\xff\xfe", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80", "héllo — 世界 👩‍👩‍👧", "",
}

// FuzzVisible: no text passes that moves a cursor, rings, changes colours or the direction of what follows; of a text that goes into a
// line, no line end either. Everything else stays.
func FuzzVisible(f *testing.F) {
	for _, text := range tricks {
		f.Add(text, "before "+text+" after")
	}
	f.Fuzz(func(t *testing.T, text, line string) {
		out := Visible(text)
		requireTame(t, out)
		if strings.Count(out, "\n") != strings.Count(text, "\n") || utf8.RuneCountInString(out) != utf8.RuneCountInString(text) || Visible(out) != out {
			t.Errorf("%q becomes %q", text, out)
		}
		for _, out := range []string{StripControl(line), (*Redactor)(nil).Sanitize(line, 40)} {
			requireTame(t, out)
			if strings.Contains(out, "\n") || StripControl(out) != out {
				t.Errorf("%q becomes %q", line, out)
			}
		}
		kept := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != utf8.RuneError {
					return r
				}
				return -1
			}, s)
		}
		if kept(out) != kept(text) || kept(StripControl(line)) != kept(line) {
			t.Errorf("%q becomes %q, %q becomes %q", text, out, line, StripControl(line))
		}
	})
}

// requireTame states what a terminal may be given: it shares no code with what makes messages visible.
func requireTame(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%q is no UTF-8", text)
	}
	for _, r := range text {
		switch {
		case r < ' ' && r != '\n', 0x7f <= r && r < 0xa0, r == 0xad, r == 0x61c, 0x200b <= r && r <= 0x200f, 0x2028 <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f, r == 0xfeff, 0xfff9 <= r && r <= 0xfffb,
			0xe000 <= r && r <= 0xf8ff, 0xe0000 <= r && r <= 0xe007f, r >= 0xf0000:
			t.Errorf("%q holds %U", text, r)
		}
	}
}
