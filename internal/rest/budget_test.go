package rest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// The calls of one operation wait no longer together than one may alone.
func TestOperationHasOneBudget(t *testing.T) {
	t.Parallel()
	v := newVendor(t, jsonAnswer(429, ``, "Retry-After", "25"))
	client := v.client(t)
	total := func() (sum time.Duration) {
		for _, d := range v.clock.Sleeps() {
			sum += d
		}
		return sum
	}
	ctx := rest.WithRetryBudget(t.Context())
	for range 4 {
		_, err := client.Do(ctx, rest.Request{})
		if failed := wantError(t, err); !strings.Contains(failed.RetryNote, "10s of the retry budget are left") {
			t.Errorf("note %q", failed.RetryNote)
		}
	}
	if got := total(); got != 50*time.Second {
		t.Errorf("waited %s", got)
	}
	v.wantRequests(t, 3+1+1+1)

	if _, err := client.Do(rest.WithRetryBudget(t.Context()), rest.Request{}); err == nil || total() != 100*time.Second {
		t.Errorf("the next operation has no budget of its own: %s, %v", total(), err)
	}
	if _, err := client.Do(t.Context(), rest.Request{}); err == nil || total() != 150*time.Second {
		t.Errorf("a call outside has no budget of its own: %s, %v", total(), err)
	}
}

// What succeeds at once costs nothing, however long it takes.
func TestBudgetIsForRepeats(t *testing.T) {
	t.Parallel()
	v := newVendor(t, jsonAnswer(200, `{}`), jsonAnswer(200, `{}`), jsonAnswer(503, ``), jsonAnswer(200, `{}`))
	client := v.client(t)
	ctx := rest.WithRetryBudget(t.Context())
	for range 3 {
		if _, err := client.Do(ctx, rest.Request{}); err != nil {
			t.Fatal(err)
		}
		v.clock.Advance(time.Hour)
	}
	v.wantRequests(t, 4)
}
