package rest_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/redact/redacttest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// dialing is a transport of which every request fails with err, while it is set.
type dialing struct {
	err   atomic.Pointer[error]
	count atomic.Int32
	then  func() // while it fails; nil for nothing
}

func (d *dialing) RoundTrip(r *http.Request) (*http.Response, error) {
	d.count.Add(1)
	if err := d.err.Load(); err != nil {
		if !errors.Is(*err, errReset) { // without this word from the transport a request counts as sent
			httptrace.ContextClientTrace(r.Context()).GetConn("api.example.com:443")
		}
		if d.then != nil {
			d.then()
		}
		return nil, *err
	}
	return answering{func() *http.Response { return redacttest.Places["JSON, message"].Answer("x", 0) }}.RoundTrip(r)
}

var (
	errRefused   error = &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	errNoHost    error = &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "x.invalid", IsNotFound: true}}
	errSlowNames error = &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "server misbehaving", IsTemporary: true}}
	errReset     error = &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
)

// What has never answered is found out by the first requests, for all.
func TestAddressThatNeverAnswered(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err           error
		first, second int32 // requests that are sent for the first, and for the next one
	}{
		"refused": {errRefused, 3, 0}, "no such host": {errNoHost, 3, 0}, "names are not found for now": {errSlowNames, 5, 0}, "reset": {errReset, 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			transport, clk := &dialing{}, fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
			transport.err.Store(&test.err)
			client, err := rest.New(rest.Config{BaseURL: "https://api.example.com", Transport: transport, Clock: clk})
			if err != nil {
				t.Fatal(err)
			}
			send := func() (*rest.Error, int32) {
				before := transport.count.Load()
				_, err := client.Do(t.Context(), rest.Request{})
				return wantError(t, err), transport.count.Load() - before
			}
			if failed, sent := send(); sent != test.first || !errors.Is(failed, test.err) {
				t.Errorf("%d requests: %v", sent, failed)
			}
			failed, sent := send()
			if sent != test.second || failed.Outcome != rest.NotApplied && test.second == 0 || !errors.Is(failed, test.err) || (sent == 0) != strings.Contains(failed.Detail(), "Check the endpoint") {
				t.Errorf("the next: %d requests: %s", sent, failed.Detail())
			}
			clk.Advance(time.Minute) // later it is tried again
			transport.err.Store(nil)
			if failed, sent := send(); sent != 1 || failed.Status != 422 {
				t.Errorf("later: %d requests: %v", sent, failed)
			}
			transport.err.Store(&test.err) // it has answered once: that it does not now may pass
			if _, sent := send(); sent != 5 {
				t.Errorf("after an answer: %d requests", sent)
			}
		})
	}
}

// Twelve creates at an address that refuses take as long as one.
func TestAddressThatNeverAnsweredEndsAllAtOnce(t *testing.T) {
	t.Parallel()
	transport := &dialing{}
	transport.err.Store(&errRefused)
	clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	client, err := rest.New(rest.Config{BaseURL: "https://api.example.com", Transport: transport, Clock: clk, Jitter: func() float64 { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() {
			if _, err := client.Do(context.Background(), rest.Request{Method: http.MethodPost}); err == nil {
				t.Error("no error")
			}
		})
	}
	group.Wait()
	if n := transport.count.Load(); n > 36 {
		t.Errorf("%d requests", n)
	}
}

// A request that its caller ends has not found out anything for the others.
func TestEndedRequestMakesNoAddressUnreachable(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	transport := &dialing{then: cancel}
	transport.err.Store(&errSlowNames)
	client, err := rest.New(rest.Config{BaseURL: "https://api.example.com", Transport: transport, Clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Do(ctx, rest.Request{Method: http.MethodPost}); err == nil || transport.count.Load() != 1 {
		t.Errorf("%d requests: %v", transport.count.Load(), err)
	}
	transport.err.Store(nil)
	if _, err := client.Do(t.Context(), rest.Request{}); wantError(t, err).Status != 422 {
		t.Error(err)
	}
}
