package rest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
)

func TestNothingIsSentAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		server := newServer(t, respondJSON(200, `{}`))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := server.client(t).Do(ctx, rest.Request{Method: method})
		if failed := wantError(t, err); failed.Outcome != rest.NotApplied || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %s, %v", method, failed.Outcome, err)
		}
		server.wantRequests(t, 0)
	}
}

// An auth that ends the context while it gets the token, as an interrupt at that moment does.
type cancelingSource struct {
	auth.Source
	end context.CancelFunc
}

func (a cancelingSource) Token(ctx context.Context) (string, error) {
	a.end()
	return a.Source.Token(ctx)
}

func TestNothingIsSentAfterAnInterruptDuringAuthentication(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`))
	ctx, cancel := context.WithCancel(t.Context())
	client := server.client(t, func(c *rest.Config) { c.Auth = cancelingSource{auth.Static("tok"), cancel} })
	_, err := client.Do(ctx, rest.Request{Method: http.MethodPost})
	if failed := wantError(t, err); failed.Outcome != rest.NotApplied {
		t.Errorf("got %v", failed)
	}
	server.wantRequests(t, 0)
}

func TestInterruptDuringAWriteLetsItFinish(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		select {
		case <-r.Context().Done():
			t.Error("the request was cancelled")
		case <-time.After(30 * time.Millisecond):
		}
		respondJSON(201, `{"id":"42"}`)(w, r)
	})
	var out struct {
		ID string `json:"id"`
	}
	if _, err := server.client(t).Do(ctx, rest.Request{Method: http.MethodPost, Body: 1, Out: &out}); err != nil || out.ID != "42" {
		t.Errorf("got %q, %v", out.ID, err)
	}
}

func TestInterruptEndsARead(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := newServer(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := server.client(t).Do(ctx, rest.Request{})
	if failed := wantError(t, err); !errors.Is(err, context.Canceled) || strings.Contains(failed.Detail(), "within") || failed.RetryNote != "" {
		t.Errorf("an interrupt is shown as something else: %s", failed.Detail())
	}
	server.wantRequests(t, 1)
}

func TestInterruptEndsAWait(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		ctx, cancel := context.WithCancel(t.Context())
		server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			time.AfterFunc(20*time.Millisecond, cancel)
			respondJSON(429, `{"message":"slow down"}`, "Retry-After", "30")(w, r)
		})
		client := server.client(t, func(c *rest.Config) { c.Clock = clock.System{} })
		_, err := client.Do(ctx, rest.Request{Method: method})
		if failed := wantError(t, err); failed.Status != 429 || failed.RetryNote == "" || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, note %q", method, err, failed.RetryNote)
		}
		server.wantRequests(t, 1)
	}
}

// A write under way when the interrupt comes is finished, and not begun again.
func TestInterruptDuringAWriteIsNotRepeated(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		respondJSON(503, ``)(w, r)
	})
	_, err := server.client(t).Do(ctx, rest.Request{Method: http.MethodPost, Idempotent: true})
	if failed := wantError(t, err); failed.Outcome != rest.Unknown || failed.Status != 503 {
		t.Errorf("got %v", failed)
	}
	server.wantRequests(t, 1)
}
