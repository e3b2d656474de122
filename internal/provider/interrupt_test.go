package provider_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// atOnce is less than any wait of these tests would last, and much more than a slow machine takes to end one.
const atOnce = 5 * time.Second

// interrupted starts a create, interrupts the provider once the vendor has got so many requests of an operation, and
// tells how long the create went on after it.
func interrupted(t *testing.T, c vendorCase, e *acctest.VendorSandbox, s *protocoltest.Server, op string, requests int) (protocoltest.State, protocoltest.Diagnostics, time.Duration) {
	t.Helper()
	var clk clock.System
	stopped := make(chan time.Time, 1)
	go func() {
		for range 2000 {
			if e.CallCount(c.vendor, op) >= requests {
				break
			}
			_ = clk.Sleep(t.Context(), 5*time.Millisecond)
		}
		_ = clk.Sleep(t.Context(), 100*time.Millisecond) // and has reached the wait that is meant
		stopped <- clk.Now()
		s.Stop()
	}()
	state, _, diags := s.ApplyConfig(protocoltest.State{}, c.name(), c.config)
	ended := clk.Now()
	return state, diags, ended.Sub(<-stopped)
}

// The create under way when the user interrupts is finished, and its link is in state.
func TestInterruptedCreateIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, _ *protocoltest.Server) {
		e.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Wait, Delay: time.Second})
		s := e.Server()
		state, diags, after := interrupted(t, c, e, s, "create", 1)
		if links := e.Overview(); diags.HasError() || len(links) != 1 || state.Text("id") != links[0].ID {
			t.Fatalf("%d links, in state %q: %s", len(links), state.Text("id"), diags)
		}
		if after < 0 {
			t.Error("the create ended before the interrupt: nothing was tested")
		}
		calls(t, e, c, 1, 0)
		settled(t, s, state, c, c.config)
	})
}

// What waits ends at once: before a repeat, and before another look for a link that may be there.
func TestInterruptEndsEveryWait(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"before a repeat": {Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"30"}}},
		"while looking":   {Status: http.StatusInternalServerError},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, _ *protocoltest.Server) {
				fault := fault
				fault.Op = "create"
				e.Inject(fault)
				state, diags, after := interrupted(t, c, e, e.Server(), "create", 1)
				if !diags.HasError() || state.Exists() || after > atOnce {
					t.Errorf("ended after %s, in state: %t, %s", after, state.Exists(), diags)
				}
				if after < 0 {
					t.Errorf("ended before the interrupt: nothing was tested: %s", diags)
				}
				calls(t, e, c, 1, 0)
			})
		})
	}
}

// A create that waits for the limit ends at once, and was not sent.
func TestInterruptEndsTheWaitForTheLimit(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, _ *protocoltest.Server) {
		state, _ := up(t, e.Server(), protocoltest.State{}, c, c.config)
		e.ResetRequests()
		s := e.Server(object{"requests_per_minute": 1})
		op := "token" // takes the minute's only turn, or, where there is none, a read does
		if c.vendor == "gigs" || c.vendor == "qonto" {
			op = "get"
			if _, diags := s.Refresh(state); len(diags) > 0 {
				t.Fatal(diags)
			}
		}
		state, diags, after := interrupted(t, c, e, s, op, 1)
		if !diags.HasError() || state.Exists() || after > atOnce || after < 0 {
			t.Errorf("ended after %s, in state: %t, %s", after, state.Exists(), diags)
		}
		if n := e.CallCount(c.vendor, "create"); n > 0 {
			t.Errorf("%d creates were sent", n)
		}
	})
}

// One operation has one budget for the repeats of all its calls: the create, and every look for its link afterwards.
func TestOperationHasOneBudget(t *testing.T) {
	t.Parallel()
	c := vendorCases[0]
	e := acctest.NewSandbox(t, c.vendor)
	e.Inject(sandbox.Fault{Op: "create", Status: http.StatusInternalServerError})
	e.Inject(sandbox.Fault{Op: "list", Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"25"}}})
	clk := clock.NewFake(clock.System{}.Now())
	if _, _, diags := e.ServerWithClock(clk).ApplyConfig(protocoltest.State{}, c.name(), c.config); !diags.HasError() {
		t.Fatal("no error")
	}
	var repeats int
	for _, d := range clk.Sleeps() {
		if d == 25*time.Second {
			repeats++
		}
	}
	if repeats != 2 {
		t.Errorf("%d waits of 25 s within a budget of a minute: %v", repeats, clk.Sleeps())
	}
}
