package rest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

func TestPathSegmentsAreEscaped(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		base, suffix string
		path         []string
		uri          string // "" where the call is refused
	}{
		"plain":           {"", "", []string{"v2", "payment_links", "42"}, "/v2/payment_links/42"},
		"prefix":          {"/sandbox", "", []string{"auth"}, "/sandbox/auth"},
		"prefix, slash":   {"/sandbox/", "", []string{"auth"}, "/sandbox/auth"},
		"escaped prefix":  {"/a%2Fb", "", []string{"auth"}, "/a%2Fb/auth"},
		"suffix":          {"", ":revoke", []string{"links", "a:b"}, "/links/a:b:revoke"},
		"slash":           {"", "", []string{"links", "a/b"}, "/links/a%2Fb"},
		"hidden dots":     {"", "", []string{"links", "../x"}, "/links/..%2Fx"},
		"escaped already": {"", "", []string{"links", "%2e%2e"}, "/links/%252e%252e"},
		"query":           {"", "", []string{"links", "a?b=c#d"}, "/links/a%3Fb=c%23d"},
		"space and more":  {"", "", []string{"links", "a b\nü"}, "/links/a%20b%0A%C3%BC"},
		"dots":            {"", "", []string{"links", "..", "x"}, ""},
		"dot":             {"", "", []string{"links", "."}, ""},
		"empty":           {"", "", []string{"links", ""}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, respondJSON(200, `{}`))
			client := server.client(t, func(c *rest.Config) { c.BaseURL += test.base })
			_, err := client.Do(t.Context(), rest.Request{Path: test.path, Suffix: test.suffix})
			if test.uri == "" {
				if failed := wantError(t, err); failed.Outcome != rest.NotApplied || failed.Status != 0 {
					t.Errorf("got %+v", failed)
				}
				server.wantRequests(t, 0)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := server.recorded()[0].uri; got != test.uri {
				t.Errorf("asked for %s, want %s", got, test.uri)
			}
		})
	}
}

func TestRequestOnTheWire(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(201, `{}`))
	client := server.client(t, func(c *rest.Config) {
		c.Auth = auth.Static("tok")
		c.Header = http.Header{"X-Client": {"a"}, "X-Both": {"a"}}
	})
	_, err := client.Do(t.Context(), rest.Request{
		Method: http.MethodPost, Path: []string{"links"}, Query: url.Values{"status[]": {"a b", "c"}},
		Header: http.Header{"x-both": {"b"}, "X-Call": {"b"}},
		Body: map[string]any{
			"a": money.Number{Decimal: decimal.RequireFromString("50.9000000000")},
			"b": json.Number("123456789012345678901.01"),
			"c": "<a&b>",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := server.recorded()[0]
	if got.method != "POST" || got.uri != "/links?status%5B%5D=a+b&status%5B%5D=c" {
		t.Errorf("%s %s", got.method, got.uri)
	}
	if want := `{"a":50.9000000000,"b":123456789012345678901.01,"c":"<a&b>"}`; got.body != want {
		t.Errorf("body %s, want %s", got.body, want)
	}
	for name, want := range map[string]string{
		"Authorization": "Bearer tok", "Content-Type": "application/json", "Accept": "application/json",
		"X-Client": "a", "X-Both": "b", "X-Call": "b",
	} {
		if value := got.header.Get(name); value != want {
			t.Errorf("%s: %q, want %q", name, value, want)
		}
	}
}

func TestFormIsSentURLEncoded(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`))
	_, err := server.client(t).Do(t.Context(), rest.Request{Method: http.MethodPost, Form: url.Values{"grant_type": {"refresh_token"}, "x": {"a&b"}}})
	if err != nil {
		t.Fatal(err)
	}
	got := server.recorded()[0]
	if got.body != "grant_type=refresh_token&x=a%26b" || got.header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		t.Errorf("%s as %s", got.body, got.header.Get("Content-Type"))
	}
}

func TestNoBodyNoContentTypeNoAuthorization(t *testing.T) {
	t.Parallel()
	server := newServer(t, respond(204, "", ""))
	if _, err := server.client(t).Do(t.Context(), rest.Request{Method: http.MethodDelete, Path: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
	got := server.recorded()[0]
	if _, there := got.header["Content-Type"]; there || got.body != "" || got.header.Get("Authorization") != "" {
		t.Errorf("got %+v", got)
	}
}

func TestResponseIsDecodedExactly(t *testing.T) {
	t.Parallel()
	date := "Sun, 01 Mar 2026 11:59:58 GMT"
	server := newServer(t, respondJSON(201, `{"a":50.9000000000,"b":123456789012345678901.01,"c":{"d":0.10},"new":1}`,
		"Date", date, "X-Request-Id", "r-1", "X-Other", "o"))
	var out struct {
		A money.Number `json:"a"`
		B json.Number  `json:"b"`
		C any          `json:"c"`
	}
	got, err := server.client(t).Do(t.Context(), rest.Request{Method: http.MethodPost, Body: 1, Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	if !got.Date.Equal(time.Date(2026, 3, 1, 11, 59, 58, 0, time.UTC)) || got.Status != 201 || got.RequestID != "r-1" || got.Header.Get("X-Other") != "o" {
		t.Errorf("got %+v", got)
	}
	a, err := json.Marshal(out)
	if want := `{"a":50.9000000000,"b":123456789012345678901.01,"c":{"d":0.10}}`; err != nil || string(a) != want {
		t.Errorf("decoded %s, want %s (%v)", a, want, err)
	}
}

func TestBodyThatIsNoJSONIsNotSent(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`))
	_, err := server.client(t).Do(t.Context(), rest.Request{Method: http.MethodPost, Body: func() {}})
	if failed := wantError(t, err); failed.Outcome != rest.NotApplied {
		t.Errorf("got %v", failed)
	}
	server.wantRequests(t, 0)
}
