package conformance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// newLinkGrace is longer than a 404 can be a lag after a create.
const newLinkGrace = 2 * time.Minute

// otherAccount is the vendor's object with the credentials of another account at the same address, under an `account` name
// ("" for none).
func (f *fixture) otherAccount(name string) object {
	f.Helper()
	env, err := f.Sandbox.AddAccount(f.d.Name)
	if err != nil {
		f.Fatal(err)
	}
	settings := object{}
	for variable, value := range env {
		settings[strings.ToLower(strings.TrimPrefix(variable, f.d.EnvPrefix()))] = value
	}
	for _, unused := range f.d.Credentials.Unused {
		delete(settings, unused)
	}
	if name != "" {
		settings["account"] = name
	}
	return settings
}

// accountNames are the `account` of the link's provider and of the other account's. Where the credentials do not prove whose
// account it is, the same name says that it is the same.
func (f *fixture) accountNames() [][2]string {
	names := [][2]string{{"", ""}, {"main", ""}, {"", "main"}, {"main", "other"}}
	if f.d.Credentials.ProveAccount {
		names = append(names, [2]string{"main", "main"})
	}
	return names
}

// A 404 that credentials of another account get proves nothing, at one and the same address: refresh, destroy and actions
// end in errors, the state is kept, and the link lives on.
func TestNotFoundUnderAnotherAccountIsNotBelieved(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		for _, names := range f.accountNames() {
			f.Run(names[0]+" and "+names[1], func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				f.Sandbox.Account = names[0]
				f.StartProvider(nil)
				config := f.d.With(object{"replace_when": list{"revoked"}})
				state, _ := f.apply(protocoltest.State{}, config)
				before, own := f.link(state.Text("id")), f.Server
				f.Clock.Advance(newLinkGrace)
				f.Server = f.NewProviderWith(object{f.d.Name: f.otherAccount(names[1])})

				kept, diags := f.Refresh(state)
				if !diags.HasError() || !kept.Raw.Equal(state.Raw) {
					f.Errorf("a refresh believes it: in state %t, %s", kept.Exists(), diags)
				}
				kept, diags = f.Apply(f.Plan(state, nil))
				switch {
				case f.d.Operations.Revoke == "": // a destroy only lets go
					f.RequireText(diags.Warnings(), "can still be paid", state.Text("id"))
				case !diags.HasError() || !kept.Exists():
					f.Errorf("a destroy believes it: in state %t, %s", kept.Exists(), diags)
				}
				for verb := range f.d.Actions {
					if _, diags := f.InvokeAction(f.d.ActionType(verb), object{"id": state.Text("id")}); !diags.HasError() {
						f.Errorf("%s believes it", verb)
					}
				}
				if after := f.link(state.Text("id")); after.Status != before.Status {
					f.Errorf("the link was %s, and is %s", before.Status, after.Status)
				}
				f.Server = own
				f.requireSettled(state, config)
			})
		}
	})
}

// A provider with another address is another account, even where everything else is the same: nothing is sent to it for a
// destroy.
func TestOtherAddressIsAnotherAccount(t *testing.T) {
	forEachVendor(t, func(f *fixture) {
		state, _ := f.apply(protocoltest.State{}, f.d.Config)
		other := f.again(f.T)
		kept, diags := other.Refresh(state)
		if !diags.HasError() || !kept.Raw.Equal(state.Raw) {
			f.Errorf("the state moved, or nothing was said: %s", diags)
		}
		if f.d.Operations.Revoke == "" {
			return
		}
		other.ResetCalls()
		if _, diags = other.Apply(other.Plan(state, nil)); !diags.HasError() {
			f.Error("destroyed under another account")
		}
		other.requireNoRequests()
		f.requireSettled(state, f.d.Config)
	})
}
