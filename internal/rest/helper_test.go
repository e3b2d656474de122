package rest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// vendor is a server that answers from a script, one step a request (the last one again and again), and counts.
type vendor struct {
	*httptest.Server
	clock *clock.Fake

	mu       sync.Mutex
	requests []seen
}

// seen is one request as the server got it.
type seen struct {
	method, uri, body string
	header            http.Header
}

func newVendor(t *testing.T, script ...http.HandlerFunc) *vendor {
	t.Helper()
	v := &vendor{clock: clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("request body: %v", err)
		}
		v.mu.Lock()
		step := script[min(len(v.requests), len(script)-1)]
		v.requests = append(v.requests, seen{r.Method, r.RequestURI, string(body), r.Header})
		v.mu.Unlock()
		step(w, r)
	}))
	t.Cleanup(v.Close)
	return v
}

func (v *vendor) seen() []seen {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]seen(nil), v.requests...)
}

// client returns a client of the vendor whose waits take no time and are not random.
func (v *vendor) client(t *testing.T, change ...func(*rest.Config)) *rest.Client {
	t.Helper()
	config := rest.Config{BaseURL: v.URL, Clock: v.clock, Jitter: func() float64 { return 0 }}
	for _, f := range change {
		f(&config)
	}
	client, err := rest.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func (v *vendor) wantRequests(t *testing.T, want int) {
	t.Helper()
	if got := len(v.seen()); got != want {
		t.Errorf("%d requests, want %d", got, want)
	}
}

func answer(status int, kind, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		if body != "" {
			_, _ = io.WriteString(w, body) // a client that has left is part of some tests
		}
	}
}

func jsonAnswer(status int, body string, header ...string) http.HandlerFunc {
	return answer(status, "application/json", body, header...)
}

// drop closes the connection without an answer.
func drop(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func wantError(t *testing.T, err error) *rest.Error {
	t.Helper()
	failed, ok := rest.AsError(err)
	if !ok {
		t.Fatalf("got %v (%T), want a *rest.Error", err, err)
	}
	return failed
}
