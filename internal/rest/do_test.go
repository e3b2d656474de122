package rest_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

func TestRetries(t *testing.T) {
	t.Parallel()
	good := respondJSON(200, `{}`)
	limited := respondJSON(429, `{"message":"slow down"}`, "Retry-After", "3")
	html := respond(200, "text/html", "<html><title>Sign in</title></html>")
	tests := map[string]struct {
		method     string
		idempotent bool
		script     []http.HandlerFunc
		requests   int
		slept      []time.Duration
		status     int          // of the error; 0: none, or no response
		fails      bool         //
		outcome    rest.Outcome // of the error
	}{
		"get heals":                   {"GET", false, []http.HandlerFunc{dropConnection, respondJSON(503, ``), respondJSON(500, `{}`), good}, 4, seconds(0.5, 1, 2), 0, false, 0},
		"get, five times":             {"GET", false, []http.HandlerFunc{respondJSON(502, ``)}, 5, seconds(0.5, 1, 2, 4), 502, true, rest.Unknown},
		"get, not implemented":        {"GET", false, []http.HandlerFunc{respondJSON(501, ``)}, 1, nil, 501, true, rest.Unknown},
		"get, not found":              {"GET", false, []http.HandlerFunc{respondJSON(404, ``)}, 1, nil, 404, true, rest.NotApplied},
		"get, page":                   {"GET", false, []http.HandlerFunc{html}, 1, nil, 200, true, rest.Unknown},
		"get, limited":                {"GET", false, []http.HandlerFunc{limited, good}, 2, seconds(3), 0, false, 0},
		"post, limited":               {"POST", false, []http.HandlerFunc{limited, good}, 2, seconds(3), 0, false, 0},
		"post, 500":                   {"POST", false, []http.HandlerFunc{respondJSON(500, ``), good}, 1, nil, 500, true, rest.Unknown},
		"post, 503":                   {"POST", false, []http.HandlerFunc{respondJSON(503, ``), good}, 1, nil, 503, true, rest.Unknown},
		"post, dropped":               {"POST", false, []http.HandlerFunc{dropConnection, good}, 1, nil, 0, true, rest.Unknown},
		"post, refused":               {"POST", false, []http.HandlerFunc{respondJSON(422, ``), good}, 1, nil, 422, true, rest.NotApplied},
		"post, page":                  {"POST", false, []http.HandlerFunc{html, good}, 1, nil, 200, true, rest.Unknown},
		"idempotent, dropped":         {"POST", true, []http.HandlerFunc{dropConnection, good}, 2, seconds(0.5), 0, false, 0},
		"idempotent, page":            {"POST", true, []http.HandlerFunc{html, good}, 2, seconds(0.5), 0, false, 0},
		"idempotent, then refused":    {"PATCH", true, []http.HandlerFunc{respondJSON(503, ``), respondJSON(422, ``)}, 2, seconds(0.5), 422, true, rest.Unknown},
		"limited, then refused":       {"POST", false, []http.HandlerFunc{limited, respondJSON(422, ``)}, 2, seconds(3), 422, true, rest.NotApplied},
		"wait beyond the budget":      {"GET", false, []http.HandlerFunc{respondJSON(429, ``, "Retry-After", "121")}, 1, nil, 429, true, rest.NotApplied},
		"waits add up to the budget":  {"GET", false, []http.HandlerFunc{respondJSON(429, ``, "Retry-After", "50")}, 3, seconds(50, 50), 429, true, rest.NotApplied},
		"unauthorised without a hope": {"GET", false, []http.HandlerFunc{respondJSON(401, ``)}, 1, nil, 401, true, rest.NotApplied},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, test.script...)
			client := server.client(t, func(c *rest.Config) { c.Auth = auth.Static("tok") })
			sent := rest.Request{Method: test.method, Path: []string{"x"}, Idempotent: test.idempotent}
			if test.method != http.MethodGet {
				sent.Body = map[string]int{"a": 1}
			}
			_, err := client.Do(t.Context(), sent)
			server.wantRequests(t, test.requests)
			if slept := server.clock.Sleeps(); !slices.Equal(slept, test.slept) {
				t.Errorf("slept %v, want %v", slept, test.slept)
			}
			for _, request := range server.recorded() {
				if sent.Body != nil && request.body != `{"a":1}` {
					t.Errorf("body %q", request.body)
				}
			}
			if !test.fails {
				if err != nil {
					t.Error(err)
				}
				return
			}
			failed := wantError(t, err)
			if failed.Status != test.status || failed.Outcome != test.outcome || failed.Attempts != test.requests {
				t.Errorf("status %d, %s after %d attempts: %v", failed.Status, failed.Outcome, failed.Attempts, failed)
			}
		})
	}
}

