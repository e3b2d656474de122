package powens_test

import (
	"testing"
	"time"

	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestForeignNotFound: a 404 under other credentials proves nothing. It is an error, and neither a refresh nor a destroy
// loses the link.
func TestForeignNotFound(t *testing.T) {
	t.Parallel()
	domain := func(t *testing.T) *bench { return newBench(t) }
	bare := func(account string) func(*testing.T) *bench {
		return func(t *testing.T) *bench { return bareBench(t, account) }
	}
	tests := map[string]struct {
		from  func(*testing.T) *bench
		then  func(*bench) object
		words []string
	}{
		"another domain":      {domain, (*bench).elsewhere, []string{`"acme"`, `"demo-sandbox"`}},
		"another account":     {bare("main"), func(b *bench) object { return tfconfig.With(b.bare(), "account", "other") }, []string{`"main"`, `"other"`}},
		"a bare token now":    {domain, func(b *bench) object { return b.bare() }, []string{"`account`"}},
		"a bare token then":   {bare(""), func(*bench) object { return nil }, []string{"`account`"}},
		"a bare token always": {bare(""), func(b *bench) object { return b.bare() }, []string{"`account`"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := test.from(t)
			state := b.Create(small())
			b.Clock.Advance(time.Hour)
			if err := powenssandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
				t.Fatal(err)
			}
			b.Server = b.NewProvider(test.then(b))
			b.ResetCalls()
			after, diags := b.Refresh(state)
			b.RequireCalls("get")
			b.RequireErrors(diags, "", append(test.words, state.Text("id"), "terraform state rm", "removed", "404")...)
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

// elsewhere are the settings of another domain's client application.
func (b *bench) elsewhere() object {
	client := powenssandbox.From(b.Sandbox).AddClient("acme")
	b.AddSecrets(client.Secret)
	return object{"domain": "acme", "client_id": client.ID, "client_secret": client.Secret}
}

// TestSameDomain: other credentials of the same domain know the link; its 404 is believed.
func TestSameDomain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.Clock.Advance(time.Hour)
	client := powenssandbox.From(b.Sandbox).AddClient("demo-sandbox")
	b.AddSecrets(client.Secret)
	for _, settings := range []object{
		{"client_id": client.ID, "client_secret": client.Secret},
		{"client_id": nil, "client_secret": nil, "token": powenssandbox.From(b.Sandbox).IssueToken("demo-sandbox")},
		{"domain": "Demo-Sandbox"},
	} {
		b.Server = b.NewProvider(settings)
		b.RequireNoDrift(state, small())
	}
	if err := powenssandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	after, diags := b.Refresh(state)
	if after.Exists() || diags.HasError() || len(diags) != 1 {
		t.Errorf("still there %t: %s", after.Exists(), diags)
	}
}

// TestOtherAccountSendsNothing: a destroy under proven other credentials is refused before any request.
func TestOtherAccountSendsNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.ResetCalls()
	b.Server = b.NewProvider(b.elsewhere())
	after, diags := b.Destroy(state)
	b.RequireErrors(diags, "", `"acme"`, `"demo-sandbox"`, state.Text("id"))
	if !after.Exists() {
		t.Error("lost")
	}
	if n := len(b.Sandbox.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
	b.RequirePayable(1)
}

// TestLaggingReads: right after a create a 404 is read again, after 1, 2 and 4 s, before it is believed.
func TestLaggingReads(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		delay, age time.Duration
		reads      int
		exists     bool
	}{
		"half a second": {500 * time.Millisecond, 0, 2, true},
		"five seconds":  {5 * time.Second, 0, 4, true},
		"for ever":      {time.Hour, 0, 4, false},
		"no longer new": {time.Hour, 2 * time.Minute, 1, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.ReadDelay = vendorapi.Duration(test.delay) })
			state := b.Create(small())
			b.Clock.Advance(test.age)
			after, diags := b.Refresh(state)
			if diags.HasError() || after.Exists() != test.exists {
				t.Errorf("exists %t, %s", after.Exists(), diags)
			}
			if n := b.CallCount("get"); n != test.reads {
				t.Errorf("%d reads, want %d", n, test.reads)
			}
		})
	}
}

// TestLaggingDestroy: a 404 that soon after the create does not end the care for a link that can be paid.
func TestLaggingDestroy(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.ReadDelay = vendorapi.Duration(5 * time.Second) })
	state := b.Create(small())
	after, diags := b.Destroy(state)
	b.Clock.Advance(time.Minute)
	if after.Exists() || diags.HasError() {
		t.Errorf("still there %t: %s", after.Exists(), diags)
	}
	b.RequirePayable(0)
}
