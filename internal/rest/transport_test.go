package rest_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// closeAfterRequest answers the first request, and reads every later one of the same connection whole before it closes it without
// an answer: a keep-alive that ends at the worst moment. It counts what it has read.
func closeAfterRequest(t *testing.T) (address string, requests *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	requests = &atomic.Int32{}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serveConnection(conn, requests)
		}
	}()
	return "http://" + listener.Addr().String(), requests
}

func serveConnection(conn net.Conn, requests *atomic.Int32) {
	defer func() { _ = conn.Close() }()
	reader := bufio.NewReader(conn)
	for number := 1; ; number++ {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, request.Body); err != nil {
			return
		}
		requests.Add(1)
		if number > 1 {
			return
		}
		if _, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"); err != nil {
			return
		}
	}
}

// Go's transport repeats a request with such a header on its own when a connection that it kept ends under it. Every
// repeat has to be decided, counted and spaced here.
func TestTransportReplaysNoWrite(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		header   string
		keyed    bool
		requests int32 // of the write
		fails    bool
	}{
		"with the key":               {"Idempotency-Key", true, 2, false},
		"with the key, not repeated": {"Idempotency-Key", false, 1, true},
		"another spelling":           {"X-Idempotency-Key", false, 1, true},
		"a vendor's own":             {"X-Acme-Idempotency-Key", false, 1, true},
		"no key":                     {"X-Other", false, 1, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, requests := closeAfterRequest(t)
			clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
			client, err := rest.New(rest.Config{BaseURL: address, Clock: clk, Jitter: func() float64 { return 0 }})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
				t.Fatal(err)
			}
			requests.Store(0)
			_, err = client.Do(t.Context(), rest.Request{Method: http.MethodPost, Header: http.Header{test.header: {"k"}}, Body: 1, HasIdempotencyKey: test.keyed})
			if got := requests.Load(); got != test.requests || len(clk.Sleeps()) != int(test.requests)-1 {
				t.Errorf("%d requests, want %d; %d repeats were decided", got, test.requests, len(clk.Sleeps()))
			}
			if (err != nil) != test.fails {
				t.Fatalf("got %v", err)
			}
			if test.fails && wantError(t, err).Outcome != rest.Unknown {
				t.Errorf("outcome %s", wantError(t, err).Outcome)
			}
		})
	}
}
