package rest

import (
	"context"
	"sync/atomic"
)

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
