package conomy_test

import (
	"testing"
	"time"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestForeignNotFound: a 404 under other credentials proves nothing. It is an error, and neither a refresh nor a destroy
// loses the link.
func TestForeignNotFound(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		then, now func(b *bench) object
		words     []string
	}{
		"another account":     {nil, func(*bench) object { return object{"account": "other"} }, []string{`"main"`, `"other"`}},
		"a bare token now":    {unnamed, func(b *bench) object { return tfconfig.With(b.bare(), "account", nil) }, []string{"`account`"}},
		"a bare token then":   {func(b *bench) object { return tfconfig.With(b.bare(), "account", nil) }, unnamed, []string{"`account`"}},
		"a bare token always": {func(b *bench) object { return tfconfig.With(b.bare(), "account", nil) }, func(b *bench) object { return tfconfig.With(b.bare(), "account", nil) }, []string{"`account`"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if test.then != nil {
				b.Server = b.NewProvider(test.then(b))
			}
			state := b.Create(small())
			if err := conomysandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
				t.Fatal(err)
			}
			b.Clock.Advance(2 * time.Minute)
			b.Server = b.NewProvider(test.now(b))
			b.ResetCalls()
			after, diags := b.Refresh(state)
			b.RequireCalls("get")
			b.RequireErrors(diags, "", append(test.words, state.Text("id"), "terraform state rm", "404")...)
			if !after.Exists() || !after.Raw.Equal(state.Raw) {
				t.Errorf("the state has changed to %s", after.Raw)
			}
			after, diags = b.Destroy(state)
			b.RequireErrors(diags, "", state.Text("id"))
			if !after.Exists() {
				t.Error("the destroy lost the link")
			}
		})
	}
}

// unnamed is a client without an `account`.
func unnamed(*bench) object { return object{"account": nil} }

// TestOwnNotFound: the client id says whose the link is, also without an `account`; so the 404 is believed.
func TestOwnNotFound(t *testing.T) {
	t.Parallel()
	b := openBench(t, "")
	state := b.Create(small())
	if err := conomysandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	b.Clock.Advance(2 * time.Minute)
	b.Server = b.NewProvider()
	after, diags := b.Refresh(state)
	if diags.HasError() || after.Exists() {
		t.Errorf("%s", diags)
	}
	b.RequireText(diags.Warnings(), "no longer exists", state.Text("id"))
}

// TestOtherAccountSendsNothing: a destroy at another address or under another client is refused before any request.
func TestOtherAccountSendsNothing(t *testing.T) {
	t.Parallel()
	b, other := newBench(t), newBench(t)
	state := b.Create(small())
	b.ResetCalls()
	for _, change := range []object{{"account": "other"}, {"client_id": "somebody"}, {"endpoint": other.Sandbox.Env()["CONOMY_ENDPOINT"]}} {
		b.Server = b.NewProvider(change)
		after, diags := b.Destroy(state)
		b.RequireErrors(diags, "", state.Text("id"), "No request was sent")
		if !after.Exists() {
			t.Error("lost")
		}
	}
	b.RequireCalls()
	other.RequireCalls()
	b.holds(1)
}

// TestLaggingReads: right after a create a 404 is read again, after 1, 2 and 4 s, before it is believed.
func TestLaggingReads(t *testing.T) {
	t.Parallel()
	for delay, exists := range map[time.Duration]bool{5 * time.Second: true, time.Hour: false} {
		b := newBench(t)
		conomysandbox.From(b.Sandbox).Set(func(s *switches) { s.ReadDelay = vendorapi.Duration(delay) })
		state := b.Create(small())
		b.ResetCalls()
		after, diags := b.Refresh(state)
		if diags.HasError() || after.Exists() != exists {
			t.Errorf("%s: exists %t, %s", delay, after.Exists(), diags)
		}
		b.RequireCalls("get", "get", "get", "get")
	}
}
