package conformance_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// forEachExpiredToken runs a test for every vendor whose tokens the provider refreshes, with a provider that has made one
// link, and whose token has ended since.
func forEachExpiredToken(t *testing.T, test func(*fixture)) {
	refreshed := func(d descriptor.Descriptor) bool { return d.Token != nil }
	forVendors(t, refreshed, func(f *fixture) {
		vendor, _ := f.Sandbox.Vendor(f.d.Name)
		settings := object{}
		if f.d.Token.Settings != nil {
			var err error
			if settings, err = f.d.Token.Settings(vendor, f.TempDir()); err != nil {
				f.Fatal(err)
			}
			for _, unused := range f.d.Credentials.Unused { // it is for this
				settings[unused] = f.Sandbox.Settings()[unused]
			}
		}
		f.StartProvider(nil, settings)
		if diags := f.createNumber(0); len(diags) > 0 {
			f.Fatal(diags)
		}
		f.d.Token.Expire(vendor)
		f.ResetCalls()
		test(f)
	})
}

// createNumber makes a link that differs from others in its label.
func (f *fixture) createNumber(i int) protocoltest.Diagnostics {
	_, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Labeled(fmt.Sprintf("Order %d", i), fmt.Sprintf("invoice-%d", i)))
	return diags
}

// createTen makes ten links at once and counts those that failed, whose errors have the text.
func (f *fixture) createTen(text ...string) int {
	f.Helper()
	var group sync.WaitGroup
	var failed atomic.Int32
	for i := range 10 {
		group.Go(func() {
			diags := f.createNumber(i + 1)
			if !diags.HasError() {
				return
			}
			failed.Add(1)
			for _, part := range text {
				if !strings.Contains(diags.String(), part) {
					f.Errorf("%q is missing in:\n%s", part, diags)
				}
			}
		})
	}
	group.Wait()
	return int(failed.Load())
}

// requireSent expects so many calls for a token, and at most so many creates.
func (f *fixture) requireSent(tokens, creates int) {
	f.Helper()
	if n := len(f.Sandbox.Requests(sandbox.ByOp(f.d.Name, f.d.Operations.Token))); n != tokens {
		f.Errorf("%d calls for a token, want %d", n, tokens)
	}
	if n := f.CallCount(f.d.Operations.Create); n > creates {
		f.Errorf("%d creates, want at most %d", n, creates)
	}
}

// A token that ends in the middle of an apply is refreshed once, not once for each link, and each link is made once.
func TestExpiredTokenIsRefreshedOnceForTenCreates(t *testing.T) {
	forEachExpiredToken(t, func(f *fixture) {
		if failed := f.createTen(); failed > 0 {
			f.Errorf("%d failed", failed)
		}
		f.requireSent(1, 20)
		if n := len(f.Sandbox.Overview()); n != 11 {
			f.Errorf("%d links, want 11", n)
		}
	})
}

// A new token that is rejected too is the end: it is not refreshed again, nothing is sent more than twice, and later calls
// send nothing at all.
func TestRejectedTokenIsNotUsedAgain(t *testing.T) {
	forEachExpiredToken(t, func(f *fixture) {
		f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Kind: fault.ExpireToken})
		if failed := f.createTen("401", "Nothing was created"); failed != 10 {
			f.Errorf("%d failed", failed)
		}
		f.requireSent(1, 20)
		before := len(f.Sandbox.Requests())
		for range 5 {
			if failed := f.createTen("401", "Nothing was created", "Not sent"); failed != 10 {
				f.Errorf("%d failed", failed)
			}
		}
		if n := len(f.Sandbox.Requests()); n != before {
			f.Errorf("%d more requests", n-before)
		}
	})
}

// A token that an answer holds is used, whatever else the answer says: the one that it takes the place of may be worth nothing by then.
func TestOddAnswerWithATokenCostsNoToken(t *testing.T) {
	forEachExpiredToken(t, func(f *fixture) {
		vendor, _ := f.Sandbox.Vendor(f.d.Name)
		var body []byte
		f.Sandbox.StartChaos(fault.Chaos{After: func(e fault.Event) {
			if e.Op == f.d.Operations.Token {
				body = e.Reply
			}
		}})
		f.createNumber(1)
		f.Sandbox.StartChaos(fault.Chaos{})
		var answer map[string]any
		if err := json.Unmarshal(body, &answer); err != nil {
			f.Fatal(err)
		}
		links := 1
		for key, value := range answer {
			if text, ok := value.(string); ok && len(text) > 12 { // a token
				continue
			}
			f.d.Token.Expire(vendor)
			f.ResetCalls()
			remove := f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.Token, Kind: fault.Deviate, Pointer: "/" + key, Value: `{"deviating":true}`})
			links++
			if diags := f.createNumber(links); len(diags) > 0 {
				f.Errorf("%s: %s", key, diags)
			}
			remove()
			f.requireSent(1, 2)
		}
	})
}
