package conformance_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// atOnce is less than any wait of these tests would last, and much more than a slow machine takes to end one.
const atOnce = 5 * time.Second

// createAndInterrupt starts a create, interrupts the provider once the vendor has got a call of an operation, and tells how
// long the create went on after that.
func (f *fixture) createAndInterrupt(op string) (protocoltest.State, protocoltest.Diagnostics, time.Duration) {
	f.Helper()
	var clk clock.System
	stopped := make(chan time.Time, 1)
	go func() {
		for range 2000 {
			if f.CallCount(op) >= 1 {
				break
			}
			_ = clk.Sleep(f.Context(), 5*time.Millisecond)
		}
		_ = clk.Sleep(f.Context(), 100*time.Millisecond) // and has reached the wait that is meant
		stopped <- clk.Now()
		f.Server.Stop()
	}()
	state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
	ended := clk.Now()
	return state, diags, ended.Sub(<-stopped)
}

func TestInterruptedCreateIsFinishedAndRecorded(t *testing.T) {
	forEachVendorInRealTime(t, func(f *fixture) {
		f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Kind: fault.Wait, Delay: time.Second})
		state, diags, after := f.createAndInterrupt(f.d.Operations.Create)
		if links := f.Sandbox.Overview(); diags.HasError() || len(links) != 1 || state.Text("id") != links[0].ID {
			f.Fatalf("%d links, in state %q: %s", len(links), state.Text("id"), diags)
		}
		if after < 0 {
			f.Error("the create ended before the interrupt: nothing was tested")
		}
		f.requireWrites(1, 0)
		f.requireSettled(state, f.d.Config)
	})
}

// What waits ends at once: before a repeat, and before another look for a link that may be there.
func TestInterruptEndsEveryWaitOfACreate(t *testing.T) {
	for name, injected := range map[string]fault.Fault{
		"before a repeat": {Kind: fault.TooMany, Header: http.Header{"Retry-After": {"30"}}},
		"while looking":   {Status: http.StatusInternalServerError},
	} {
		t.Run(name, func(t *testing.T) {
			forEachVendorInRealTime(t, func(f *fixture) {
				injected := injected
				injected.Op = f.d.Operations.Create
				f.Sandbox.Inject(injected)
				state, diags, after := f.createAndInterrupt(f.d.Operations.Create)
				f.requireInterrupted(state, diags, after)
				f.requireWrites(1, 0)
			})
		})
	}
}

// A create that waits for the limit ends at once, and was not sent.
func TestInterruptEndsTheWaitForTheLimit(t *testing.T) {
	forEachVendorInRealTime(t, func(f *fixture) {
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		f.ResetCalls()
		f.Server = f.Sandbox.Server(f.Settings(object{"requests_per_minute": 1}))
		op := f.d.Operations.Token // takes the minute's only turn, or, where none is fetched, a read does
		if f.d.Token == nil || !f.d.Token.ClientCredentials {
			op = f.d.Operations.Get
			if _, diags := f.Refresh(state); len(diags) > 0 {
				f.Fatal(diags)
			}
		}
		state, diags, after := f.createAndInterrupt(op)
		f.requireInterrupted(state, diags, after)
		f.requireWrites(0, 0)
	})
}

// requireInterrupted expects an error, no state, and that nothing was waited for after the interrupt.
func (f *fixture) requireInterrupted(state protocoltest.State, diags protocoltest.Diagnostics, after time.Duration) {
	f.Helper()
	if !diags.HasError() || state.Exists() || after > atOnce {
		f.Errorf("ended after %s, in state: %t, %s", after, state.Exists(), diags)
	}
	if after < 0 {
		f.Errorf("ended before the interrupt: nothing was tested: %s", diags)
	}
}

// One operation has one budget for the repeats of all its calls: the create, and every look for its link afterwards.
func TestOperationHasOneRetryBudget(t *testing.T) {
	looksFor := func(d descriptor.Descriptor) bool { return d.List != nil && !d.IdempotencyKey && !d.NoCreationTime }
	forVendors(t, looksFor, func(f *fixture) {
		f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Status: http.StatusInternalServerError})
		f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.List, Kind: fault.TooMany, Header: http.Header{"Retry-After": {"50"}}})
		if _, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config); !diags.HasError() {
			f.Fatal("no error")
		}
		var repeats int
		for _, d := range f.Clock.Sleeps() {
			if d == 50*time.Second {
				repeats++
			}
		}
		if repeats != 2 {
			f.Errorf("%d waits of 50 s within a budget of two minutes: %v", repeats, f.Clock.Sleeps())
		}
	})
}
