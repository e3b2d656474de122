package gigs_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// configure starts a provider with any configuration; what it says is in ConfigureDiagnostics.
func configure(t *testing.T, config object) *protocoltest.Server {
	t.Helper()
	return acctest.NewServer(t, clock.System{}, config)
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
	b.AddSecrets("planted-key")
	b.ResetCalls()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := configure(t, object{"gigs": b.Settings(test.settings)})
			if n := len(s.ConfigureDiagnostics.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, s.ConfigureDiagnostics)
			}
			b.Subtest(t).RequireErrors(b.Record(s.ConfigureDiagnostics), test.at, test.words...)
		})
	}
	s := configure(t, object{"gigs": unknown})
	b.RequireErrors(b.Record(s.ConfigureDiagnostics), "gigs")
	b.RequireCalls()
}

// TestNotConfigured: without an object and without a credential, an error comes only once a link is declared.
func TestNotConfigured(t *testing.T) {
	t.Parallel()
	s := configure(t, object{})
	if len(s.ConfigureDiagnostics) > 0 {
		t.Fatal(s.ConfigureDiagnostics)
	}
	b := newBench(t)
	b.Server = s
	plan := b.Plan(protocoltest.State{}, stored())
	b.RequireErrors(plan.Diagnostics, "", "Gigs", "`gigs = {}`", "GIGS_API_KEY")
	b.RequireCalls()
}

// TestSettingsFromEnvironment: each setting falls back to its variable; the key's variable alone configures Gigs.
func TestSettingsFromEnvironment(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("GIGS_ACCOUNT", "main")
	for _, config := range []object{{}, {"gigs": object{}}} {
		b.Server = b.NewProviderWith(config)
		b.RequireNoDrift(b.Create(stored()), stored())
	}
	state := b.Create(stored())
	b.Server = b.NewProvider(object{"account": "other"})
	b.RequireErrors(b.destroyedElsewhere(state), "", `"main"`, `"other"`)

	for value, keyed := range map[string]bool{"true": true, "false": false, "": true} {
		t.Setenv("GIGS_IDEMPOTENCY_KEYS", value)
		b.Server = b.NewProviderWith(object{})
		b.ResetCalls()
		b.Create(stored())
		if got := b.Sandbox.Requests()[0].Header.Get("Idempotency-Key") != ""; got != keyed {
			t.Errorf("GIGS_IDEMPOTENCY_KEYS=%q: with a key %t", value, got)
		}
	}
	t.Setenv("GIGS_IDEMPOTENCY_KEYS", "no")
	b.RequireErrors(b.Record(configure(t, object{"gigs": object{}}).ConfigureDiagnostics), "gigs.idempotency_keys", "GIGS_IDEMPOTENCY_KEYS", "true or false")
	b.Server = b.NewProviderWith(object{"gigs": object{"idempotency_keys": true}}) // what is written wins
	t.Setenv("GIGS_IDEMPOTENCY_KEYS", "")
	t.Setenv("GIGS_PROJECT", "a/b")
	b.RequireErrors(b.Record(configure(t, object{"gigs": object{}}).ConfigureDiagnostics), "gigs.project", "GIGS_PROJECT")
	t.Setenv("GIGS_PROJECT", "")
	t.Setenv("GIGS_API_KEY", "")
	b.RequireErrors(b.Record(configure(t, object{"gigs": object{}}).ConfigureDiagnostics), "gigs.api_key", "GIGS_API_KEY")
}

// destroyedElsewhere refreshes a link that is gone from the vendor; what that says is returned.
func (b *bench) destroyedElsewhere(state protocoltest.State) protocoltest.Diagnostics {
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
	b.Server = b.NewProviderWith(object{})
	b.RequireErrors(b.Plan(protocoltest.State{}, stored()).Diagnostics, "", "gigs = {}")
	b.RequireCalls()
}
