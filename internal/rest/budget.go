package rest

import (
	"context"
	"sync"
	"time"
)

// WithRetryBudget makes all calls under the context share one retry budget: what one of them spends on repeats is gone for the
// next. Without it each call has its own.
func WithRetryBudget(ctx context.Context) context.Context {
	return context.WithValue(ctx, budgetKey{}, &budget{})
}

type budgetKey struct{}

// budget is what one operation has spent on attempts that failed and on the waits after them.
type budget struct {
	mu    sync.Mutex
	spent time.Duration
}

// budgetOf returns the operation's budget; a new one where there is none.
func budgetOf(ctx context.Context) *budget {
	if b, ok := ctx.Value(budgetKey{}).(*budget); ok {
		return b
	}
	return &budget{}
}

func (b *budget) spend(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent += d
}

func (b *budget) left(of time.Duration) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return of - b.spent
}
