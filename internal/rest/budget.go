package rest

import (
	"context"
	"sync"
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
}

// budgetFrom returns the budget of the context; a new one if it has none.
func budgetFrom(ctx context.Context) *budget {
	if b, ok := ctx.Value(budgetKey{}).(*budget); ok {
		return b
	}
	return &budget{}
}

func (b *budget) charge(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent += d
}

// remaining returns what is left of a budget of this size.
func (b *budget) remaining(size time.Duration) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return size - b.spent
}
