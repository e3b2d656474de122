package gigs_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// configure starts a provider with any configuration; what it says is in Configured.
func configure(t *testing.T, config object) *acctest.Server {
	t.Helper()
	return acctest.NewServer(t, provider.NewAt("test", clock.System{})(), config)
}

// TestBadSettings: each is an error on the setting, before any request.
func TestBadSettings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	tests := map[string]struct {
		settings object
		at       string
		words    []string
	}{
		"no credentials":           {object{"api_key": nil}, "gigs.api_key", []string{"`api_key`", "GIGS_API_KEY"}},
		"a key with a line break":  {object{"api_key": "planted-key\n"}, "gigs.api_key", []string{"line break"}},
		"a key with a blank":       {object{"api_key": "Bearer planted-key"}, "gigs.api_key", []string{"blank"}},
		"an empty project":         {object{"project": ""}, "gigs.project", []string{"not empty"}},
		"a slash in the project":   {object{"project": "a/b"}, "gigs.project", []string{"slashes"}},
		"http to a foreign host":   {object{"endpoint": "http://api.gigs.com"}, "gigs.endpoint", []string{"https"}},
		"no address":               {object{"endpoint": "api.gigs.com"}, "gigs.endpoint", nil},
		"an address with a user":   {object{"endpoint": "https://user:planted-key@api.gigs.com"}, "gigs.endpoint", nil},
		"unknown api_key":          {object{"api_key": unknown}, "gigs.api_key", []string{"not known yet"}},
		"unknown project":          {object{"project": unknown}, "gigs.project", []string{"not known yet"}},
		"unknown endpoint":         {object{"endpoint": unknown}, "gigs.endpoint", nil},
		"unknown idempotency_keys": {object{"idempotency_keys": unknown}, "gigs.idempotency_keys", []string{"not known yet"}},
		"unknown account":          {object{"account": unknown}, "gigs.account", nil},
	}
	b.Plant("planted-key")
	b.Forget()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := configure(t, object{"gigs": b.Settings(test.settings)})
			if n := len(s.Configured.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, s.Configured)
			}
			b.In(t).Says(b.Note(s.Configured), test.at, test.words...)
		})
	}
	s := configure(t, object{"gigs": unknown})
	b.Says(b.Note(s.Configured), "gigs")
	b.Asked()
}

// TestNotConfigured: without an object and without a credential, an error comes only once a link is declared.
func TestNotConfigured(t *testing.T) {
	t.Parallel()
	s := configure(t, object{})
	if len(s.Configured) > 0 {
		t.Fatal(s.Configured)
	}
	b := newBench(t)
	b.Server = s
	plan := b.Plan(acctest.State{}, stored())
	b.Says(plan.Diagnostics, "", "Gigs", "`gigs = {}`", "GIGS_API_KEY")
	b.Asked()
}

// TestSettingsFromEnvironment: each setting falls back to its variable; the key's variable alone configures Gigs.
func TestSettingsFromEnvironment(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("GIGS_ACCOUNT", "main")
	for _, config := range []object{{}, {"gigs": object{}}} {
		b.Server = b.Configured(config)
		b.Quiet(b.Create(stored()), stored())
	}
	state := b.Create(stored())
	b.Server = b.Another(object{"account": "other"})
	b.Says(b.destroyedElsewhere(state), "", `"main"`, `"other"`)

	for value, keyed := range map[string]bool{"true": true, "false": false, "": true} {
		t.Setenv("GIGS_IDEMPOTENCY_KEYS", value)
		b.Server = b.Configured(object{})
		b.Forget()
		b.Create(stored())
		if got := b.Sandbox.Requests()[0].Header.Get("Idempotency-Key") != ""; got != keyed {
			t.Errorf("GIGS_IDEMPOTENCY_KEYS=%q: with a key %t", value, got)
		}
	}
	t.Setenv("GIGS_IDEMPOTENCY_KEYS", "no")
	b.Says(b.Note(configure(t, object{"gigs": object{}}).Configured), "gigs.idempotency_keys", "GIGS_IDEMPOTENCY_KEYS", "true or false")
	b.Server = b.Configured(object{"gigs": object{"idempotency_keys": true}}) // what is written wins
	t.Setenv("GIGS_IDEMPOTENCY_KEYS", "")
	t.Setenv("GIGS_PROJECT", "a/b")
	b.Says(b.Note(configure(t, object{"gigs": object{}}).Configured), "gigs.project", "GIGS_PROJECT")
	t.Setenv("GIGS_PROJECT", "")
	t.Setenv("GIGS_API_KEY", "")
	b.Says(b.Note(configure(t, object{"gigs": object{}}).Configured), "gigs.api_key", "GIGS_API_KEY")
}

// destroyedElsewhere refreshes a link that is gone from the vendor; what that says is returned.
func (b *bench) destroyedElsewhere(state acctest.State) acctest.Diagnostics {
	b.Helper()
	if err := gigssandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
		b.Fatal(err)
	}
	b.Clock.Advance(time.Hour)
	_, diags := b.Refresh(state)
	return diags
}

// TestUsedWithoutCredentials: variables that are no credential do not configure Gigs.
func TestUsedWithoutCredentials(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("GIGS_API_KEY", "")
	b.Server = b.Configured(object{})
	b.Says(b.Plan(acctest.State{}, stored()).Diagnostics, "", "gigs = {}")
	b.Asked()
}
