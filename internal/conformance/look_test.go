package conformance_test

import (
	"fmt"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// The look before a create costs a plan one page of the list, however many creates it has, and none where the refresh reads it.
func TestLookCostsOnePage(t *testing.T) {
	forEachList(t, func(f *fixture) {
		state := f.Create(f.d.Config)
		for _, refreshed := range []bool{false, true} {
			f.StartProvider(object{"look_before_create": true, "refresh": "list"})
			f.ResetCalls()
			if refreshed {
				if _, diags := f.Refresh(state); len(diags) > 0 {
					f.Error(diags)
				}
			}
			for i := range 3 {
				if plan := f.Plan(protocoltest.State{}, f.d.Labeled(fmt.Sprint("another ", i), fmt.Sprint("another-", i))); len(plan.Diagnostics) > 0 {
					f.Error(plan.Diagnostics)
				}
			}
			f.RequireCalls(f.d.Operations.List)
		}
		f.StartProvider(object{"look_before_create": true, "refresh": "list"}) // another run, that no state has told of the link
		if plan := f.Plan(protocoltest.State{}, f.d.Config); len(plan.Diagnostics) != 1 {
			f.Errorf("a look-alike: %s", plan.Diagnostics)
		} else {
			f.RequireText(plan.Diagnostics, state.Text("id"), "import {")
		}
	})
}
