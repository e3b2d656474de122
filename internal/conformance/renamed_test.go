package conformance_test

import (
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A renamed block is a destroy and a create, which an engine carries out in any order. A create that is refused because of the link
// that this run destroys waits for that.
func TestCreateWaitsForTheDestroyOfARenamedBlock(t *testing.T) {
	isUnique := func(d descriptor.Descriptor) bool { return d.Unique != "" && d.Operations.Revoke != "" }
	forVendors(t, isUnique, func(f *fixture) {
		f = &fixture{acctest.Of(f.d).Start(f.T, clock.System{}), f.d}
		f.Server = f.Sandbox.Server(f.Settings())
		old := f.Create(f.d.Config)
		f.ResetCalls()
		destroyed := make(chan protocoltest.Diagnostics, 1)
		go func() {
			for f.CallCount(f.d.Operations.Create) == 0 {
				_ = clock.System{}.Sleep(f.Context(), 5*time.Millisecond)
			}
			_, diags := f.Destroy(old)
			destroyed <- diags
		}()
		renamed, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
		if said := <-destroyed; said.HasError() || diags.HasError() || !renamed.Exists() {
			f.Fatalf("%s %s", diags, said)
		}
		if live := f.Sandbox.Overview(); f.CallCount(f.d.Operations.Create) != 2 || len(live) != 1 || live[0].ID != renamed.Text("id") {
			f.Errorf("%d creates, live %v, in state %q", f.CallCount(f.d.Operations.Create), live, renamed.Text("id"))
		}
	})
}

// The link may be gone before the refused create can look whose it was.
func TestCreateIsRefusedForALinkThatIsGoneThen(t *testing.T) {
	isUnique := func(d descriptor.Descriptor) bool { return d.Unique != "" && d.Operations.Revoke != "" }
	forVendors(t, isUnique, func(f *fixture) {
		old := f.Create(f.d.Config)
		f.ResetCalls()
		var destroy sync.Once
		f.Sandbox.StartChaos(fault.Chaos{After: func(e fault.Event) {
			if e.Op == f.d.Operations.Create {
				destroy.Do(func() {
					if _, diags := f.Destroy(old); diags.HasError() {
						f.Error(diags)
					}
				})
			}
		}})
		renamed, _, diags := f.ApplyConfig(protocoltest.State{}, f.d.Config)
		if live := f.Sandbox.Overview(); diags.HasError() || len(live) != 1 || live[0].ID != renamed.Text("id") {
			f.Errorf("live %v, in state %q: %s", live, renamed.Text("id"), diags)
		}
	})
}
