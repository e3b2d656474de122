package rest

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// limitSlack is how unevenly requests may arrive at the vendor without being too many there. It is added to the minute.
const limitSlack = time.Second

// Limiter lets no minute see more than so many requests, wherever it begins: that is what a vendor counts. (A burst of all
// of them, refilled during the minute, would be twice as many.) A third of them may go at once, so that a small run need not
// wait; beyond that they are spaced evenly. One limiter serves everything that one vendor's configuration does,
// repeats, pages and tokens included, also where tokens come from another host: vendors do not say what they count.
type Limiter struct {
	step  time.Duration // between requests
	ahead time.Duration // how far ahead of the even pace requests may run
	clock clock.Clock

	// turn holds one: the request that waits for its time. The others queue behind it in order, and one that gives up
	// takes no time away from them.
	turn chan struct{}
	pace time.Time   // when the next request would be due at an even pace
	sent []time.Time // the last minute's worth of requests, in a ring
	at   int         // the oldest of them
}

// NewLimiter allows so many requests a minute; for 0 and less it is nil, which is no limit.
func NewLimiter(perMinute int, clk clock.Clock) *Limiter {
	if perMinute <= 0 {
		return nil
	}
	n := int64(perMinute)
	step := (int64(time.Minute+limitSlack) + n - 1) / n // rounded up
	ahead := max(1, n/3) - 1
	return &Limiter{step: time.Duration(step), ahead: time.Duration(ahead * step), clock: clk, turn: make(chan struct{}, 1), sent: make([]time.Time, perMinute)}
}

// wait returns when a request may be sent, and the time for which it may: not later than limitSlack after it. An error
// is that of ctx; then nothing was taken.
func (l *Limiter) wait(ctx context.Context) (time.Time, error) {
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
	defer func() { <-l.turn }()
	if err := ctx.Err(); err != nil { // both were there
		return time.Time{}, err
	}

	now, due := l.clock.Now(), l.pace.Add(-l.ahead)
	if free := l.sent[l.at].Add(time.Minute + limitSlack); free.After(due) {
		due = free
	}
	if pause := due.Sub(now); pause > 0 {
		tflog.Debug(ctx, "Waiting for requests_per_minute", map[string]any{"requests_per_minute": len(l.sent), "wait_ms": pause.Milliseconds()})
		if err := l.clock.Sleep(ctx, pause); err != nil {
			return time.Time{}, err
		}
		now = l.clock.Now()
	}
	if l.pace.Before(now) {
		l.pace = now
	}
	l.pace = l.pace.Add(l.step)
	l.sent[l.at] = now
	l.at = (l.at + 1) % len(l.sent)
	return now, nil
}
