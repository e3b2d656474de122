package provider_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

func TestRequestsPerMinuteValues(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, _ *protocoltest.Server) {
		for name, value := range map[string]any{
			"unknown": tfconfig.Unknown, "none": 0, "negative": -1, "a fraction": tftypes.NewValue(tftypes.Number, big.NewFloat(1.5)),
		} {
			s := acctest.NewServer(t, nil, object{c.vendor: e.Settings(object{"requests_per_minute": value})})
			if at := c.vendor + ".requests_per_minute"; len(s.ConfigureDiagnostics.Errors()) != 1 || len(s.ConfigureDiagnostics.ForAttribute(at).Errors()) != 1 {
				t.Errorf("%s: not an error at %s: %s", name, at, s.ConfigureDiagnostics)
			}
		}
	})
}

// One configuration has one limit for everything that it does: tokens, creates, reads of this resource and of that. A
// second configuration has its own.
func TestLimitOfOneConfiguration(t *testing.T) {
	each(t, func(t *testing.T, c vendorCase, e *acctest.VendorSandbox, _ *protocoltest.Server) {
		clk := clock.NewFake(clock.System{}.Now())
		configured := func() *protocoltest.Server { return e.ServerWithClock(clk, object{"requests_per_minute": 1}) }
		first, second := configured(), configured()
		state, _ := up(t, first, protocoltest.State{}, c, c.config)
		other, diags := first.Import(c.name(), state.Text("id"))
		for _, one := range []protocoltest.State{state, other} {
			_, more := first.Refresh(one)
			diags = append(diags, more...)
		}
		waited(t, clk, len(e.Requests())-1)

		_, more := second.Refresh(state)
		if diags = append(diags, more...); diags.HasError() {
			t.Fatal(diags)
		}
		waited(t, clk, len(e.Requests())-2)
	})
}

// waited: so many times a whole minute, and a second to spare, and never else.
func waited(t *testing.T, clk *clock.Fake, times int) {
	t.Helper()
	slept := clk.Sleeps()
	if len(slept) != times || times == 0 {
		t.Errorf("waited %d times, want %d: %v", len(slept), times, slept)
	}
	for _, d := range slept {
		if d != 61*time.Second {
			t.Errorf("waited %s", d)
		}
	}
}

// With Powens' own number a large refresh meets no 429, and so waits for none.
func TestLimitOfPowens(t *testing.T) {
	t.Parallel()
	c := vendorCases[1]
	b := acctest.Complete(acctest.Vendor{Name: c.vendor}).Start(t, nil).StartProvider(nil, object{"requests_per_minute": 30}) // on the sandbox's clock
	e := b.Sandbox
	powenssandbox.From(e).Set(func(s *powenssandbox.Switches) { s.RateLimit = true })
	state, _ := up(t, b.Server, protocoltest.State{}, c, c.config)
	for range 100 {
		if _, diags := b.Server.Refresh(state); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	refused := e.Requests(func(r sandbox.Record) bool { return r.Status == 429 })
	if n := len(e.Requests()); len(refused) > 0 || n < 101 {
		t.Errorf("%d of %d requests were too many", len(refused), n)
	}
}
