package drivertest

import (
	"testing"
	"time"
)

// Accounts is what tells whose links a client manages. That a 404 of another account at the same address, or of another address,
// is not believed, is tested for every vendor in internal/conformance.
type Accounts struct {
	// Same return changes of the settings that mean the account of the first provider all the same: a 404 is believed.
	Same []func(*Fixture) Object
	// Others return changes that prove another account: nothing is asked for a destroy.
	Others []func(*Fixture) Object
}

func testAccounts(t *testing.T, h Harness) {
	others := append(h.Accounts.Others, func(*Fixture) Object { return Object{"account": "other"} })
	t.Run("other", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		state := f.Create(h.base())
		for _, other := range others {
			f.Server = f.NewProvider(other(f))
			f.ResetCalls()
			after, diags := f.Destroy(state)
			if f.d.Operations.Revoke == "" { // a destroy only lets go
				f.RequireText(diags.Warnings(), "can still be paid", state.Text("id"))
				continue
			}
			f.RequireErrors(diags, "", state.Text("id"), "No request was sent")
			if !after.Exists() {
				t.Error("lost")
			}
			f.RequireCalls()
		}
		f.RequireLive(1)
		f.Clock.Advance(time.Hour)
		f.Sandbox.Simulate(state.Text("id"), "delete")
		f.Server = f.NewProvider(Object{"account": "other"})
		after, diags := f.Refresh(state)
		f.RequireErrors(diags, "", state.Text("id"), "404", `"main"`, `"other"`, "terraform state rm")
		if !after.Exists() || !after.Raw.Equal(state.Raw) {
			t.Error("the state has changed")
		}
	})
	for i, same := range append(h.Accounts.Same, func(*Fixture) Object { return nil }) {
		t.Run("same "+string(rune('0'+i)), func(t *testing.T) {
			t.Parallel()
			f := h.Start(t)
			config := Object{}
			for name, value := range h.base() {
				config[name] = value
			}
			config["replace_when"] = List{"revoked"}
			state := f.Create(config)
			f.Clock.Advance(time.Hour)
			f.Server = f.NewProvider(same(f))
			state = f.RequireNoDrift(state, config)
			f.Sandbox.Simulate(state.Text("id"), "delete")
			after, diags := f.Refresh(state)
			if after.Exists() || diags.HasError() || len(diags) != 1 {
				t.Errorf("still there %t: %s", after.Exists(), diags)
			}
			f.RequireText(diags, state.Text("id"))
		})
	}
}
