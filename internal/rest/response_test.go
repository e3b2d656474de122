package rest_test

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// compress returns a body as a vendor may send it: a thousandth of what it holds.
func compress(t *testing.T, body string) string {
	t.Helper()
	var out strings.Builder
	w := gzip.NewWriter(&out)
	_, err := io.WriteString(w, body)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestUnusableSuccessIsAnError(t *testing.T) {
	t.Parallel()
	large := `{"a":"` + strings.Repeat("x", rest.MaxElement) + `"}`
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"a":"half`)
	}
	tests := map[string]struct {
		step  http.HandlerFunc
		noOut bool
		gets  int // requests of a read
		says  string
	}{
		"page":                  {respond(200, "text/html; charset=utf-8", `<html><head><title>Sign &amp; in</title>`), false, 1, `"Sign & in"`},
		"page, out unwanted":    {respond(200, "text/html", `<html><title>Sign in</title>`), true, 1, "Sign in"},
		"text":                  {respond(200, "text/plain", `{"a":"b"}`), false, 1, "text/plain"},
		"empty":                 {respond(200, "application/json", ""), false, 1, "no body"},
		"no content":            {respond(204, "", ""), false, 1, "no body"},
		"white space":           {respondJSON(200, " \n"), false, 1, "no body"},
		"not JSON":              {respondJSON(200, `{"a" "b"}`), false, 1, "invalid character"},
		"wrong type":            {respondJSON(200, `{"a":{}}`), false, 1, "a cannot be read"},
		"goes on":               {respondJSON(200, `{"a":"b"}{}`), false, 1, "continues after"},
		"too large":             {respondJSON(200, large), false, 1, "larger than"},
		"too large, compressed": {respondJSON(200, compress(t, `{"a":"`+strings.Repeat("x", 64*rest.MaxElement)+`"}`), "Content-Encoding", "gzip"), false, 1, "larger than"},
		"truncated":             {respondJSON(200, `{"a":"b`), false, 5, "too early"},
		"cut off":               {cut, false, 5, "unexpected EOF"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for method, requests := range map[string]int{"GET": test.gets, "POST": 1} {
				server := newServer(t, test.step)
				request := rest.Request{Method: method}
				var out struct {
					A string `json:"a"`
				}
				if !test.noOut {
					request.Out = &out
				}
				got, err := server.client(t).Do(t.Context(), request)
				failed := wantError(t, err)
				if failed.Outcome != rest.Unknown || failed.Status/100 != 2 || got.Status != failed.Status || !strings.Contains(failed.Detail(), test.says) {
					t.Errorf("%s: %s, %s", method, failed.Outcome, failed.Detail())
				}
				server.wantRequests(t, requests)
			}
		})
	}
}

func TestUsableSuccessIsDecoded(t *testing.T) {
	t.Parallel()
	full := `{"a":"` + strings.Repeat("x", rest.MaxElement-8) + `"}`
	tests := map[string]http.HandlerFunc{
		"plain":       respondJSON(200, `{"a":"b"}`),
		"charset":     respond(200, "application/json; charset=utf-8", `{"a":"b"}`),
		"vendor type": respond(201, "application/vnd.api+json", `{"a":"b"}`),
		"at the size": respondJSON(200, full),
	}
	for name, step := range tests {
		var out struct {
			A string `json:"a"`
		}
		if _, err := newServer(t, step).client(t).Do(t.Context(), rest.Request{Out: &out}); err != nil || out.A == "" {
			t.Errorf("%s: %q, %v", name, out.A, err)
		}
	}
	for name, step := range map[string]http.HandlerFunc{
		"no content": respond(204, "", ""), "empty page": respond(200, "text/html", ""), "unwanted": respondJSON(200, `{"a":`),
	} {
		if _, err := newServer(t, step).client(t).Do(t.Context(), rest.Request{Method: http.MethodPost}); err != nil {
			t.Errorf("%s, nothing wanted: %v", name, err)
		}
	}
}

// An error may be a gateway's, whose clock is not the vendor's: only the Date of a success tells the time.
func TestDateOfAnErrorIsNotTheVendors(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(502, `{}`, "Date", "Sun, 01 Mar 2026 15:00:00 GMT"), respondJSON(200, `{}`, "Date", "Sun, 01 Mar 2026 12:00:00 GMT"))
	client := server.client(t)
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost})
	if err == nil {
		t.Fatal("a 502 was taken for a success")
	}
	if least, most, known := client.ClockSkew(); known {
		t.Errorf("an error told the time: %s to %s", least, most)
	}
	if _, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost}); err != nil {
		t.Fatal(err)
	}
	if least, most, known := client.ClockSkew(); !known || least > 0 || most < 0 {
		t.Errorf("%s to %s, known: %t", least, most, known)
	}
}
