package conomy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// eventful is a clock on which something happens during a sleep.
type eventful struct {
	*fakeclock.Clock
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
	return c.Clock.Sleep(ctx, d)
}

// active makes an activated link that lasts so many seconds.
func active(f *drivertest.Fixture, seconds int, timeouts any) (protocoltest.State, object) {
	f.Helper()
	config := small(object{"duration": seconds, "activate": true, "timeouts": timeouts})
	state := f.Create(config)
	if state.Text("status") != "ACTIVE" {
		f.Fatal(state.Text("status"))
	}
	f.Clock.Advance(10 * time.Second)
	f.ResetCalls()
	return state, config
}

// Where `timeouts.delete` reaches so far, a link is deleted as soon as it can be.
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
			f := harness.Start(t)
			state, _ := active(f, tc.seconds, tc.timeouts)
			began := f.Clock.Now()
			after, diags := f.Destroy(state)
			f.RequireCalls(tc.asked...)
			if after.Exists() || diags.HasError() {
				t.Errorf("still there: %s", diags)
			}
			f.RequireText(diags.Warnings(), "waits", state.Text("expires_at"), state.Text("id"))
			if waited := f.Clock.Now().Sub(began).Round(time.Second); waited != time.Duration(tc.seconds-10)*time.Second {
				t.Errorf("waited %s", waited)
			}
			requireHeld(f, 0)
		})
	}
}

// What cannot be reached is an error that says from when on it can be, and how to wait.
func TestDestroyDoesNotWaitInVain(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state, config := active(f, 7200, object{"delete": "1h"})
	after, diags := f.Destroy(state)
	f.RequireCalls("delete", "get")
	f.RequireErrors(diags, "", "`open`", "It can be revoked from "+f.Clock.Now().UTC().Add(7190*time.Second).Format(time.RFC3339), "in 1h59m50s", `timeouts = { delete = "2h5m0s" }`, "stays in state", "abandon")
	if len(f.Clock.Sleeps()) > 0 {
		t.Errorf("slept %s", f.Clock.Sleeps())
	}

	// Doing what it says works.
	config["timeouts"] = object{"delete": "2h5m0s"}
	after, _, diags = f.ApplyConfig(after, config)
	if diags.HasError() {
		t.Fatal(diags)
	}
	if after, diags = f.Destroy(after); after.Exists() || diags.HasError() {
		t.Error(diags)
	}
	requireHeld(f, 0)
}

// The payer may come, the run may be interrupted, the vendor may be late.
func TestWhatHappensWhileWaiting(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		during func(f *drivertest.Fixture, id string) func(int) error
		err    string
		warned string
		slept  int
	}{
		"paid: no need to wait longer": {func(f *drivertest.Fixture, id string) func(int) error {
			return func(n int) error {
				if n == 2 {
					return sandboxOf(f).ForceStatus(id, "FINISHED")
				}
				return nil
			}
		}, "", "was paid", 2},
		"being paid at the end": {func(f *drivertest.Fixture, id string) func(int) error {
			return func(int) error { return sandboxOf(f).ForceStatus(id, "PROCESSING_PAYMENT") }
		}, "A payment is in progress", "", 12},
		"interrupted": {func(*drivertest.Fixture, string) func(int) error {
			return func(n int) error {
				if n == 3 {
					return context.Canceled
				}
				return nil
			}
		}, "Interrupted while waiting", "", 3},
		"deleted by somebody else": {func(f *drivertest.Fixture, id string) func(int) error {
			return func(n int) error {
				if n == 1 {
					return sandboxOf(f).Delete(id)
				}
				return nil
			}
		}, "", "", 12},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			clk := &eventful{Clock: f.Clock}
			f.Server = harness.NewServer(t, clk, f.Settings())
			state, _ := active(f, 3600, object{"delete": "2h"})
			clk.during = tc.during(f, state.Text("id"))
			after, diags := f.Destroy(state)
			switch {
			case tc.err != "":
				f.RequireErrors(diags, "", tc.err, state.Text("id"))
				if !after.Exists() {
					t.Error("lost")
				}
			case diags.HasError() || after.Exists():
				t.Error(diags)
			case tc.warned != "":
				f.RequireText(diags.Warnings(), tc.warned)
			}
			if clk.slept != tc.slept {
				t.Errorf("slept %d times, want %d", clk.slept, tc.slept)
			}
		})
	}
}

// A plan that has to wait says until when, and keeps its word.
func TestReplacementWaits(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state, _ := active(f, 240, nil)
	config := small(object{"duration": 3600, "activate": true})
	plan := f.RequireReplacement(state, config, []string{"duration"}, "waits", state.Text("expires_at"))
	if len(plan.Warnings()) != 1 {
		t.Errorf("said %s", plan.Diagnostics)
	}
	after, diags := f.Apply(plan)
	if diags.HasError() || after.Text("id") == state.Text("id") || after.Text("status") != "ACTIVE" {
		t.Error(diags)
	}
	f.RequireCalls("delete", "get", "delete", "create", "activate")
	f.RequireNoDrift(after, config)
	requireHeld(f, 1)
}
