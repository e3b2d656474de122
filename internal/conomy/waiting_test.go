package conomy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// eventful is a clock on which something happens during a sleep.
type eventful struct {
	*clock.Fake
	during func(slept int) error
	slept  int
}

func (c *eventful) Sleep(ctx context.Context, d time.Duration) error {
	c.slept++
	if c.during != nil {
		if err := c.during(c.slept); err != nil {
			return err
		}
	}
	return c.Fake.Sleep(ctx, d)
}

// active makes an activated link that lasts so many seconds.
func (b *bench) active(seconds int, timeouts any) (protocoltest.State, object) {
	b.Helper()
	config := small(object{"duration": seconds, "activate": true, "timeouts": timeouts})
	state := b.Create(config)
	if state.Text("status") != "ACTIVE" {
		b.Fatal(state.Text("status"))
	}
	b.Clock.Advance(10 * time.Second)
	b.ResetCalls()
	return state, config
}

// TestDestroyWaitsForTheExpiry where `timeouts.delete` reaches so far: the link is deleted as soon as it can be.
func TestDestroyWaitsForTheExpiry(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		seconds  int
		timeouts any
		asked    []string
	}{
		"within the default":     {120, nil, []string{"delete", "get", "delete"}},
		"within what is written": {3600, object{"delete": "61m"}, append(append([]string{"delete", "get"}, slices.Repeat([]string{"get"}, 11)...), "delete")},
		"no longer than needed":  {120, object{"delete": "1h"}, []string{"delete", "get", "delete"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state, _ := b.active(tc.seconds, tc.timeouts)
			began := b.Clock.Now()
			after, diags := b.Destroy(state)
			b.RequireCalls(tc.asked...)
			if after.Exists() || diags.HasError() {
				t.Errorf("still there: %s", diags)
			}
			b.RequireText(diags.Warnings(), "waits", state.Text("expires_at"), state.Text("id"))
			if waited := b.Clock.Now().Sub(began).Round(time.Second); waited != time.Duration(tc.seconds-10)*time.Second {
				t.Errorf("waited %s", waited)
			}
			b.holds(0)
		})
	}
}

// TestDestroyDoesNotWaitInVain: what cannot be reached is an error that says from when on it can be, and how to wait.
func TestDestroyDoesNotWaitInVain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state, config := b.active(7200, object{"delete": "1h"})
	after, diags := b.Destroy(state)
	b.RequireCalls("delete", "get")
	b.RequireErrors(diags, "", "`open`", "It can be revoked from "+b.Clock.Now().UTC().Add(7190*time.Second).Format(time.RFC3339), "in 1h59m50s", `timeouts = { delete = "2h5m0s" }`, "stays in state", "abandon")
	if len(b.Clock.Sleeps()) > 0 {
		t.Errorf("slept %s", b.Clock.Sleeps())
	}

	// Doing what it says works.
	config["timeouts"] = object{"delete": "2h5m0s"}
	after, _, diags = b.ApplyConfig(after, config)
	if diags.HasError() {
		t.Fatal(diags)
	}
	if after, diags = b.Destroy(after); after.Exists() || diags.HasError() {
		t.Error(diags)
	}
	b.holds(0)
}

// TestWhatHappensWhileWaiting: the payer may come, the run may be interrupted, the vendor may be late.
func TestWhatHappensWhileWaiting(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		during func(b *bench, id string) func(int) error
		err    string
		warned string
		slept  int
	}{
		"paid: no need to wait longer": {func(b *bench, id string) func(int) error {
			return func(n int) error {
				if n == 2 {
					return conomysandbox.From(b.Sandbox).ForceStatus(id, "FINISHED")
				}
				return nil
			}
		}, "", "was paid", 2},
		"being paid at the end": {func(b *bench, id string) func(int) error {
			return func(int) error { return conomysandbox.From(b.Sandbox).ForceStatus(id, "PROCESSING_PAYMENT") }
		}, "Somebody is paying", "", 12},
		"interrupted": {func(*bench, string) func(int) error {
			return func(n int) error {
				if n == 3 {
					return context.Canceled
				}
				return nil
			}
		}, "cut short", "", 3},
		"deleted by somebody else": {func(b *bench, id string) func(int) error {
			return func(n int) error {
				if n == 1 {
					return conomysandbox.From(b.Sandbox).Delete(id)
				}
				return nil
			}
		}, "", "", 12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			clk := &eventful{Fake: b.Clock}
			b.Server = acctest.NewServer(t, clk, object{"conomy": b.Settings()})
			state, _ := b.active(3600, object{"delete": "2h"})
			clk.during = tc.during(b, state.Text("id"))
			after, diags := b.Destroy(state)
			switch {
			case tc.err != "":
				b.RequireErrors(diags, "", tc.err, state.Text("id"))
				if !after.Exists() {
					t.Error("lost")
				}
			case diags.HasError() || after.Exists():
				t.Error(diags)
			case tc.warned != "":
				b.RequireText(diags.Warnings(), tc.warned)
			}
			if clk.slept != tc.slept {
				t.Errorf("slept %d times, want %d", clk.slept, tc.slept)
			}
		})
	}
}

// TestReplacementWaits: a plan that has to wait says until when, and keeps its word.
func TestReplacementWaits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state, _ := b.active(240, nil)
	config := small(object{"duration": 3600, "activate": true})
	plan := b.RequireReplacement(state, config, []string{"duration"}, "waits", state.Text("expires_at"))
	if len(plan.Warnings()) != 1 {
		t.Errorf("said %s", plan.Diagnostics)
	}
	after, diags := b.Apply(plan)
	if diags.HasError() || after.Text("id") == state.Text("id") || after.Text("status") != "ACTIVE" {
		t.Error(diags)
	}
	b.RequireCalls("delete", "get", "delete", "create", "activate")
	b.RequireNoDrift(after, config)
	b.holds(1)
}
