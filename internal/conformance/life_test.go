package conformance_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A link is made by one request, its policies change in place, and it ends by one request, where the vendor has one.
func TestCreatePoliciesAndDestroy(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		state, plan := f.apply(protocoltest.State{}, f.d.Config)
		if plan.Action != protocoltest.Create || state.Text("id") == "" || state.Text("url") == "" || state.Text("state") != "open" {
			f.Fatalf("%s: id %q, url %q, state %q", plan.Action, state.Text("id"), state.Text("url"), state.Text("state"))
		}
		f.requireSettled(state, f.d.Config)
		f.requireWrites(1, 0)

		for _, policy := range []object{{"replace_when": list{"expired"}}, {"on_destroy": "abandon"}, {"timeouts": object{"delete": "1m"}}} {
			config := f.d.With(policy)
			plan = f.Plan(state, config)
			if plan.Action == protocoltest.Replace {
				f.Errorf("%v replaces because of %v", policy, plan.Because)
			}
			changed, _ := f.apply(state, config)
			f.requireSettled(changed, config)
		}
		f.requireWrites(1, 0)

		if _, diags := f.Apply(f.Plan(state, nil)); diags.HasError() {
			f.Error(diags)
		}
		f.requireWrites(1, 1)
		if left := f.Sandbox.PayableCount(); (left == 0) != (f.d.Operations.Revoke != "") {
			f.Errorf("%d payable links are left", left)
		}
	})
}

func TestReplacementIsOneRevokeAndOneCreate(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		config := f.d.With(f.d.Change)
		after, plan := f.apply(state, config)
		if want := slices.Sorted(maps.Keys(f.d.Change)); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, want) {
			f.Errorf("%s because of %v, want a replacement because of %v", plan.Action, plan.Because, want)
		}
		if len(plan.Warnings()) != 1 {
			f.Errorf("the end of an open link is announced %d times: %s", len(plan.Warnings()), plan.Diagnostics)
		}
		if after.Text("id") == state.Text("id") {
			f.Error("the same link")
		}
		f.requireWrites(2, 1)
		f.requireSettled(after, config)
	})
}

// An import reads all that answers hold. What they never hold goes from the configuration into the state, in place, once.
func TestImportLeavesNothingToDo(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		imported, diags := f.ImportByID(state.Text("id"))
		if diags.HasError() {
			f.Fatal(diags)
		}
		plan := f.Plan(imported, f.d.Config)
		want := protocoltest.Nothing
		if len(f.d.NeverReturned) > 0 {
			want = protocoltest.Update
		}
		if plan.Action != want {
			f.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
		imported, diags = f.Apply(plan)
		if diags.HasError() {
			f.Error(diags)
		}
		f.requireSettled(imported, f.d.Config)
		f.requireWrites(1, 0)
	})
}

func TestLinkThatIsGoneIsCreatedAgain(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		config := f.d.With(object{"replace_when": list{"revoked"}})
		state, _ := f.apply(protocoltest.State{}, config)
		f.Clock.Advance(newLinkGrace) // a 404 shortly after a create is a lag
		f.Sandbox.Simulate(state.Text("id"), "delete")
		after, diags := f.Refresh(state)
		if after.Exists() || diags.HasError() || len(diags.Warnings()) != 1 {
			f.Fatalf("still there, or not announced: %s", diags)
		}
		f.apply(protocoltest.State{}, config)
		f.requireWrites(2, 0)
	})
}
