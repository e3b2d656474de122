package rest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// The requests under one context wait no longer together than one may alone.
func TestRequestsOfOneContextShareARetryBudget(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(429, ``, "Retry-After", "50"))
	client := server.client(t)
	total := func() (sum time.Duration) {
		for _, d := range server.clock.Sleeps() {
			sum += d
		}
		return sum
	}
	ctx := rest.WithRetryBudget(t.Context())
	for range 4 {
		_, err := client.Do(ctx, rest.Request{})
		if failed := wantError(t, err); !strings.Contains(failed.RetryNote, "20s of `retry_budget` are left") {
			t.Errorf("note %q", failed.RetryNote)
		}
	}
	if got := total(); got != 100*time.Second {
		t.Errorf("waited %s", got)
	}
	server.wantRequests(t, 3+1+1+1)

	if _, err := client.Do(rest.WithRetryBudget(t.Context()), rest.Request{}); err == nil || total() != 200*time.Second {
		t.Errorf("the next context has no budget of its own: %s, %v", total(), err)
	}
	if _, err := client.Do(t.Context(), rest.Request{}); err == nil || total() != 300*time.Second {
		t.Errorf("a request outside has no budget of its own: %s, %v", total(), err)
	}
}

// What succeeds at once costs nothing, however long it takes.
func TestSuccessCostsNoRetryBudget(t *testing.T) {
	t.Parallel()
	server := newServer(t, respondJSON(200, `{}`), respondJSON(200, `{}`), respondJSON(503, ``), respondJSON(200, `{}`))
	client := server.client(t)
	ctx := rest.WithRetryBudget(t.Context())
	for range 3 {
		if _, err := client.Do(ctx, rest.Request{}); err != nil {
			t.Fatal(err)
		}
		server.clock.Advance(time.Hour)
	}
	server.wantRequests(t, 4)
}
