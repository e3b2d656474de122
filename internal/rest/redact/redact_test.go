package redact

import (
	"net/url"
	"strings"
	"testing"
)

func TestSecretsAreRedactedInEveryForm(t *testing.T) {
	t.Parallel()
	secrets := []string{"s3cr+t/äö&\"<x>", "abcd", "abcdefgh", "EU", "jean.dupont@example.com", "Jürg Müller", "", "  ", "tok_live_1234", "a\\"}
	r := New(secrets)
	tests := map[string]struct{ text, want string }{
		"raw":                     {`got s3cr+t/äö&"<x> here`, "got *** here"},
		"query":                   {"key=" + url.QueryEscape(secrets[0]), "key=***"},
		"query, small hex":        {"key=" + strings.ToLower(url.QueryEscape(secrets[0])), "key=***"},
		"path":                    {"/v/" + url.PathEscape(secrets[0]), "/v/***"},
		"html":                    {`s3cr+t/äö&amp;&#34;&lt;x&gt;`, "***"},
		"json":                    {`{"a":"s3cr+t/äö\u0026\"\u003cx\u003e"}`, `{"a":"***"}`},
		"json, plain":             {`{"a":"s3cr+t/äö&\"<x>"}`, `{"a":"***"}`},
		"json, slash":             {`s3cr+t\/äö&\"<x>`, "***"},
		"json, ascii":             {`{"n":"J\u00FCrg M\u00fcller"}`, `{"n":"***"}`},
		"backslash":               {`"a\\"`, `"***"`},
		"longest first":           {"abcdefgh abcd", "*** ***"},
		"inside a word":           {"xxABCDxx", "xx***xx"},
		"any case":                {"JEAN.DUPONT@EXAMPLE.COM and jürg MÜLLER", "*** and ***"},
		"short, word":             {"in EU.", "in ***."},
		"short, in a word":        {"EUR and neu and EU_1", "EUR and neu and EU_1"},
		"short, next to a letter": {"éEU EUé", "éEU EUé"},
		"short, twice":            {"EU EU", "*** ***"},
		"innocent":                {"nothing to hide", "nothing to hide"},
	}
	for name, test := range tests {
		if got := r.Redact(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestNothingIsRedactedWithoutSecrets(t *testing.T) {
	t.Parallel()
	if got := New([]string{"", " "}).Redact("a b"); got != "a b" {
		t.Errorf("got %q", got)
	}
}
