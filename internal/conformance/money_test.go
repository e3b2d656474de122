package conformance_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// forEachOtherMoney runs a test for each kind of link of each vendor that makes it of other money than it is asked for.
func forEachOtherMoney(t *testing.T, test func(f *fixture, kind string, shape object)) {
	forEachVendor(t, func(f *fixture) {
		for kind, switches := range f.d.OtherMoney {
			for name, shape := range f.d.Shapes {
				f.Run(kind+" of "+name, func(t *testing.T) {
					t.Parallel()
					f := f.again(t)
					f.setSwitches(switches)
					test(f, kind, shape)
				})
			}
		}
	})
}

// A new link that asks for other money than its configuration is ended again; where no call ends it, it is in state, and nothing
// is made in its place.
func TestNewLinkOfOtherMoneyIsEnded(t *testing.T) {
	forEachOtherMoney(t, func(f *fixture, kind string, shape object) {
		state, _, diags := f.ApplyConfig(protocoltest.State{}, shape)
		if f.d.Operations.Revoke == "" {
			f.requireKept(state, diags, kind, f.onlyLink())
			f.RequireNoDrift(state, shape)
			f.RequirePayable(1)
			return
		}
		f.RequireText(diags.Errors(), "Wrong "+kind, "nothing is in state")
		if state.Exists() || len(diags.Warnings()) > 0 {
			f.Errorf("state %s, warnings %s", state.Raw, diags.Warnings())
		}
		f.RequirePayable(0)
		f.requireWrites(1, 1)
	})
}

// Where the call that ends it fails, the link is in state and no error taints it. It is drift like any other, if the answer says of
// what the configuration does.
func TestNewLinkOfOtherMoneyThatCannotBeEnded(t *testing.T) {
	forEachOtherMoney(t, func(f *fixture, kind string, shape object) {
		if f.d.Operations.Revoke == "" {
			return
		}
		remove := f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.Revoke, Status: http.StatusInternalServerError})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, shape)
		f.requireKept(state, diags, kind, f.onlyLink())
		remove()
		f.setSwitches(`{"inflated":false,"other_currency":false}`)
		state, _ = f.apply(state, shape)
		f.RequireNoDrift(state, shape)
	})
}

// requireKept wants the link in state, and warnings that name it.
func (f *fixture) requireKept(state protocoltest.State, diags protocoltest.Diagnostics, kind, id string) {
	f.Helper()
	if diags.HasError() || state.Tainted || state.Text("id") != id || len(diags.Warnings()) == 0 {
		f.Fatalf("state %s, tainted %t, %s", state.Raw, state.Tainted, diags)
	}
	f.RequireText(diags, kind, id, state.Text("url"))
}

// onlyLink returns the id of the one link that the vendor holds.
func (f *fixture) onlyLink() string {
	f.Helper()
	v, _ := f.Sandbox.Vendor(f.d.Name)
	held := v.Overview()
	if len(held) != 1 {
		f.Fatalf("%d links", len(held))
	}
	return held[0].ID
}
