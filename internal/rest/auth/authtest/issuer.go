// Package authtest has a token issuer for tests.
package authtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// FakeIssuer issues tok-1, tok-2 and so on, and records what it was asked for. Set Life before the first request.
type FakeIssuer struct {
	Clock *fakeclock.Clock
	Life  time.Duration // of each token; an hour by default

	mu       sync.Mutex
	rejected []string
	failure  error
	repeats  bool
}

// NewFakeIssuer returns an issuer whose clock stands at noon of 2026-03-01.
func NewFakeIssuer() *FakeIssuer {
	return &FakeIssuer{Clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)), Life: time.Hour}
}

// Source returns a refreshing source of the issuer's tokens, which are refreshed a minute before they expire.
func (i *FakeIssuer) Source() auth.Source { return auth.NewRefreshing(i.fetch, time.Minute, i.Clock) }

// Fail makes every further request for a token fail with err; nil: none.
func (i *FakeIssuer) Fail(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.failure = err
}

// RepeatFirst makes the issuer issue tok-1 again and again.
func (i *FakeIssuer) RepeatFirst() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.repeats = true
}

// Requests returns the rejected token of each request so far; "" where none was rejected.
func (i *FakeIssuer) Requests() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.rejected)
}

func (i *FakeIssuer) fetch(_ context.Context, rejected string) (auth.Token, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.rejected = append(i.rejected, rejected)
	if i.failure != nil {
		return auth.Token{}, i.failure
	}
	number := len(i.rejected)
	if i.repeats {
		number = 1
	}
	return auth.Token{Value: fmt.Sprintf("tok-%d", number), Expires: i.Clock.Now().Add(i.Life)}, nil
}
