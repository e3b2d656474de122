package rest

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	t.Parallel()
	secrets := []string{"s3cr+t/äö&\"<x>", "abcd", "abcdefgh", "EU", "jean.dupont@example.com", "Jürg Müller", "", "  ", "tok_live_1234", "a\\"}
	m := newMasker(secrets)
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
		if got := m.text(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestMaskWithoutSecrets(t *testing.T) {
	t.Parallel()
	if got := newMasker([]string{"", " "}).text("a b"); got != "a b" {
		t.Errorf("got %q", got)
	}
}

// Half a secret would not be found, so masking comes before shortening; and a terminal must not be driven by a vendor.
func TestMaskEveryTextOfAnError(t *testing.T) {
	t.Parallel()
	const secret = "topsecretvalue"
	inner := &Error{Method: "POST", Path: "/oauth2/token", Status: 400, Message: "bad " + secret}
	cause := errors.Join(inner, errors.New("dial "+secret))
	e := newMasker([]string{secret}).apply(&Error{
		Method: "GET", Path: "/v2/" + secret, Status: 422, Code: secret, Type: secret, Message: "a\x1b[31m" + secret,
		Hint: secret, RequestID: secret, RetryNote: secret, Fields: []Field{{secret, secret, secret}},
		Body: strings.Repeat("x", maxBody-10) + secret, Cause: cause,
	})
	all := e.Error() + e.Detail() + e.Cause.Error() + e.Code + e.Type + e.Hint + e.Body
	if strings.Contains(all, "topse") || strings.ContainsRune(all, 0x1b) {
		t.Errorf("not masked: %q", all)
	}
	if len(e.Body) > maxBody || !errors.Is(e, error(inner)) {
		t.Errorf("body of %d, or the cause is lost", len(e.Body))
	}
	if !strings.Contains(e.Detail(), "HTTP 400 Bad Request (POST /oauth2/token)") {
		t.Errorf("the inner error is not told: %s", e.Detail())
	}
	if !strings.Contains(inner.Message, secret) {
		t.Error("the inner error, which others share, was changed")
	}
}
