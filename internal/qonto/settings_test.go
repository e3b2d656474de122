package qonto_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
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
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("good", `{"client_id":"c","client_secret":"s","access_token":"a","refresh_token":"r","expires_at":"2026-01-01T00:00:00Z"}`)
	fromFile := func(path string) object {
		return object{"access_token": nil, "token_file": path, "token_endpoint": b.Sandbox.Env()["QONTO_TOKEN_ENDPOINT"]}
	}
	tests := map[string]struct {
		settings object
		at       string
		words    []string
	}{
		"no environment, no endpoint":  {object{"endpoint": nil}, "qonto.environment", []string{"environment", "QONTO_ENVIRONMENT"}},
		"unknown environment":          {object{"environment": "staging"}, "qonto.environment", []string{"sandbox", "production"}},
		"sandbox, no staging token":    {object{"environment": "sandbox", "staging_token": nil}, "qonto.staging_token", []string{"QONTO_STAGING_TOKEN"}},
		"no credentials":               {object{"access_token": nil}, "qonto.access_token", []string{"QONTO_ACCESS_TOKEN", "token_file", "QONTO_TOKEN_FILE"}},
		"two credentials":              {object{"token_file": good}, "qonto.access_token", []string{"token_file"}},
		"an API key":                   {object{"access_token": "acme-corp-1234:planted-key"}, "qonto.access_token", []string{"API key", "OAuth"}},
		"a token with a line break":    {object{"access_token": "ory_at_planted\n"}, "qonto.access_token", []string{"line break"}},
		"a token with a blank":         {object{"access_token": "Bearer ory_at_planted"}, "qonto.access_token", []string{"blank"}},
		"http to a foreign host":       {object{"endpoint": "http://thirdparty.qonto.com"}, "qonto.endpoint", []string{"https"}},
		"no address":                   {object{"endpoint": "thirdparty.qonto.com"}, "qonto.endpoint", nil},
		"an address with a user":       {object{"endpoint": "https://user:planted-key@thirdparty.qonto.com"}, "qonto.endpoint", nil},
		"token http to a foreign host": {object{"token_endpoint": "http://oauth.qonto.com"}, "qonto.token_endpoint", []string{"https"}},
		"unknown unit":                 {object{"vat_rate_unit": "percentage"}, "qonto.vat_rate_unit", []string{"percent", "fraction"}},
		"no such token file":           {fromFile(filepath.Join(dir, "absent")), "qonto.token_file", []string{"absent"}},
		"a token file for a shell":     {fromFile("~/tokens.json"), "qonto.token_file", []string{`pathexpand("~/tokens.json")`}},
		"a directory as token file":    {fromFile(dir), "qonto.token_file", nil},
		"a token file of no JSON":      {fromFile(file("text", "ory_rt_planted")), "qonto.token_file", []string{"JSON", "refresh_token"}},
		"a token file of an array":     {fromFile(file("array", `["ory_rt_planted"]`)), "qonto.token_file", []string{"JSON"}},
		"a token file of other types":  {fromFile(file("types", `{"client_id":"c","client_secret":"ory_rt_planted","refresh_token":"r","expires_at":3600}`)), "qonto.token_file", []string{"expires_at"}},
		"no client_id":                 {fromFile(file("id", `{"client_secret":"ory_rt_planted","refresh_token":"r"}`)), "qonto.token_file", []string{"client_id"}},
		"no client_secret":             {fromFile(file("secret", `{"client_id":"c","refresh_token":"ory_rt_planted"}`)), "qonto.token_file", []string{"client_secret"}},
		"no refresh_token":             {fromFile(file("refresh", `{"client_id":"c","client_secret":"ory_rt_planted"}`)), "qonto.token_file", []string{"refresh_token"}},
		"a token file, endpoint alone": {object{"access_token": nil, "token_file": good}, "qonto.token_endpoint", []string{"QONTO_TOKEN_ENDPOINT"}},
		"unknown access_token":         {object{"access_token": unknown}, "qonto.access_token", []string{"not known yet", "-target"}[:1]},
		"unknown endpoint":             {object{"endpoint": unknown}, "qonto.endpoint", nil},
		"unknown account":              {object{"account": unknown}, "qonto.account", nil},
	}
	b.AddSecrets("planted-key", "ory_rt_planted", "ory_at_planted")
	b.ResetCalls()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := configure(t, object{"qonto": b.Settings(test.settings)})
			if n := len(s.ConfigureDiagnostics.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, s.ConfigureDiagnostics)
			}
			b.Subtest(t).RequireErrors(b.Record(s.ConfigureDiagnostics), test.at, test.words...)
		})
	}
	s := configure(t, object{"qonto": unknown})
	b.RequireErrors(b.Record(s.ConfigureDiagnostics), "qonto")
	for _, name := range []string{"request_timeout", "retry_budget"} {
		for _, value := range []any{"soon", "-1s", "0s", unknown} {
			s := configure(t, object{"qonto": b.Settings(), name: value})
			b.RequireErrors(b.Record(s.ConfigureDiagnostics), name)
		}
	}
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
	plan := b.Plan(protocoltest.State{}, basket())
	b.RequireErrors(plan.Diagnostics, "", "Qonto", "qonto = {", "QONTO_ACCESS_TOKEN", "QONTO_TOKEN_FILE")
	b.RequireCalls()
}

