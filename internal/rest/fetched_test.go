package rest_test

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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// issuer hands out tok-1, tok-2 and so on, each good for an hour, and records what it was asked.
type issuer struct {
	clock    *clock.Fake
	mu       sync.Mutex
	rejected []string
	fail     error
	same     bool // always tok-1
	life     time.Duration
}

func newIssuer() *issuer {
	return &issuer{clock: clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)), life: time.Hour}
}

func (i *issuer) fetch(_ context.Context, rejected string) (rest.Token, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.rejected = append(i.rejected, rejected)
	if i.fail != nil {
		return rest.Token{}, i.fail
	}
	number := len(i.rejected)
	if i.same {
		number = 1
	}
	return rest.Token{Value: fmt.Sprintf("tok-%d", number), Expires: i.clock.Now().Add(i.life)}, nil
}

func (i *issuer) setFail(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.fail = err
}

func (i *issuer) asked() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.rejected)
}

func (i *issuer) auth() rest.Auth { return rest.Fetched(i.fetch, time.Minute, i.clock) }

func wantToken(t *testing.T, auth rest.Auth, want string) {
	t.Helper()
	if got, err := auth.Token(t.Context()); err != nil || got != want {
		t.Fatalf("token %q, %v, want %q", got, err, want)
	}
}

func TestFetchedRenewsEarly(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	auth := i.auth()
	wantToken(t, auth, "tok-1")
	i.clock.Advance(59*time.Minute - 1)
	wantToken(t, auth, "tok-1")
	i.clock.Advance(1)
	wantToken(t, auth, "tok-2")
	if got := auth.Secrets(); !slices.Equal(got, []string{"tok-1", "tok-2"}) {
		t.Errorf("secrets %v", got)
	}
}

func TestFetchedWithAShortOrNoLife(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		life       time.Duration
		good, over time.Duration // still used after good, renewed after over
	}{
		"shorter than early": {40 * time.Second, 19 * time.Second, 20 * time.Second},
		"over on arrival":    {-time.Hour, 29 * time.Second, 30 * time.Second},
	}
	for name, test := range tests {
		i := newIssuer()
		i.life = test.life
		auth := i.auth()
		wantToken(t, auth, "tok-1")
		i.clock.Advance(test.good)
		wantToken(t, auth, "tok-1")
		i.clock.Advance(test.over - test.good)
		if got, err := auth.Token(t.Context()); err != nil || got != "tok-2" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	endless := rest.Fetched(func(context.Context, string) (rest.Token, error) { return rest.Token{Value: "t"}, nil }, time.Minute, clock.System{})
	wantToken(t, endless, "t")
	wantToken(t, endless, "t")
}

func TestFetchedFailureStandsForAWhile(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	i.setFail(errors.New("down"))
	auth := i.auth()
	for range 10 {
		if _, err := auth.Token(t.Context()); err == nil || !strings.Contains(err.Error(), "down") {
			t.Fatalf("got %v", err)
		}
	}
	if got := len(i.asked()); got != 1 {
		t.Errorf("%d fetches, want 1", got)
	}
	i.clock.Advance(30 * time.Second)
	i.setFail(nil)
	wantToken(t, auth, "tok-2")
}

func TestFetchedUsesAGoodTokenWhileRenewalFails(t *testing.T) {
	t.Parallel()
	i := newIssuer()
	auth := i.auth()
	wantToken(t, auth, "tok-1")
	i.setFail(errors.New("down"))
	i.clock.Advance(59*time.Minute + 10*time.Second)
	wantToken(t, auth, "tok-1")
	wantToken(t, auth, "tok-1")
	if got := len(i.asked()); got != 2 {
		t.Errorf("%d fetches, want 2", got)
	}
	i.clock.Advance(time.Minute)
	if _, err := auth.Token(t.Context()); err == nil {
		t.Error("a token that is over was used")
	}
}

func TestFetchedRefusesUselessTokens(t *testing.T) {
	t.Parallel()
	empty := rest.Fetched(func(context.Context, string) (rest.Token, error) { return rest.Token{}, nil }, 0, clock.System{})
	if _, err := empty.Token(t.Context()); err == nil {
		t.Error("an empty token was taken")
	}
	i := newIssuer()
	i.same = true
	auth := i.auth()
	wantToken(t, auth, "tok-1")
	for range 3 {
		if ok, err := auth.Renew(t.Context(), "tok-1"); ok || err == nil {
			t.Errorf("got %t, %v", ok, err)
		}
		if _, err := auth.Token(t.Context()); err == nil {
			t.Error("the rejected token is handed out again")
		}
	}
	if got := i.asked(); !slices.Equal(got, []string{"", "tok-1"}) {
		t.Errorf("asked with %q", got)
	}
}

func TestOneFetchAtATime(t *testing.T) {
	t.Parallel()
	var fetches atomic.Int32
	auth := rest.Fetched(func(ctx context.Context, _ string) (rest.Token, error) {
		fetches.Add(1) // and then so slow that the others come while it is under way
		return rest.Token{Value: "tok"}, clock.System{}.Sleep(ctx, 20*time.Millisecond)
	}, time.Minute, clock.System{})
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if got, err := auth.Token(t.Context()); got != "tok" || err != nil {
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
	auth := rest.Fetched(func(ctx context.Context, _ string) (rest.Token, error) {
		if fetches.Add(1) == 1 {
			close(begun)
		}
		select {
		case <-release:
			return rest.Token{Value: "tok"}, nil
		case <-ctx.Done():
			return rest.Token{}, ctx.Err()
		}
	}, time.Minute, clock.System{})

	ctx, cancel := context.WithCancel(t.Context())
	left, stayed := make(chan error), make(chan error)
	go func() {
		_, err := auth.Token(ctx)
		left <- err
	}()
	<-begun
	go func() {
		_, err := auth.Token(t.Context())
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

func TestAbandonedRenewalIsNotHeldAgainstTheNext(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{}, 1)
	var fetches atomic.Int32
	auth := rest.Fetched(func(ctx context.Context, _ string) (rest.Token, error) {
		if fetches.Add(1) > 1 {
			return rest.Token{Value: "tok"}, nil
		}
		begun <- struct{}{}
		<-ctx.Done()
		return rest.Token{}, ctx.Err()
	}, time.Minute, clock.System{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	if _, err := auth.Token(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	wantToken(t, auth, "tok")
}
