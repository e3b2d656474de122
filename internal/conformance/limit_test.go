package conformance_test

import (
	"fmt"
	"math/big"
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

func TestRequestsPerMinuteIsAWholeNumberFromOne(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		for name, value := range map[string]any{
			"unknown": tfconfig.Unknown, "none": 0, "negative": -1, "more than any machine sends": 1_000_000_000_000, "a fraction": tftypes.NewValue(tftypes.Number, big.NewFloat(1.5)),
		} {
			s := acctest.NewServer(f.T, f.Clock, object{f.d.Name: f.Settings(object{"requests_per_minute": value})})
			f.Record(s.ConfigureDiagnostics)
			if at := f.d.Name + ".requests_per_minute"; len(s.ConfigureDiagnostics.Errors()) != 1 || len(s.ConfigureDiagnostics.ForAttribute(at).Errors()) != 1 {
				f.Errorf("%s: not an error at %s: %s", name, at, s.ConfigureDiagnostics)
			}
		}
	})
}

// One configuration has one limit for everything that it does: tokens, creates, reads of this resource and of that. A
// second configuration has its own.
func TestLimitHoldsForAllCallsOfOneConfiguration(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		limit := object{"requests_per_minute": 1}
		first, second := f.NewProvider(limit), f.NewProvider(limit)
		f.Server = first
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		other, diags := f.ImportByID(state.Text("id"))
		for _, one := range []protocoltest.State{state, other} {
			_, more := f.Refresh(one)
			diags = append(diags, more...)
		}
		f.requireWaits(len(f.Sandbox.Requests()) - 1)

		f.Server = second
		_, more := f.Refresh(state)
		if diags = append(diags, more...); diags.HasError() {
			f.Fatal(diags)
		}
		f.requireWaits(len(f.Sandbox.Requests()) - 2)
	})
}

// requireWaits expects so many waits of a whole minute, with a second to spare, and no others.
func (f *fixture) requireWaits(times int) {
	f.Helper()
	waits := f.Clock.Sleeps()
	if len(waits) != times || times == 0 {
		f.Errorf("waited %d times, want %d: %v", len(waits), times, waits)
	}
	for _, d := range waits {
		if d != 61*time.Second {
			f.Errorf("waited %s", d)
		}
	}
}

// Under the number that the vendor documents, a large refresh meets no 429.
func TestDocumentedLimitMeetsNo429(t *testing.T) {
	limited := func(d descriptor.Descriptor) bool { return d.RateLimit != nil }
	forVendors(t, limited, func(f *fixture) {
		f.StartProvider(nil, object{"requests_per_minute": f.d.RateLimit.PerMinute})
		f.setSwitches(f.d.RateLimit.Switches)
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		for range 100 {
			if _, diags := f.Refresh(state); len(diags) > 0 {
				f.Fatal(diags)
			}
		}
		refused := f.Sandbox.Requests(func(r sandbox.Record) bool { return r.Status == http.StatusTooManyRequests })
		if n := len(f.Sandbox.Requests()); len(refused) > 0 || n < 101 {
			f.Errorf("%d of %d requests were too many", len(refused), n)
		}
	})
}

// Without any setting, more creates than the vendor takes in a minute get through: each waits as long as the vendor asks for.
func TestCreatesBeyondTheLimitGetThrough(t *testing.T) {
	limited := func(d descriptor.Descriptor) bool { return d.RateLimit != nil }
	forVendors(t, limited, func(f *fixture) {
		f.setSwitches(f.d.RateLimit.Switches)
		n := f.d.RateLimit.PerMinute + 10
		for i := range n {
			if state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Labeled(fmt.Sprint("Order ", i), fmt.Sprint("order-", i))); len(diags) > 0 || !state.Exists() {
				f.Fatalf("create %d: %s", i, diags)
			}
		}
		refused := f.Sandbox.Requests(func(r sandbox.Record) bool { return r.Status == http.StatusTooManyRequests })
		if live := len(f.Sandbox.Overview()); live != n || len(refused) == 0 {
			f.Errorf("%d links, %d requests were refused", live, len(refused))
		}
	})
}

// An error of a budget that is used up tells of the setting that spares it.
func TestUsedUpBudgetNamesTheLimit(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Kind: fault.TooMany, Header: http.Header{"Retry-After": {"3600"}}})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
		if f.RequireErrors(diags, "", "1h0m0s", "`retry_budget`", "`requests_per_minute`"); state.Exists() {
			f.Error("in state")
		}
	})
}
