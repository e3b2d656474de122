package conomy_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
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
	b.AddSecrets("planted-key", "eyJplanted")
	tests := map[string]struct {
		settings object
		at       string
		words    []string
	}{
		"no environment, no endpoint": {object{"endpoint": nil}, "conomy.environment", []string{"CONOMY_ENVIRONMENT"}},
		"unknown environment":         {object{"environment": "test"}, "conomy.environment", []string{"sandbox", "production"}},
		"no key":                      {object{"api_key": nil}, "conomy.api_key", []string{"CONOMY_API_KEY"}},
		"no credentials":              {object{"client_id": nil, "client_secret": nil}, "conomy.client_id", []string{"CONOMY_CLIENT_ID", "CONOMY_ACCESS_TOKEN"}},
		"no secret":                   {object{"client_secret": nil}, "conomy.client_secret", []string{"CONOMY_CLIENT_SECRET"}},
		"no id":                       {object{"client_id": nil}, "conomy.client_id", []string{"CONOMY_CLIENT_ID"}},
		"pair and token":              {object{"access_token": "eyJplanted"}, "conomy.access_token", []string{"client_id", "CONOMY_ACCESS_TOKEN"}},
		"half a pair and token":       {object{"access_token": "eyJplanted", "client_secret": nil}, "conomy.access_token", []string{"client_id"}},
		"a key with a line break":     {object{"api_key": "planted-key\n"}, "conomy.api_key", []string{"line break"}},
		"a token with its word":       {object{"client_id": nil, "client_secret": nil, "access_token": "Bearer eyJplanted"}, "conomy.access_token", []string{"blank"}},
		"http to a foreign host":      {object{"endpoint": "http://api.conomyhq.com"}, "conomy.endpoint", []string{"https"}},
		"an address with a user":      {object{"endpoint": "https://user:planted-key@api.conomyhq.com"}, "conomy.endpoint", nil},
		"unknown key":                 {object{"api_key": unknown}, "conomy.api_key", []string{"not known yet"}},
		"unknown account":             {object{"account": unknown}, "conomy.account", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := configure(t, object{"conomy": b.Settings(test.settings)})
			if n := len(s.ConfigureDiagnostics.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, s.ConfigureDiagnostics)
			}
			b.Subtest(t).RequireErrors(b.Record(s.ConfigureDiagnostics), test.at, test.words...)
		})
	}
	if n := len(b.Sandbox.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
}

// TestNotConfigured: without an object and without a credential, an error comes only once a link is declared.
func TestNotConfigured(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Server = b.NewProviderWith(object{})
	b.RequireErrors(b.Plan(protocoltest.State{}, small()).Diagnostics, "", "Conomy", "conomy = {", "CONOMY_CLIENT_ID", "CONOMY_ACCESS_TOKEN")
}

// TestSettingsFromEnvironment: each setting falls back to its variable; credentials' variables alone configure Conomy.
func TestSettingsFromEnvironment(t *testing.T) {
	b := newBench(t)
	for name, value := range b.Sandbox.Env() {
		t.Setenv(name, value)
	}
	t.Setenv("CONOMY_ACCOUNT", "main")
	t.Setenv("CONOMY_USER_AGENT", "MyApp/1.0")
	t.Setenv("CONOMY_API_VERSION", "24-04-2025")
	for i, config := range []object{{}, {"conomy": object{}}} {
		b.Server = b.NewProviderWith(config)
		token := object{"checkout_token": []string{"first", "second"}[i]}
		b.RequireNoDrift(b.Create(small(token)), small(token))
	}
	for _, r := range b.Sandbox.Requests() {
		if got := r.Header.Get("User-Agent"); got != "MyApp/1.0" {
			t.Errorf("User-Agent %q", got)
		}
	}
}

// TestEndpointWins: the endpoint stands before the environment.
func TestEndpointWins(t *testing.T) {
	t.Parallel()
	for _, environment := range []string{"sandbox", "production"} {
		b := newBench(t, object{"environment": environment})
		b.RequireNoDrift(b.Create(small()), small())
	}
}

