package auth_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/auth/authtest"
)

func wantToken(t *testing.T, source auth.Source, want string) {
	t.Helper()
	if got, err := source.Token(t.Context()); err != nil || got != want {
		t.Fatalf("token %q, %v, want %q", got, err, want)
	}
}

func wantRequests(t *testing.T, i *authtest.FakeIssuer, want ...string) {
	t.Helper()
	if got := i.Requests(); !slices.Equal(got, want) {
		t.Errorf("tokens were asked for with %q, want %q", got, want)
	}
}

func TestTokenIsRefreshedBeforeItExpires(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		life            time.Duration
		used, refreshed time.Duration // still used after the one, refreshed after the other
	}{
		"an hour":                   {time.Hour, 59*time.Minute - 1, 59 * time.Minute},
		"shorter than the margin":   {40 * time.Second, 19 * time.Second, 20 * time.Second},
		"expired when it is issued": {-time.Hour, 29 * time.Second, 30 * time.Second},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := authtest.NewFakeIssuer()
			i.Life = test.life
			source := i.Source()
			wantToken(t, source, "tok-1")
			i.Clock.Advance(test.used)
			wantToken(t, source, "tok-1")
			i.Clock.Advance(test.refreshed - test.used)
			wantToken(t, source, "tok-2")
			if got := source.Secrets(); !slices.Equal(got, []string{"tok-1", "tok-2"}) {
				t.Errorf("secrets %v", got)
			}
		})
	}
}

func TestTokenWithoutExpiryIsFetchedOnce(t *testing.T) {
	t.Parallel()
	fetches := 0
	source := auth.NewRefreshing(func(context.Context, string) (auth.Token, error) {
		fetches++
		return auth.Token{Value: "t"}, nil
	}, time.Minute, clock.System{})
	wantToken(t, source, "t")
	wantToken(t, source, "t")
	if fetches != 1 {
		t.Errorf("%d fetches", fetches)
	}
}

func TestFailedRefreshStandsForAWhile(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	i.Fail(errors.New("down"))
	source := i.Source()
	for range 10 {
		if _, err := source.Token(t.Context()); err == nil || !strings.Contains(err.Error(), "down") {
			t.Fatalf("got %v", err)
		}
	}
	wantRequests(t, i, "")
	i.Clock.Advance(30 * time.Second)
	i.Fail(nil)
	wantToken(t, source, "tok-2")
}

func TestGoodTokenIsUsedWhileRefreshFails(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	source := i.Source()
	wantToken(t, source, "tok-1")
	i.Fail(errors.New("down"))
	i.Clock.Advance(59*time.Minute + 10*time.Second)
	wantToken(t, source, "tok-1")
	wantToken(t, source, "tok-1")
	wantRequests(t, i, "", "")
	i.Clock.Advance(time.Minute)
	if _, err := source.Token(t.Context()); err == nil {
		t.Error("an expired token was used")
	}
}

func TestUselessTokensAreRefused(t *testing.T) {
	t.Parallel()
	empty := auth.NewRefreshing(func(context.Context, string) (auth.Token, error) { return auth.Token{}, nil }, 0, clock.System{})
	if _, err := empty.Token(t.Context()); err == nil {
		t.Error("an empty token was taken")
	}
	i := authtest.NewFakeIssuer()
	i.RepeatFirst()
	source := i.Source()
	wantToken(t, source, "tok-1")
	for range 3 {
		if ok, err := source.Refresh(t.Context(), "tok-1"); ok || err == nil {
			t.Errorf("got %t, %v", ok, err)
		}
		if _, err := source.Token(t.Context()); err == nil {
			t.Error("the rejected token is given out again")
		}
	}
	wantRequests(t, i, "", "tok-1")
}

// A token that replaced a rejected one is refreshed once it was confirmed, and not before.
func TestReplacementIsRefreshedOnlyAfterItWasConfirmed(t *testing.T) {
	t.Parallel()
	i := authtest.NewFakeIssuer()
	source := i.Source()
	wantToken(t, source, "tok-1")
	refresh := func(rejected string, want bool) {
		t.Helper()
		if ok, err := source.Refresh(t.Context(), rejected); ok != want || (err == nil) != want {
			t.Errorf("%s rejected: %t, %v, want %t", rejected, ok, err, want)
		}
	}
	refresh("tok-1", true)
	source.Confirm("tok-1") // a response that was under way
	refresh("tok-2", false)
	refresh("tok-1", true) // the old token's late 401
	source.Confirm("tok-2")
	refresh("tok-2", true)
	wantRequests(t, i, "", "tok-1", "tok-2")
}

func TestOneFetchAtATime(t *testing.T) {
	t.Parallel()
	var fetches atomic.Int32
	source := auth.NewRefreshing(func(ctx context.Context, _ string) (auth.Token, error) {
		fetches.Add(1) // and then so slow that the others come while it is under way
		return auth.Token{Value: "tok"}, clock.System{}.Sleep(ctx, 20*time.Millisecond)
	}, time.Minute, clock.System{})
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if got, err := source.Token(t.Context()); got != "tok" || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	group.Wait()
	if got := fetches.Load(); got != 1 {
		t.Errorf("%d fetches, want 1", got)
	}
}

func TestWaitersStopWithTheirOwnContext(t *testing.T) {
	t.Parallel()
	begun, release := make(chan struct{}), make(chan struct{})
	var fetches atomic.Int32
	source := auth.NewRefreshing(func(ctx context.Context, _ string) (auth.Token, error) {
		if fetches.Add(1) == 1 {
			close(begun)
		}
		select {
		case <-release:
			return auth.Token{Value: "tok"}, nil
		case <-ctx.Done():
			return auth.Token{}, ctx.Err()
		}
	}, time.Minute, clock.System{})

	ctx, cancel := context.WithCancel(t.Context())
	left, stayed := make(chan error), make(chan error)
	go func() {
		_, err := source.Token(ctx)
		left <- err
	}()
	<-begun
	go func() {
		_, err := source.Token(t.Context())
		stayed <- err
	}()
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("the one who left got %v", err)
	}
	close(release)
	if err := <-stayed; err != nil {
		t.Errorf("the one who stayed got %v", err)
	}
}

func TestCanceledFetchIsNotHeldAgainstTheNext(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{}, 1)
	var fetches atomic.Int32
	source := auth.NewRefreshing(func(ctx context.Context, _ string) (auth.Token, error) {
		if fetches.Add(1) > 1 {
			return auth.Token{Value: "tok"}, nil
		}
		begun <- struct{}{}
		<-ctx.Done()
		return auth.Token{}, ctx.Err()
	}, time.Minute, clock.System{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	if _, err := source.Token(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	wantToken(t, source, "tok")
}

// However long a vendor says that a token lives, it does not end in the past.
func TestLifetimeFitsIntoADuration(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[float64]time.Duration{0.5: time.Second / 2, 3600: time.Hour, 1e18: 87600 * time.Hour, 1e308: 87600 * time.Hour} {
		if got := auth.Lifetime(seconds); got != want {
			t.Errorf("%g s is %s, want %s", seconds, got, want)
		}
	}
}

// Whoever waited for a refresh in vain is told for what.
func TestLastWaiterGetsTheReason(t *testing.T) {
	t.Parallel()
	source := auth.NewRefreshing(func(ctx context.Context, _ string) (auth.Token, error) {
		<-ctx.Done()
		return auth.Token{}, fmt.Errorf("a lock is held: %w", ctx.Err())
	}, time.Minute, clock.System{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := source.Token(ctx); err == nil || !strings.Contains(err.Error(), "a lock is held") {
		t.Error(err)
	}
}
