package ratelimit_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/ratelimit"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// wantMinutes checks that no 60 seconds hold more than so many of the moments, wherever they begin, with the tolerance to spare.
func wantMinutes(t *testing.T, moments []time.Time, perMinute int) {
	t.Helper()
	slices.SortFunc(moments, time.Time.Compare)
	for i := perMinute; i < len(moments); i++ {
		if span := moments[i].Sub(moments[i-perMinute]); span < time.Minute+ratelimit.ArrivalTolerance {
			t.Fatalf("%d a minute: %d requests within %s, from %s on", perMinute, perMinute+1, span, moments[i-perMinute].Sub(noon))
		}
	}
}

func TestNoMinuteHoldsMoreThanAllowed(t *testing.T) {
	t.Parallel()
	for _, perMinute := range []int{1, 2, 3, 9, 10, 11, 30, 59, 60, 100, 333, 6000} {
		for seed := range uint64(20) {
			random := rand.New(rand.NewPCG(seed, uint64(perMinute)))
			clk := fakeclock.New(noon)
			limiter := ratelimit.New(perMinute, clk)
			var sent []time.Time
			for range 4*perMinute + 20 {
				switch random.IntN(10) { // mostly as fast as may be, at times with a pause, short or so long that all is forgotten
				case 0:
					clk.Advance(time.Duration(random.Int64N(int64(3 * time.Second))))
				case 1:
					if random.IntN(perMinute) == 0 {
						clk.Advance(time.Duration(random.Int64N(int64(3 * time.Minute))))
					}
				}
				at, err := limiter.Wait(t.Context())
				if err != nil || !at.Equal(clk.Now()) {
					t.Fatalf("at %s, now %s, %v", at, clk.Now(), err)
				}
				sent = append(sent, at)
			}
			wantMinutes(t, sent, perMinute)
		}
	}
}

func TestNoMinuteHoldsMoreThanAllowedOfParallelRequests(t *testing.T) {
	t.Parallel()
	const perMinute = 30
	clk := fakeclock.New(noon)
	limiter := ratelimit.New(perMinute, clk)
	var (
		group sync.WaitGroup
		mu    sync.Mutex
		sent  []time.Time
	)
	for range 10 {
		group.Go(func() {
			for range 20 {
				at, err := limiter.Wait(t.Context())
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				sent = append(sent, at)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	wantMinutes(t, sent, perMinute)
}

// What may be sent is sent: a third at once, then evenly, and in the long run as many as allowed.
func TestWhatIsAllowedIsUsed(t *testing.T) {
	t.Parallel()
	for perMinute, burst := range map[int]int{1: 1, 5: 1, 30: 10, 100: 33} {
		clk := fakeclock.New(noon)
		limiter := ratelimit.New(perMinute, clk)
		var sent []time.Time
		for range 3 * perMinute {
			at, err := limiter.Wait(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			sent = append(sent, at)
		}
		interval := (time.Minute + ratelimit.ArrivalTolerance) / time.Duration(perMinute)
		for i, at := range sent[:perMinute] {
			if even := max(0, time.Duration(i-burst+1)*interval); at.Sub(noon).Round(time.Millisecond) != even.Round(time.Millisecond) {
				t.Errorf("%d a minute: number %d after %s, want %s", perMinute, i, at.Sub(noon), even)
			}
		}
		if took := clk.Now().Sub(noon); took > 3*(time.Minute+ratelimit.ArrivalTolerance) {
			t.Errorf("%d a minute: three minutes' worth took %s", perMinute, took)
		}
	}
	if ratelimit.New(0, clock.System{}) != nil || ratelimit.New(-1, clock.System{}) != nil {
		t.Error("no limit is a limit")
	}
}

// blockingClock is a clock whose sleeps last until they are let go, or their context ends.
type blockingClock struct {
	*fakeclock.Clock
	asleep, wake chan time.Duration
}

func (b blockingClock) Sleep(ctx context.Context, d time.Duration) error {
	b.asleep <- d
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-b.wake:
		return b.Clock.Sleep(ctx, d)
	}
}

// Whoever gives up while waiting takes no time away from those behind.
func TestGivingUpTakesNoSlot(t *testing.T) {
	t.Parallel()
	clk := blockingClock{fakeclock.New(noon), make(chan time.Duration), make(chan time.Duration)}
	limiter := ratelimit.New(1, clk)
	if _, err := limiter.Wait(t.Context()); err != nil { // the minute's only one
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	defer close(clk.wake)
	go func() {
		_, err := limiter.Wait(ctx)
		ended <- err
	}()
	<-clk.asleep
	short, end := context.WithCancel(t.Context())
	end()
	if _, err := limiter.Wait(short); !errors.Is(err, context.Canceled) { // while the first one sleeps on
		t.Errorf("got %v", err)
	}
	for range 2 {
		go func() {
			_, err := limiter.Wait(ctx)
			ended <- err
		}()
	}
	cancel()
	for range 3 { // the sleeper and those queueing behind it
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	go func() {
		_, err := limiter.Wait(t.Context())
		ended <- err
	}()
	if d := <-clk.asleep; d != time.Minute+ratelimit.ArrivalTolerance {
		t.Errorf("the next waits %s", d)
	}
	clk.wake <- 0
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
