package rest_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// vendorLimit responds with 429 beyond so many requests within the last minute, as vendors do.
type vendorLimit struct {
	mu      sync.Mutex
	limit   int
	arrived []time.Time
	refused int
}

// wrap puts the limit before a step of a script.
func (c *vendorLimit) wrap(clk clock.Clock, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now, recent := clk.Now(), 1
		c.mu.Lock()
		for _, at := range c.arrived {
			if now.Sub(at) < time.Minute {
				recent++
			}
		}
		c.arrived = append(c.arrived, now)
		if recent > c.limit {
			c.refused++
			next = respondJSON(429, `{"message":"too many"}`)
		}
		c.mu.Unlock()
		next(w, r)
	}
}

func limited(perMinute int) func(*rest.Config) {
	return func(c *rest.Config) { c.Limiter = ratelimit.New(perMinute, c.Clock) }
}

// Two hundred requests, some of which have to be repeated, never meet the vendor's own limit.
func TestLimitKeepsWithinTheVendorsOwn(t *testing.T) {
	t.Parallel()
	for _, perMinute := range []int{30, 100} {
		clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		own, number := &vendorLimit{limit: perMinute}, 0
		server := newServer(t, own.wrap(clk, func(w http.ResponseWriter, r *http.Request) {
			if number++; number%7 == 3 {
				respondJSON(503, ``)(w, r)
				return
			}
			respondJSON(200, `{}`)(w, r)
		}))
		server.clock = clk
		client := server.client(t, limited(perMinute))
		for range 200 {
			if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
				t.Fatal(err)
			}
		}
		if own.refused > 0 || len(own.arrived) <= 200 {
			t.Errorf("%d a minute: %d of %d requests were too many", perMinute, own.refused, len(own.arrived))
		}
	}
}

// Without a limit the same vendor refuses, so that the test above could fail.
func TestWithoutALimitTheVendorRefuses(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(http.ResponseWriter, *http.Request) {})
	own := &vendorLimit{limit: 30}
	server.Config.Handler = own.wrap(server.clock, respondJSON(200, `{}`))
	client := server.client(t)
	for range 40 {
		_, _ = client.Do(t.Context(), rest.Request{}) // some fail: that is the point
	}
	if own.refused == 0 {
		t.Error("nothing was refused")
	}
}

// Clients that are given one limiter share it: the API's and the one that fetches its tokens.
func TestClientsShareALimiter(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{"value":"tok"}`))
	limiter := ratelimit.New(1, server.clock)
	share := func(c *rest.Config) { c.Limiter = limiter }
	tokens := server.client(t, share)
	auth := auth.NewRefreshing(func(ctx context.Context, _ string) (auth.Token, error) {
		var out struct {
			Value string `json:"value"`
		}
		_, err := tokens.Do(ctx, rest.Request{Method: http.MethodPost, Path: []string{"token"}, Out: &out})
		return auth.Token{Value: out.Value}, err
	}, 0, server.clock)
	client := server.client(t, share, func(c *rest.Config) { c.Auth = auth })
	for range 2 {
		if _, err := client.Do(t.Context(), rest.Request{Path: []string{"links"}}); err != nil {
			t.Fatal(err)
		}
	}
	server.wantRequests(t, 3)
	if slept := server.clock.Sleeps(); len(slept) != 2 || slept[0] != 61*time.Second || slept[1] != 61*time.Second {
		t.Errorf("slept %v", slept)
	}
	if _, err := server.client(t, limited(1)).Do(t.Context(), rest.Request{}); err != nil || len(server.clock.Sleeps()) != 2 {
		t.Errorf("another configuration's limiter waits too: %v, %v", server.clock.Sleeps(), err)
	}
}

// The wait for the limit is not charged to the retry budget, neither before the first attempt nor before a repeat.
func TestLimitIsNoPartOfTheRetryBudget(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`), respondJSON(503, ``), respondJSON(503, ``), respondJSON(200, `{}`))
	client := server.client(t, limited(1), func(c *rest.Config) { c.RetryBudget = 10 * time.Second })
	for range 2 {
		if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
			t.Fatal(err)
		}
	}
	server.wantRequests(t, 4)
}

// A request has its full time from when it is sent.
func TestLimitIsNoPartOfTheRequestTimeout(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`))
	client := server.client(t, func(c *rest.Config) {
		c.Clock, c.RequestTimeout, c.RetryBudget = clock.System{}, 500*time.Millisecond, time.Nanosecond
		c.Limiter = ratelimit.New(60, c.Clock) // twenty at once, then each 1.02 s
	})
	for range 22 {
		if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
			t.Fatal(err)
		}
	}
}

// A slot that has grown old while a token was fetched is not used: many requests that wait for one token would go at once.
func TestOldSlotIsNotUsed(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`))
	auth := &slowSource{Source: auth.Static("tok"), clock: server.clock, slow: 2}
	client := server.client(t, limited(1), func(c *rest.Config) { c.Auth = auth })
	if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
		t.Fatal(err)
	}
	if slept := server.clock.Sleeps(); len(slept) != 1 {
		t.Errorf("slept %v, want another slot", slept)
	}
	server.wantRequests(t, 1)
}

// slowSource takes five seconds for one of its tokens.
type slowSource struct {
	auth.Source
	clock       *fakeclock.Clock
	asked, slow int
}

func (a *slowSource) Token(ctx context.Context) (string, error) {
	if a.asked++; a.asked == a.slow {
		a.clock.Advance(5 * time.Second)
	}
	return a.Source.Token(ctx)
}

// An interrupt while waiting ends at once, and nothing was sent, a create included.
func TestInterruptEndsTheWaitForTheLimit(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		server := newServer(t, respondJSON(200, `{}`))
		client := server.client(t, func(c *rest.Config) { c.Clock, c.Limiter = clock.System{}, ratelimit.New(1, clock.System{}) })
		if _, err := client.Do(t.Context(), rest.Request{}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		began := clock.System{}.Now()
		_, err := client.Do(ctx, rest.Request{Method: method})
		if took := (clock.System{}).Now().Sub(began); took > 10*time.Second {
			t.Errorf("%s: ended after %s", method, took)
		}
		failed := wantError(t, err)
		if failed.Outcome != rest.NotApplied || failed.Status != 0 || !errors.Is(err, context.Canceled) || !strings.Contains(failed.Detail(), "requests_per_minute") {
			t.Errorf("%s: %s, %s", method, failed.Outcome, failed.Detail())
		}
		server.wantRequests(t, 1)
	}
}

func TestWaitForTheLimitIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	server := newServer(t, respondJSON(200, `{}`))
	client := server.client(t, limited(1))
	for range 2 {
		if _, err := client.Do(tflogtest.RootLogger(t.Context(), &log), rest.Request{}); err != nil {
			t.Fatal(err)
		}
	}
	lines, err := tflogtest.MultilineJSONDecode(&log)
	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	if lines[1]["@level"] != "debug" || lines[1]["wait_ms"] != 61000.0 || lines[1]["requests_per_minute"] != 1.0 {
		t.Errorf("got %v", lines[1])
	}
}
