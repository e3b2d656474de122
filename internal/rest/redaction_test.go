package rest_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

// A vendor that echoes all it was sent must not get any of it into an error or the log.
func TestSecretsAreInNoErrorAndNoLog(t *testing.T) {
	t.Parallel()
	const token, key, payer = "tok-live-4711", "api+key/äö", "Jürg Müller <jm@example.com>"
	secrets := []string{token, key, payer, "jm@example.com"}
	echoes := map[string]http.HandlerFunc{
		"JSON": func(w http.ResponseWriter, r *http.Request) {
			respondJSON(422, `{"code":"`+r.Header.Get("Authorization")+`","message":"bad `+payer+`","errors":[{"detail":"`+payer+`","source":{"pointer":"`+key+`"}}]}`,
				"X-Request-Id", token)(w, r)
		},
		"HTML": func(w http.ResponseWriter, r *http.Request) {
			respond(500, "text/html", "<html><title>J&uuml;rg M&#252;ller &lt;jm@example.com&gt; "+r.RequestURI+" "+strings.ToUpper(token)+"</title>")(w, r)
		},
		"text":           respond(400, "text/plain", `{"name":"J\u00fcrg M\u00fcller \u003cjm@example.com\u003e", "key":"api+key\/äö`),
		"at the cut":     respond(400, "text/plain", strings.Repeat(" ", 64<<10-8)+token),
		"redirect":       redirect(307, "https://"+token+".example.com/"+token),
		"page":           respond(200, "text/html", "<title>"+payer+token+"</title>"),
		"wrong JSON":     respondJSON(200, `{"a":"`+payer+`"}`),
		"dropped":        dropConnection,
		"content type":   respond(200, token, "x"),
		"truncated JSON": respondJSON(200, `{"a":"`+payer),
	}
	for name, step := range echoes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			ctx := rest.WithSensitive(tflogtest.RootLogger(t.Context(), &log), func() []string { return []string{payer, "jm@example.com"} })
			server := newServer(t, step)
			client := server.client(t, func(c *rest.Config) {
				c.Auth, c.Secrets, c.Header = auth.Static(token), []string{key}, http.Header{"X-Api-Key": {key}}
			})
			var out struct {
				A int `json:"a"`
			}
			_, err := client.Do(ctx, rest.Request{
				Method: http.MethodPost, Path: []string{"links"}, Query: url.Values{"email": {payer}},
				Body: map[string]string{"name": payer}, Out: &out,
			})
			failed := wantError(t, err)
			shown := strings.ToLower(failed.Error() + failed.Detail() + fmt.Sprint(failed.Cause))
			for _, secret := range secrets {
				for _, form := range []string{secret, url.QueryEscape(secret), "tok-live"} {
					if strings.Contains(shown, strings.ToLower(form)) {
						t.Errorf("%q is shown:\n%s", form, shown)
					}
					if strings.Contains(strings.ToLower(log.String()), strings.ToLower(form)) {
						t.Errorf("%q is logged:\n%s", form, log.String())
					}
				}
			}
		})
	}
}

func TestOneLogLineForEachAttempt(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	server := newServer(t, respondJSON(503, `{"message":"body-of-503"}`), respondJSON(200, `{"a":"body-of-200"}`, "X-Request-Id", "r-7"))
	_, err := server.client(t).Do(tflogtest.RootLogger(t.Context(), &log), rest.Request{Path: []string{"links", "a/b"}, Query: url.Values{"q": {"payer"}}})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := tflogtest.MultilineJSONDecode(&log)
	if err != nil || len(lines) != 2 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for i, want := range []map[string]any{
		{"method": "GET", "path": "/links/a%2Fb", "status": 503.0, "duration_ms": 0.0, "request_id": ""},
		{"method": "GET", "path": "/links/a%2Fb", "status": 200.0, "duration_ms": 0.0, "request_id": "r-7"},
	} {
		for key, value := range want {
			if lines[i][key] != value {
				t.Errorf("line %d: %s is %v, want %v", i, key, lines[i][key], value)
			}
		}
		if text := fmt.Sprint(lines[i]); strings.Contains(text, "body-of") || strings.Contains(text, "payer") {
			t.Errorf("line %d tells too much: %s", i, text)
		}
	}
}
