// Package fakeclock is a clock that tests own.
package fakeclock

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Clock is a clock for tests, which moves only when told to: a Sleep moves it at once and is recorded.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	sleeps []time.Duration
}

// New returns a clock that stands at now.
func New(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the time to which the clock was moved.
func (f *Clock) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Sleep moves the clock by d without waiting, unless ctx has ended; then it returns the error of ctx. A wait that is over, because another
// one has moved the clock, does not move it back.
func (f *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	d = max(d, 0)
	f.now = f.now.Add(d)
	f.sleeps = append(f.sleeps, d)
	return nil
}

// Advance moves the clock by d, which is not recorded as a sleep.
func (f *Clock) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

// Sleeps returns the sleeps so far, in order.
func (f *Clock) Sleeps() []time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.sleeps)
}
