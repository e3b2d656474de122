package powens_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
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
		"no credentials":               {object{"client_id": nil, "client_secret": nil}, "powens.client_secret", []string{"POWENS_CLIENT_SECRET", "token", "POWENS_TOKEN"}},
		"no domain":                    {object{"domain": nil}, "powens.domain", []string{"POWENS_DOMAIN", "together"}},
		"no client":                    {object{"client_id": nil}, "powens.client_id", []string{"POWENS_CLIENT_ID"}},
		"no secret":                    {object{"client_secret": nil}, "powens.client_secret", []string{"POWENS_CLIENT_SECRET"}},
		"two credentials":              {object{"token": "planted-token"}, "powens.token", []string{"client_secret"}},
		"a token and a client":         {object{"token": "planted-token", "client_secret": nil}, "powens.token", []string{"client_id"}},
		"a token with a line break":    {object{"client_id": nil, "client_secret": nil, "token": "planted-token\n"}, "powens.token", []string{"line break"}},
		"a token with its scheme":      {object{"client_id": nil, "client_secret": nil, "token": "Bearer planted-token"}, "powens.token", []string{"blank"}},
		"a whole host for a domain":    {object{"domain": "acme.biapi.pro"}, "powens.domain", []string{"name of the domain alone"}},
		"an address for a domain":      {object{"domain": "https://acme"}, "powens.domain", []string{"name of the domain alone"}},
		"a path in a domain":           {object{"domain": "acme/x"}, "powens.domain", []string{"name of the domain alone"}},
		"an empty domain":              {object{"domain": ""}, "powens.domain", []string{"name of the domain alone"}},
		"http to a foreign host":       {object{"endpoint": "http://payment-links.powens.com"}, "powens.endpoint", []string{"https"}},
		"no address":                   {object{"endpoint": "payment-links.powens.com"}, "powens.endpoint", nil},
		"an address with a user":       {object{"endpoint": "https://user:planted-token@payment-links.powens.com"}, "powens.endpoint", nil},
		"token http to a foreign host": {object{"token_endpoint": "http://acme.biapi.pro"}, "powens.token_endpoint", []string{"https"}},
		"unknown domain":               {object{"domain": unknown}, "powens.domain", []string{"`domain`"}},
		"unknown secret":               {object{"client_secret": unknown}, "powens.client_secret", []string{"`client_secret`"}},
		"unknown endpoint":             {object{"endpoint": unknown}, "powens.endpoint", nil},
	}
	b.AddSecrets("planted-token")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := configure(t, object{"powens": b.Settings(test.settings)})
			if n := len(s.ConfigureDiagnostics.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, s.ConfigureDiagnostics)
			}
			b.Subtest(t).RequireErrors(b.Record(s.ConfigureDiagnostics), test.at, test.words...)
		})
	}
	b.RequireErrors(b.Record(configure(t, object{"powens": unknown}).ConfigureDiagnostics), "powens")
	if n := len(b.Sandbox.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
}

// TestGoodSettings that no sandbox stands for: nothing is asked before a link is.
func TestGoodSettings(t *testing.T) {
	t.Parallel()
	for _, settings := range []object{
		{"domain": "acme", "client_id": "12345678", "client_secret": "planted"}, {"domain": "ACME-sandbox", "token": "planted"}, {"token": "planted"},
		{"token": "planted", "endpoint": "https://links.example.com/prefix/"},
	} {
		if s := configure(t, object{"powens": settings}); len(s.ConfigureDiagnostics) > 0 {
			t.Errorf("%v: %s", settings, s.ConfigureDiagnostics)
		}
	}
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
	b.RequireErrors(b.Plan(protocoltest.State{}, small()).Diagnostics, "", "Powens", "powens = {", "POWENS_DOMAIN", "POWENS_CLIENT_ID", "POWENS_CLIENT_SECRET", "POWENS_TOKEN")
}

// TestSettingsFromEnvironment: each setting falls back to its variable; a credential's variable alone configures Powens.
func TestSettingsFromEnvironment(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("POWENS_ACCOUNT", "main")
	for _, config := range []object{{}, {"powens": object{}}} {
		b.Server = b.NewProviderWith(config)
		b.RequireNoDrift(b.Create(small()), small())
	}
	t.Setenv("POWENS_TOKEN", "planted-token")
	b.RequireErrors(b.Record(configure(t, object{"powens": object{}}).ConfigureDiagnostics), "powens.token", "POWENS_TOKEN", "POWENS_CLIENT_SECRET")
	t.Setenv("POWENS_CLIENT_SECRET", "")
	t.Setenv("POWENS_CLIENT_ID", "")
	t.Setenv("POWENS_TOKEN", "planted token")
	b.RequireErrors(b.Record(configure(t, object{"powens": object{}}).ConfigureDiagnostics), "powens.token", "POWENS_TOKEN", "blank")
	ready := powenssandbox.From(b.Sandbox).IssueToken("demo-sandbox")
	b.AddSecrets(ready)
	t.Setenv("POWENS_TOKEN", ready)
	b.Server = b.NewProviderWith(object{})
	b.RequireNoDrift(b.Create(small()), small())

	t.Setenv("POWENS_TOKEN", "") // what is left is no credential
	b.Server = b.NewProviderWith(object{})
	b.RequireErrors(b.Plan(protocoltest.State{}, small()).Diagnostics, "", "powens = {")
}

// TestEndpoints: both may have a path of their own; the sandbox's do, and a slash at the end is no part of it.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	env := b.Sandbox.Env()
	if !strings.HasSuffix(env["POWENS_ENDPOINT"], "/powens") {
		t.Fatal(env["POWENS_ENDPOINT"])
	}
	b.Server = b.NewProvider(object{"endpoint": env["POWENS_ENDPOINT"] + "/", "token_endpoint": env["POWENS_TOKEN_ENDPOINT"] + "/"})
	b.RequireNoDrift(b.Create(small()), small())
}
