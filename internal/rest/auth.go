package rest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Auth gives the bearer token of a call. It is safe for concurrent use.
type Auth interface {
	// Token returns the current token, fetched or renewed when needed.
	Token(ctx context.Context) (string, error)
	// Renew is told that a token was answered with 401: true when another token is now there to try.
	Renew(ctx context.Context, rejected string) (bool, error)
	// Accepted is told that a token was good.
	Accepted(token string)
	// Secrets lists everything to mask, tokens included.
	Secrets() []string
}

// Static returns a token that is never renewed.
func Static(token string) Auth { return static(token) }

type static string

func (s static) Token(context.Context) (string, error)       { return string(s), nil }
func (s static) Renew(context.Context, string) (bool, error) { return false, nil }
func (s static) Accepted(string)                             {}
func (s static) Secrets() []string                           { return []string{string(s)} }

// Token is a fetched token and the time from which it is no longer accepted; zero: unknown.
type Token struct {
	Value   string
	Expires time.Time
}

// renewalPause is how long a failed renewal stands for everybody who asks: at most 120 requests an hour, where Qonto
// throttles at 200 answers with 401.
const renewalPause = 30 * time.Second

// Fetched returns tokens made by fetch: renewed `early` before they expire (or at half their life, if that is later),
// and once for each token that was rejected, but not for one that replaced a rejected token and was never accepted: a
// third would not be either. One renewal runs at a time, however many callers wait for it. Each waits no longer than its
// own context, but for the last one: it tells fetch to stop and sees it end, as a token that already took the place of
// another must not be lost. A renewal that failed stands for 30 s: until then a token that is merely due is used on, and
// calls without a good token fail without a request. fetch gets the token that was rejected, "" when none was; its
// context ends when nobody waits any more.
func Fetched(fetch func(ctx context.Context, rejected string) (Token, error), early time.Duration, clk clock.Clock) Auth {
	return &fetched{fetch: fetch, early: early, clock: clk}
}

type fetched struct {
	fetch func(ctx context.Context, rejected string) (Token, error)
	early time.Duration
	clock clock.Clock

	mu       sync.Mutex
	current  Token
	due      time.Time // when to renew; zero: never
	running  *renewal
	failure  error     // of the last renewal; nil when it brought a token
	pause    time.Time // until then the failure stands
	rejected string    // the current token, where it was rejected and not renewed
	unproven bool      // the current token replaced a rejected one, and was not accepted yet
	seen     []string  // every token so far
}

func (f *fetched) Token(ctx context.Context) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock.Now()
	good := f.current.Value != "" && f.current.Value != f.rejected
	if good && (f.due.IsZero() || now.Before(f.due)) {
		return f.current.Value, nil
	}
	err := f.failure
	if err == nil || !now.Before(f.pause) {
		err = f.renew(ctx, f.rejected)
	}
	if err == nil || good && now.Before(f.current.Expires) && ctx.Err() == nil {
		return f.current.Value, nil
	}
	return "", err
}

func (f *fetched) Renew(ctx context.Context, rejected string) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.current.Value == rejected || f.current.Value == "" {
		if f.rejected == rejected && f.failure != nil {
			return false, f.failure
		}
		if f.unproven {
			return false, errUnproven
		}
		// A renewal that was under way for another reason may bring the same token back: then this one is next.
		if err := f.renew(ctx, rejected); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (f *fetched) Accepted(token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if token == f.current.Value {
		f.unproven = false
	}
}

func (f *fetched) Secrets() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.seen)
}
