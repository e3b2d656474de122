package rest

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// WithRetryBudget returns a context whose requests share one retry budget of [Config.RetryBudget]. Without it each request has its
// own.
func WithRetryBudget(ctx context.Context) context.Context {
	return context.WithValue(ctx, budgetKey{}, &budget{})
}

type budgetKey struct{}

// budget is what the requests of one context have spent on failed attempts and on the waits after them.
type budget struct {
	mu    sync.Mutex
	spent time.Duration
	until time.Time // of what was charged latest
}

// budgetFrom returns the budget of the context; a new one if it has none.
func budgetFrom(ctx context.Context) *budget {
	if b, ok := ctx.Value(budgetKey{}).(*budget); ok {
		return b
	}
	return &budget{}
}

// charge charges the time from start to end; what requests side by side spend at one time counts once.
func (b *budget) charge(start, end time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if start.Before(b.until) {
		start = b.until
	}
	if end.After(start) {
		b.spent, b.until = b.spent+end.Sub(start), end
	}
}

// remaining returns what is left of a budget of this size.
func (b *budget) remaining(size time.Duration) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return size - b.spent
}

// WithSensitive returns a context whose requests hide further texts, such as a payer's data, in their errors and in the log. texts is
// called at most once, when something is to be shown.
func WithSensitive(ctx context.Context, texts func() []string) context.Context {
	return context.WithValue(ctx, sensitiveKey{}, sync.OnceValue(texts))
}

type sensitiveKey struct{}

// sensitiveFrom returns what a context hides; nil for nothing.
func sensitiveFrom(ctx context.Context) func() []string {
	texts, _ := ctx.Value(sensitiveKey{}).(func() []string)
	return texts
}

type repeatsKey struct{}

// CountRepeats returns a context, and the number of writes that were sent again under it, under their idempotency key, although the
// vendor may have carried them out.
func CountRepeats(ctx context.Context) (context.Context, *atomic.Int32) {
	count := &atomic.Int32{}
	return context.WithValue(ctx, repeatsKey{}, count), count
}

func countRepeat(ctx context.Context) {
	if count, ok := ctx.Value(repeatsKey{}).(*atomic.Int32); ok {
		count.Add(1)
	}
}
