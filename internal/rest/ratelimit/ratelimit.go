// Package ratelimit decides when a request may be sent, so that no minute holds more of them than allowed.
package ratelimit

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// ArrivalTolerance is how much requests may be delayed unevenly on their way without becoming too many at the vendor. It is added to
// the minute. A slot must be used within it.
const ArrivalTolerance = time.Second

// Limiter enforces a sliding window: at most n requests in any 60 seconds, wherever they begin. That is what a vendor counts;
// a token bucket of n, refilled during the minute, would let twice as many through. A third of them may go at once, so that a
// small run need not wait; beyond that they are spaced evenly.
//
// One Limiter is meant for everything that one vendor's configuration does, retries, pages and tokens included, even if tokens come
// from another host: vendors do not say what they count. It is safe for concurrent use.
type Limiter struct {
	interval time.Duration // between requests at the even pace
	burst    time.Duration // how far ahead of the even pace requests may run
	clock    clock.Clock

	// queue holds one element: for the request that waits for its slot. The others wait behind it in order. One that gives up takes
	// no slot.
	queue    chan struct{}
	nextSlot time.Time   // when the next request would be due at the even pace
	sent     []time.Time // the last minute's worth of requests, in a ring
	oldest   int         // index in sent
}

// New returns a Limiter of perMinute requests a minute; nil, which means no limit, for 0 and less.
func New(perMinute int, clk clock.Clock) *Limiter {
	if perMinute <= 0 {
		return nil
	}
	n := int64(perMinute)
	interval := (int64(time.Minute+ArrivalTolerance) + n - 1) / n // rounded up
	burst := max(1, n/3) - 1
	return &Limiter{
		interval: time.Duration(interval), burst: time.Duration(burst * interval), clock: clk,
		queue: make(chan struct{}, 1), sent: make([]time.Time, perMinute),
	}
}

// Wait blocks until a request may be sent, and returns the time of its slot: it must be sent within [ArrivalTolerance] of that. An
// error is that of ctx; then no slot was taken.
func (l *Limiter) Wait(ctx context.Context) (slot time.Time, err error) {
	select {
	case l.queue <- struct{}{}:
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
	defer func() { <-l.queue }()
	if err := ctx.Err(); err != nil { // both were there
		return time.Time{}, err
	}

	now, due := l.clock.Now(), l.nextSlot.Add(-l.burst)
	if free := l.sent[l.oldest].Add(time.Minute + ArrivalTolerance); free.After(due) {
		due = free
	}
	if pause := due.Sub(now); pause > 0 {
		tflog.Debug(ctx, "Waiting for requests_per_minute", map[string]any{"requests_per_minute": len(l.sent), "wait_ms": pause.Milliseconds()})
		if err := l.clock.Sleep(ctx, pause); err != nil {
			return time.Time{}, err
		}
		now = l.clock.Now()
	}
	if l.nextSlot.Before(now) {
		l.nextSlot = now
	}
	l.nextSlot = l.nextSlot.Add(l.interval)
	l.sent[l.oldest] = now
	l.oldest = (l.oldest + 1) % len(l.sent)
	return now, nil
}
