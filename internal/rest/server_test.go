package rest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// scriptedServer responds from a script, one step a request (the last one again and again), and records the requests.
type scriptedServer struct {
	*httptest.Server
	clock *fakeclock.Clock

	mu       sync.Mutex
	requests []recordedRequest
}

// recordedRequest is one request as the server got it.
type recordedRequest struct {
	method, uri, body string
	header            http.Header
}

func newServer(t *testing.T, script ...http.HandlerFunc) *scriptedServer {
	t.Helper()
	s := &scriptedServer{clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("request body: %v", err)
		}
		s.mu.Lock()
		step := script[min(len(s.requests), len(script)-1)]
		s.requests = append(s.requests, recordedRequest{r.Method, r.RequestURI, string(body), r.Header})
		s.mu.Unlock()
		step(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *scriptedServer) recorded() []recordedRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// client returns a client of the server whose waits take no time and are not random.
func (s *scriptedServer) client(t *testing.T, change ...func(*rest.Config)) *rest.Client {
	t.Helper()
	config := rest.Config{BaseURL: s.URL, Clock: s.clock, Jitter: func() float64 { return 0 }}
	for _, f := range change {
		f(&config)
	}
	client, err := rest.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func (s *scriptedServer) wantRequests(t *testing.T, want int) {
	t.Helper()
	if got := len(s.recorded()); got != want {
		t.Errorf("%d requests, want %d", got, want)
	}
}

// respond is a step with this status, Content-Type ("" for none) and body, and pairs of header and value.
func respond(status int, contentType, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
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

func respondJSON(status int, body string, header ...string) http.HandlerFunc {
	return respond(status, "application/json", body, header...)
}

// dropConnection closes the connection without a response.
func dropConnection(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func wantError(t *testing.T, err error) *rest.Error {
	t.Helper()
	failed, ok := rest.AsError(err)
	if !ok {
		t.Fatalf("got %v (%T), want a *rest.Error", err, err)
	}
	return failed
}