// TestToken: fetched once, by the documented call with the headers of every other, and renewed before it ends or once it is
// refused.
func TestToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.RequireNoDrift(state, small())
	calls := b.Sandbox.Requests(sandbox.ByOp("conomy", "token"))
	if len(calls) != 1 {
		t.Fatalf("%d calls for a token", len(calls))
	}
	r, env := calls[0], b.Sandbox.Env()
	checkHeaders(t, b, r)
	if r.Method != http.MethodPost || r.Path != "/auth" || r.Header.Get("Authorization") != "" || r.Header.Get("Content-Type") != "application/json" ||
		string(r.Body) != `{"clientId":"`+env["CONOMY_CLIENT_ID"]+`","clientSecret":"`+env["CONOMY_CLIENT_SECRET"]+`"}` {
		t.Errorf("%s %s %v", r.Method, r.Path, r.Header)
	}
	fetched := func(want int, when string) {
		t.Helper()
		b.ResetCalls()
		b.RequireNoDrift(state, small())
		if got := b.CallCount("token"); got != want {
			t.Errorf("%s: %d calls for a token, want %d", when, got, want)
		}
		b.RequireCalls("get")
	}
	b.Clock.Advance(57 * time.Minute)
	fetched(0, "57 minutes later")
	b.Clock.Advance(2 * time.Minute)
	fetched(1, "a minute before its end")
	b.Clock.Advance(57 * time.Minute)
	fetched(0, "57 minutes after the renewal")

	conomysandbox.From(b.Sandbox).ExpireTokens()
	b.ResetCalls()
	b.RequireNoDrift(state, small())
	b.RequireCalls("get", "get")
	if n := b.CallCount("token"); n > 1 {
		t.Errorf("%d calls for a token", n)
	}
}

// TestShortToken: expiresIn is honoured, whatever it says; without it a token is used until it is refused.
func TestShortToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	conomysandbox.From(b.Sandbox).Set(func(s *switches) { s.TokenLifetime = vendorapi.Duration(time.Minute) })
	state := b.Create(small())
	for range 3 {
		b.Clock.Advance(50 * time.Second)
		state = b.RequireNoDrift(state, small())
	}
	if n := b.CallCount("token"); n != 4 {
		t.Errorf("%d calls for a token, want 4", n)
	}
	for _, answer := range []string{`{"accessToken":%q}`, `{"accessToken":%q,"tokenType":"Bearer","expiresIn":null}`, `{"accessToken":%q,"expiresIn":3600.5}`} {
		b := newBench(t)
		token := conomysandbox.From(b.Sandbox).IssueToken()
		b.AddSecrets(token)
		b.Sandbox.Inject(fault.Fault{Op: "token", Status: http.StatusOK, Body: strings.Replace(answer, "%q", strconv.Quote(token), 1)})
		b.RequireNoDrift(b.Create(small()), small())
	}
}

// TestTokenRefused: what the vendor says is shown, no other call is made, and no secret is shown.
func TestTokenRefused(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"401": {Kind: fault.ExpireToken}, "echo": {Kind: fault.Echo}, "html": {Kind: fault.HTML, Echo: true}, "empty": {Kind: fault.Empty},
		"no token": {Status: http.StatusOK, Body: `{"tokenType":"Bearer"}`}, "gateway": {Status: 403, Body: `{"message":"Forbidden"}`},
	} {
		b := newBench(t)
		fault.Op = "token"
		b.Sandbox.Inject(fault)
		_, _, diags := b.ApplyConfig(protocoltest.State{}, small())
		b.RequireErrors(diags, "", "access token", "Nothing was created")
		if name == "gateway" {
			b.RequireText(diags, "403", "Forbidden", "/auth")
		}
		b.RequireCalls()
	}
}

// TestBareToken: a ready token is used as it is, and not renewed.
func TestBareToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Server = b.NewProvider(b.bare())
	state := b.Create(small())
	b.RequireNoDrift(state, small())
	conomysandbox.From(b.Sandbox).ExpireTokens()
	_, diags := b.Refresh(state)
	b.RequireErrors(diags, "", "401", "unauthorized")
	if n := b.CallCount("token"); n > 0 {
		t.Errorf("%d calls for a token", n)
	}
}

// TestAPIVersion: the current one unless another is set; an empty one is not sent, with no call.
func TestAPIVersion(t *testing.T) {
	t.Parallel()
	for version, want := range map[any][]string{nil: {"24-04-2025"}, "24-04-2025": {"24-04-2025"}, "": nil} {
		b := newBench(t, object{"api_version": version})
		b.Create(small())
		for _, request := range b.Sandbox.Requests() {
			if got := request.Header.Values("Conomyhq-Api-Version"); !slices.Equal(got, want) {
				t.Errorf("api_version %v: %s carries %q", version, request.Op, got)
			}
		}
	}
}
