// Package ratelimit spaces requests so that no minute holds more of them than allowed. It decides when a request may be
// sent, and nothing else: whoever is told sends at once, or asks again.
package ratelimit

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// ArrivalTolerance is how unevenly requests may arrive at the vendor without being too many there. It is added to the
// minute, and it is for how long a slot stays good.
const ArrivalTolerance = time.Second

// Limiter enforces a sliding window: at most n requests in any 60 seconds, wherever they begin. That is what a vendor counts;
// a token bucket of n, refilled during the minute, would let twice as many through. A third of them may go at once, so that a
// small run need not wait; beyond that they are spaced evenly.
//
// One Limiter serves everything that one vendor's configuration does, retries, pages and tokens included, also where tokens
// come from another host: vendors do not say what they count. It is safe for concurrent use.
type Limiter struct {
	interval time.Duration // between requests at the even pace
	burst    time.Duration // how far ahead of the even pace requests may run
	clock    clock.Clock

	// queue holds one: the request that waits for its time. The others stand behind it in order, and one that gives up
	// takes no time away from them.
	queue    chan struct{}
	nextSlot time.Time   // when the next request would be due at the even pace
	sent     []time.Time // the last minute's worth of requests, in a ring
	oldest   int         // index in sent
}

// New returns a Limiter of so many requests a minute; nil, which stands for no limit, for 0 and less.
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

// Wait returns when a request may be sent, and its slot: the time from which it may, for [ArrivalTolerance]. An error is that
// of ctx; then no slot was taken.
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
