package conomy_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

var settings = drivertest.Settings{
	Invalid: func(*drivertest.Fixture) map[string]drivertest.Expectation {
		return map[string]drivertest.Expectation{
			"no environment, no endpoint": expect(object{"endpoint": nil}, "environment", "CONOMY_ENVIRONMENT"),
			"unknown environment":         expect(object{"environment": "test"}, "environment", "sandbox", "production"),
			"no key":                      expect(object{"api_key": nil}, "api_key", "CONOMY_API_KEY"),
			"no credentials":              expect(object{"client_id": nil, "client_secret": nil}, "client_id", "CONOMY_CLIENT_ID", "CONOMY_ACCESS_TOKEN"),
			"no secret":                   expect(object{"client_secret": nil}, "client_secret", "CONOMY_CLIENT_SECRET"),
			"no id":                       expect(object{"client_id": nil}, "client_id", "CONOMY_CLIENT_ID"),
			"pair and token":              expect(object{"access_token": "eyJplanted"}, "access_token", "client_id", "CONOMY_ACCESS_TOKEN"),
			"half a pair and token":       expect(object{"access_token": "eyJplanted", "client_secret": nil}, "access_token", "client_id"),
			"a key with a line break":     expect(object{"api_key": "planted-key\n"}, "api_key", "line break"),
			"a token with its word":       expect(object{"client_id": nil, "client_secret": nil, "access_token": "Bearer eyJplanted"}, "access_token", "a space"),
		}
	},
	Hint:    []string{"CONOMY_CLIENT_ID", "CONOMY_ACCESS_TOKEN"},
	Secrets: []string{"planted-key", "eyJplanted"},
}

var token = drivertest.Token{
	UsedFor: 58 * time.Minute, // of its hour
	Call:    "POST /auth",
	Body: func(env map[string]string) object {
		return object{"clientId": env["CONOMY_CLIENT_ID"], "clientSecret": env["CONOMY_CLIENT_SECRET"]}
	},
	Ready: ready,
}

// expiresIn is honoured, whatever it says; without it a token is used until it is refused.
func TestShortToken(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	sandboxOf(f).Set(func(s *switches) { s.TokenLifetime = vendorapi.Duration(time.Minute) })
	state := f.Create(small())
	for range 3 {
		f.Clock.Advance(50 * time.Second)
		state = f.RequireNoDrift(state, small())
	}
	if n := f.CallCount("token"); n != 4 {
		t.Errorf("%d calls for a token, want 4", n)
	}
	for _, answer := range []string{`{"accessToken":%q}`, `{"accessToken":%q,"tokenType":"Bearer","expiresIn":null}`, `{"accessToken":%q,"expiresIn":3600.5}`} {
		f := harness.Start(t)
		token := sandboxOf(f).IssueToken()
		f.AddSecrets(token)
		f.Sandbox.Inject(fault.Fault{Op: "token", Status: http.StatusOK, Body: strings.Replace(answer, "%q", strconv.Quote(token), 1)})
		f.RequireNoDrift(f.Create(small()), small())
	}
}

// The user agent may be another, from the environment too.
func TestUserAgent(t *testing.T) {
	f := harness.Start(t)
	t.Setenv("CONOMY_USER_AGENT", "MyApp/1.0")
	f.Server = f.NewProvider()
	f.Create(small())
	for _, r := range f.Sandbox.Requests() {
		if got := r.Header.Get("User-Agent"); got != "MyApp/1.0" {
			t.Errorf("User-Agent %q", got)
		}
	}
}

// The current one unless another is set; an empty one is not sent, with no call.
func TestAPIVersion(t *testing.T) {
	t.Parallel()
	for version, want := range map[any][]string{nil: {"24-04-2025"}, "24-04-2025": {"24-04-2025"}, "": nil} {
		f := harness.Start(t, object{"api_version": version})
		f.Create(small())
		for _, request := range f.Sandbox.Requests() {
			if got := request.Header.Values("Conomyhq-Api-Version"); !slices.Equal(got, want) {
				t.Errorf("api_version %v: %s carries %q", version, request.Op, got)
			}
		}
	}
}