// TestSettingsFromEnvironment: each setting falls back to its variable; a credential's variable alone configures Qonto.
func TestSettingsFromEnvironment(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("QONTO_VAT_RATE_UNIT", "percent")
	t.Setenv("QONTO_ACCOUNT", "main")
	for _, config := range []object{{}, {"qonto": object{}}} {
		b.Server = b.NewProviderWith(config)
		b.RequireNoDrift(b.Create(basket()), basket())
	}
	state := b.Create(basket())
	b.Server = b.NewProvider() // the same account, written out
	if err := qontosandbox.From(b.Sandbox).Delete(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	if gone, diags := b.Refresh(state); diags.HasError() || gone.Exists() {
		t.Errorf("QONTO_ACCOUNT is not remembered: %s", diags)
	}

	t.Setenv("QONTO_ACCESS_TOKEN", "login:planted-key")
	b.AddSecrets("planted-key")
	b.RequireErrors(b.Record(configure(t, object{"qonto": object{}}).ConfigureDiagnostics), "qonto.access_token", "QONTO_ACCESS_TOKEN", "API key")
	t.Setenv("QONTO_ACCESS_TOKEN", "ory_at_x")
	t.Setenv("QONTO_ENVIRONMENT", "staging")
	b.RequireErrors(b.Record(configure(t, object{"qonto": object{}}).ConfigureDiagnostics), "qonto.environment", "QONTO_ENVIRONMENT")
	t.Setenv("QONTO_ENVIRONMENT", "")
	t.Setenv("QONTO_TOKEN_FILE", filepath.Join(t.TempDir(), "absent"))
	b.RequireErrors(b.Record(configure(t, object{"qonto": object{}}).ConfigureDiagnostics), "qonto.access_token", "QONTO_TOKEN_FILE")
	t.Setenv("QONTO_ACCESS_TOKEN", "")
	b.RequireErrors(b.Record(configure(t, object{"qonto": object{}}).ConfigureDiagnostics), "qonto.token_file", "absent")
}

// TestUsedWithoutCredentials: variables that are no credential do not configure Qonto.
func TestUsedWithoutCredentials(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("QONTO_ACCESS_TOKEN", "")
	b.Server = b.NewProviderWith(object{})
	b.RequireErrors(b.Plan(protocoltest.State{}, basket()).Diagnostics, "", "qonto = {")
	b.RequireCalls()
}

// TestEndpointWins: the endpoint stands before the environment.
func TestEndpointWins(t *testing.T) {
	t.Parallel()
	for _, environment := range []string{"sandbox", "production"} {
		b := newBench(t, object{"environment": environment})
		b.RequireNoDrift(b.Create(basket()), basket())
		b.RequireCalls("create", "get")
	}
}

// TestReadableTokenFile: a token file that others can read is a warning.
func TestReadableTokenFile(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	path := b.tokenFile()
	for mode, warned := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true, 0o644: true} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		s := configure(t, object{"qonto": b.Settings(b.fromFile(path))})
		diags := b.Record(s.ConfigureDiagnostics)
		if diags.HasError() || (len(diags.ForAttribute("qonto.token_file")) == 1) != warned {
			t.Errorf("mode %#o: %s", mode, diags)
		}
		if warned {
			b.RequireText(diags, "chmod 600")
		}
	}
	b.RequireCalls()
}

// fromFile are the settings of a provider whose token is in a file.
func (b *bench) fromFile(path string) object {
	return object{"access_token": nil, "token_file": path, "token_endpoint": b.Sandbox.Env()["QONTO_TOKEN_ENDPOINT"]}
}

// tokenFile writes a file with new tokens of the sandbox.
func (b *bench) tokenFile() string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "tokens.json")
	b.writeTokens(path)
	return path
}

func (b *bench) writeTokens(path string) {
	b.Helper()
	tokens := qontosandbox.From(b.Sandbox).IssueTokens()
	b.AddSecrets(tokens.ClientSecret, tokens.AccessToken, tokens.RefreshToken)
	data, err := json.Marshal(map[string]any{
		"client_id": tokens.ClientID, "client_secret": tokens.ClientSecret, "access_token": tokens.AccessToken,
		"refresh_token": tokens.RefreshToken, "expires_at": tokens.ExpiresAt,
	})
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
}
