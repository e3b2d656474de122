package qonto_test

import (
	"testing"
	"time"

	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// TestForeignNotFound: a 404 under other credentials proves nothing. It is an error, and neither a refresh nor a destroy
// loses the link.
func TestForeignNotFound(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		account string // of the create
		then    object // of the refresh, at another sandbox unless they set the endpoint
		same    bool   // the sandbox of the create
		words   []string
	}{
		"another endpoint":      {"main", nil, false, []string{"http://127.0.0.1"}},
		"another account":       {"main", object{"account": "other"}, true, []string{`"main"`, `"other"`}},
		"a bare token now":      {"main", object{"account": nil}, true, []string{"`account`"}},
		"a bare token then":     {"", object{"account": "main"}, true, []string{"`account`"}},
		"a bare token always":   {"", nil, true, []string{"`account`"}},
		"another vendor's host": {"", nil, false, []string{"http://127.0.0.1"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := openBench(t, test.account)
			state := b.Create(basket())
			b.Clock.Advance(time.Hour)
			other := b
			if test.same {
				if err := qontosandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
					t.Fatal(err)
				}
				other = &bench{b.Subtest(t)}
				other.Server = b.NewProvider(test.then)
			} else {
				other = openBench(t, test.account, test.then)
				other.Clock.Advance(time.Hour)
			}
			other.ResetCalls()
			after, diags := other.Refresh(state)
			other.RequireCalls("get")
			other.RequireErrors(diags, "", append(test.words, state.Text("id"), "terraform state rm", "removed", "404")...)
			if !after.Exists() || !after.Raw.Equal(state.Raw) {
				t.Errorf("the state has changed to %s", after.Raw)
			}
			after, diags = other.Destroy(state)
			other.RequireErrors(diags, "", state.Text("id"))
			if !after.Exists() {
				t.Error("the destroy lost the link")
			}
			if n := other.CallCount("create"); n > 0 {
				t.Errorf("%d creates", n)
			}
		})
	}
}

// TestOtherAccountSendsNothing: a destroy under proven other credentials is refused before any request.
func TestOtherAccountSendsNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	b.ResetCalls()
	b.Server = b.NewProvider(object{"account": "other"})
	after, diags := b.Destroy(state)
	b.RequireErrors(diags, "", `"main"`, `"other"`, state.Text("id"))
	if !after.Exists() {
		t.Error("lost")
	}
	b.RequireCalls()
	b.RequirePayable(1)
}

// TestLaggingReads: right after a create a 404 is read again, after 1, 2 and 4 s, before it is believed.
func TestLaggingReads(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		delay, age time.Duration
		slept      []time.Duration
		exists     bool
	}{
		"half a second":   {500 * time.Millisecond, 0, []time.Duration{time.Second}, true},
		"five seconds":    {5 * time.Second, 0, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}, true},
		"for ever":        {time.Hour, 0, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}, false},
		"no longer new":   {time.Hour, 2 * time.Minute, nil, false},
		"nearly a minute": {time.Minute, 59 * time.Second, []time.Duration{time.Second}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.ReadDelay = vendorapi.Duration(test.delay) })
			state := b.Create(basket())
			b.Clock.Advance(test.age)
			b.ResetCalls()
			after, diags := b.Refresh(state)
			if diags.HasError() || after.Exists() != test.exists {
				t.Errorf("exists %t, %s", after.Exists(), diags)
			}
			if got := b.Clock.Sleeps(); len(got) != len(test.slept) {
				t.Errorf("slept %v, want %v", got, test.slept)
			} else {
				for i := range got {
					if got[i] != test.slept[i] {
						t.Errorf("slept %v, want %v", got, test.slept)
					}
				}
			}
			if n := b.CallCount("get"); n != len(test.slept)+1 {
				t.Errorf("%d reads", n)
			}
		})
	}
}

// TestLaggingDestroy: a 404 that soon after the create does not end the care for a link that can be paid.
func TestLaggingDestroy(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.ReadDelay = vendorapi.Duration(5 * time.Second) })
	state := b.Create(basket())
	after, diags := b.Destroy(state)
	b.Clock.Advance(time.Minute)
	if !after.Exists() && qontosandbox.From(b.Sandbox).Payable() > 0 {
		t.Errorf("the link left the state and can still be paid: %s", diags)
	}
	if after.Exists() && !diags.HasError() {
		t.Error("the link stays in state without a word")
	}
}
