package auth

import (
	"context"
	"slices"
	"time"

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
