package rest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

var (
	errEmptyToken = errors.New("the answer holds no token")
	errSameToken  = errors.New("the answer holds the same token that was rejected")
	errUnproven   = errors.New("it had just replaced another that was rejected")
)

// renewal is one fetch under way. It goes on as long as somebody waits for it.
type renewal struct {
	done      chan struct{}
	cancel    context.CancelFunc
	waiters   int
	abandoned bool  // everybody has left, and the fetch was told to stop
	err       error // set before done is closed
}

// renew joins the renewal under way, or starts one, and waits for its end or that of ctx. The caller holds the lock,
// which is let go while waiting.
func (f *fetched) renew(ctx context.Context, rejected string) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		run := f.running
		if run == nil {
			run = f.start(ctx, rejected)
		}
		if err := f.wait(ctx, run); err != nil {
			return err
		}
		// Whoever comes while an abandoned fetch still ends would get its cancellation: they start the next.
		if run.err == nil || !run.abandoned {
			return run.err
		}
	}
}

// start keeps the values of ctx (the logger) and not its end, as others may join.
func (f *fetched) start(ctx context.Context, rejected string) *renewal {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	run := &renewal{done: make(chan struct{}), cancel: cancel}
	f.running = run
	go f.perform(own, run, rejected)
	return run
}

func (f *fetched) wait(ctx context.Context, run *renewal) error {
	run.waiters++
	f.mu.Unlock()
	var err error
	select {
	case <-run.done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	f.mu.Lock()
	run.waiters--
	if run.waiters == 0 {
		run.abandoned = run.abandoned || err != nil
		run.cancel()
		f.mu.Unlock()
		<-run.done // soon: a request under way is bounded, and nothing else goes on
		f.mu.Lock()
	}
	return err
}

func (f *fetched) perform(ctx context.Context, run *renewal, rejected string) {
	token, err := f.fetch(ctx, rejected)
	switch {
	case err != nil:
	case token.Value == "":
		err = errEmptyToken
	case token.Value == rejected:
		err = errSameToken
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	defer close(run.done)
	f.running = nil
	if err != nil {
		run.err = fmt.Errorf("cannot get an access token: %w", err)
		if !run.abandoned {
			f.failure, f.pause, f.rejected = run.err, f.clock.Now().Add(renewalPause), rejected
		}
		return
	}
	f.accept(token)
	f.unproven = rejected != ""
}

// accept makes the token the current one. One that comes expired already (a clock is wrong) is used all the same, and
// not fetched again for every call.
func (f *fetched) accept(token Token) {
	f.current, f.failure, f.rejected, f.due = token, nil, "", time.Time{}
	if now := f.clock.Now(); !token.Expires.IsZero() {
		f.due = token.Expires.Add(-min(f.early, token.Expires.Sub(now)/2))
		if !token.Expires.After(now) {
			f.due = now.Add(renewalPause)
		}
	}
	if !slices.Contains(f.seen, token.Value) {
		f.seen = append(f.seen, token.Value)
	}
}
