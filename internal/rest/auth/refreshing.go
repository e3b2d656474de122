package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// NewRefreshing returns a Source of the tokens that fetch gets.
//
//   - A token is refreshed refreshBefore it expires, or at half its life if that is later.
//   - A rejected token is refreshed. One that itself replaced a rejected token and was never confirmed is not: a third would be no
//     better.
//   - One refresh runs at a time, and all callers wait for it, each until its own context ends. When the last one leaves, fetch is
//     told to stop, and that caller waits for its end: a token that has already replaced another must not be lost.
//   - The error of a failed refresh is returned for 30 s without another request. Meanwhile a token that has not expired is used.
func NewRefreshing(fetch Fetch, refreshBefore time.Duration, clk clock.Clock) Source {
	return &refreshing{fetch: fetch, refreshBefore: refreshBefore, clock: clk}
}

func (r *refreshing) Token(ctx context.Context) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.clock.Now()
	good := r.current.Value != "" && r.current.Value != r.rejected
	if good && (r.refreshAt.IsZero() || now.Before(r.refreshAt)) {
		return r.current.Value, nil
	}
	err := r.failure
	if err == nil || !now.Before(r.retryAfter) {
		err = r.refresh(ctx, r.rejected)
	}
	if err == nil || good && now.Before(r.current.Expires) && ctx.Err() == nil {
		return r.current.Value, nil
	}
	return "", err
}

func (r *refreshing) Refresh(ctx context.Context, rejected string) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.current.Value == rejected || r.current.Value == "" {
		if r.rejected == rejected && r.failure != nil {
			return false, r.failure
		}
		if r.unconfirmed {
			return false, errUnconfirmed
		}
		// A refresh that was under way for another reason may return the same token: then another one follows.
		if err := r.refresh(ctx, rejected); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (r *refreshing) Confirm(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if token == r.current.Value {
		r.unconfirmed = false
	}
}

func (r *refreshing) Secrets() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.issued)
}

var (
	errEmptyToken  = errors.New("the response contains no token")
	errOddToken    = errors.New("the response contains a token with a control character")
	errSameToken   = errors.New("the response contains the same token that was rejected")
	errUnconfirmed = errors.New("it had just replaced another rejected token")
)

// failedRefreshTTL is how long the failure of a refresh is returned to every caller. It allows 120 requests an hour; the strictest
// vendor throttles at 200 responses with 401.
const failedRefreshTTL = 30 * time.Second

// Fetch gets a token. rejected is the token that was rejected with HTTP 401; "" when none was. ctx ends when no caller waits for the
// token any more.
type Fetch func(ctx context.Context, rejected string) (Token, error)

// refreshing is the Source that NewRefreshing returns.
type refreshing struct {
	fetch         Fetch
	refreshBefore time.Duration
	clock         clock.Clock

	mu          sync.Mutex
	current     Token
	refreshAt   time.Time // zero: never
	inFlight    *flight
	failure     error     // of the last refresh; nil when it brought a token
	retryAfter  time.Time // until then the failure stands
	rejected    string    // the current token, where it was rejected and not refreshed
	unconfirmed bool      // the current token replaced a rejected one, and was not confirmed yet
	issued      []string  // every token so far
}

// flight is one refresh under way. It goes on as long as a caller waits for it.
type flight struct {
	done     chan struct{}
	cancel   context.CancelFunc
	waiters  int
	canceled bool  // every caller has left, and the fetch was told to stop
	err      error // set before done is closed
}

// refresh joins the flight under way, or starts one, and waits for its end or that of ctx. The caller holds the lock; it is released
// while waiting.
func (r *refreshing) refresh(ctx context.Context, rejected string) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := r.inFlight
		if f == nil {
			own, cancel := context.WithCancel(context.WithoutCancel(ctx)) // with its values (the logger) and not its end: others may join
			f = &flight{done: make(chan struct{}), cancel: cancel}
			r.inFlight = f
			go r.fetchAndStore(own, f, rejected)
		}
		if err := r.wait(ctx, f); err != nil {
			return err
		}
		// A caller that joined a canceled flight must not get its cancellation: it starts the next.
		if f.err == nil || !f.canceled {
			return f.err
		}
	}
}

func (r *refreshing) wait(ctx context.Context, f *flight) error {
	f.waiters++
	r.mu.Unlock()
	var err error
	select {
	case <-f.done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	r.mu.Lock()
	f.waiters--
	if f.waiters == 0 {
		f.canceled = f.canceled || err != nil
		f.cancel()
		r.mu.Unlock()
		<-f.done // soon: a request under way is bounded, and nothing else goes on
		r.mu.Lock()
		if err != nil && f.err != nil { // it says what was waited for
			err = f.err
		}
	}
	return err
}

// fetchAndStore fetches a token, stores it or the failure, and ends the flight.
func (r *refreshing) fetchAndStore(ctx context.Context, f *flight, rejected string) {
	token, err := r.fetch(ctx, rejected)
	switch {
	case err != nil:
	case token.Value == "":
		err = errEmptyToken
	case strings.ContainsFunc(token.Value, unicode.IsControl): // no header can carry it
		err = errOddToken
	case token.Value == rejected:
		err = errSameToken
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	defer close(f.done)
	r.inFlight = nil
	if err != nil {
		f.err = fmt.Errorf("cannot get an access token: %w", err)
		if !f.canceled {
			r.failure, r.retryAfter, r.rejected = f.err, r.clock.Now().Add(failedRefreshTTL), rejected
		}
		return
	}
	r.store(token)
	r.unconfirmed = rejected != ""
}

// store makes the token the current one. A token that has already expired (one of the clocks is wrong) is used all the same, so
// that not every request fetches another.
func (r *refreshing) store(token Token) {
	r.current, r.failure, r.rejected, r.refreshAt = token, nil, "", time.Time{}
	if now := r.clock.Now(); !token.Expires.IsZero() {
		r.refreshAt = token.Expires.Add(-min(r.refreshBefore, token.Expires.Sub(now)/2))
		if !token.Expires.After(now) {
			r.refreshAt = now.Add(failedRefreshTTL)
		}
	}
	if !slices.Contains(r.issued, token.Value) {
		r.issued = append(r.issued, token.Value)
	}
}