func seconds(values ...float64) []time.Duration {
	var all []time.Duration
	for _, s := range values {
		all = append(all, time.Duration(s*float64(time.Second)))
	}
	return all
}

func TestErrorSaysWhyThereWasNoRetry(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(429, `{"message":"slow down"}`, "Retry-After", "120"))
	_, err := server.client(t).Do(t.Context(), rest.Request{})
	if got := wantError(t, err).Detail(); !strings.Contains(got, "2m0s") || !strings.Contains(got, "`retry_budget`") || !strings.Contains(got, "slow down") {
		t.Errorf("got %s", got)
	}
}

func TestUnreachableServerIsRetriedAndNotApplied(t *testing.T) {
	t.Parallel()
	server := newServer(t, dropConnection)
	client := server.client(t)
	server.Close()
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost, Body: 1})
	failed := wantError(t, err)
	if failed.Outcome != rest.NotApplied || failed.Attempts != 3 || len(server.clock.Sleeps()) != 2 {
		t.Errorf("%s after %d attempts: %v", failed.Outcome, failed.Attempts, failed)
	}
}

func TestUntrustedCertificateIsNotRepeated(t *testing.T) {
	t.Parallel()
	tlsServer := httptest.NewTLSServer(respondJSON(200, `{}`))
	t.Cleanup(tlsServer.Close)
	tlsServer.Config.ErrorLog = nil
	server := newServer(t, dropConnection)
	client := server.client(t, func(c *rest.Config) { c.BaseURL = tlsServer.URL })
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost, Body: 1})
	var certificate *tls.CertificateVerificationError
	if failed := wantError(t, err); failed.Outcome != rest.NotApplied || failed.Attempts != 1 || !errors.As(err, &certificate) {
		t.Errorf("%s after %d attempts: %v", failed.Outcome, failed.Attempts, err)
	}
}

// transportFunc is a transport that does not trace: nobody knows how far its requests came.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestUntracedLossIsUnknown(t *testing.T) {
	t.Parallel()
	server := newServer(t, dropConnection)
	attempts := 0
	client := server.client(t, func(c *rest.Config) {
		c.Transport = transportFunc(func(*http.Request) (*http.Response, error) {
			attempts++
			return nil, io.ErrUnexpectedEOF
		})
	})
	_, err := client.Do(t.Context(), rest.Request{Method: http.MethodPost, Body: 1})
	if failed := wantError(t, err); failed.Outcome != rest.Unknown || attempts != 1 {
		t.Errorf("%s after %d attempts", failed.Outcome, attempts)
	}
}

func TestAttemptsTimeOut(t *testing.T) {
	t.Parallel()
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	drip := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"a":`)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	dripError := func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, `not pos`)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	tests := map[string]struct {
		method   string
		step     http.HandlerFunc
		requests int
		status   int
		outcome  rest.Outcome
	}{
		"post, no answer":      {"POST", hang, 1, 0, rest.Unknown},
		"post, half a body":    {"POST", drip, 1, 200, rest.Unknown},
		"post, half a refusal": {"POST", dripError, 1, 422, rest.NotApplied},
		"get, no answer":       {"GET", hang, 5, 0, rest.Unknown},
		"get, half a body":     {"GET", drip, 5, 200, rest.Unknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, test.step)
			client := server.client(t, func(c *rest.Config) { c.RequestTimeout = 250 * time.Millisecond })
			var out any
			_, err := client.Do(t.Context(), rest.Request{Method: test.method, Out: &out})
			failed := wantError(t, err)
			if failed.Status != test.status || failed.Outcome != test.outcome {
				t.Errorf("status %d, %s: %v", failed.Status, failed.Outcome, failed)
			}
			if test.status != 422 && (!errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "250ms")) {
				t.Errorf("got %v", err)
			}
			server.wantRequests(t, test.requests)
		})
	}
}
