package drivertest

import (
	"net/http"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Token is an access token that the provider fetches by a client's credentials.
type Token struct {
	// UsedFor is how long one is used, by the provider's own clock.
	UsedFor time.Duration
	// Call is the request for one, "POST /auth", and Body returns its JSON, for the sandbox's variables.
	Call string
	Body func(env map[string]string) Object
	// Ready returns settings of a token in place of a client's credentials; nil where no setting takes one.
	Ready func(*Fixture) Object
}

// A token is fetched once, when it is needed, and again before it ends. When it cannot be fetched, that is said and nothing else is
// asked. One that is given is used as it is, and never fetched again.
func testToken(t *testing.T, h Harness) {
	if h.Token == nil {
		if h.Descriptor.Token != nil && h.Descriptor.Token.ClientCredentials {
			t.Error("nothing is said of the token")
		}
		return
	}
	t.Run("life", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		f.requireTokens(0)
		state := f.Create(h.base())
		f.RequireNoDrift(state, h.base())
		f.requireTokens(1)
		for _, wait := range []struct {
			time   time.Duration
			tokens int
		}{{h.Token.UsedFor - time.Second, 0}, {2 * time.Second, 1}, {h.Token.UsedFor - time.Minute, 0}} {
			f.Clock.Advance(wait.time)
			f.RequireNoDrift(state, h.base())
			f.requireTokens(wait.tokens)
		}
	})
	for name, refusal := range map[string]struct {
		fault fault.Fault
		words []string
	}{
		"echo": {fault.Fault{Kind: fault.Echo}, nil}, "html": {fault.Fault{Kind: fault.HTML, Echo: true}, []string{"502"}}, "empty": {fault.Fault{Kind: fault.Empty}, []string{"no body"}},
		"no token inside": {fault.Fault{Status: http.StatusOK, Body: `{"scope":"x"}`}, []string{"no token"}}, "401": {fault.Fault{Kind: fault.ExpireToken}, []string{"401"}},
		"403": {fault.Fault{Status: http.StatusForbidden, Body: `{"message":"Forbidden"}`}, []string{"403", "Forbidden"}},
	} {
		t.Run("refused, "+name, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t)
			refusal.fault.Op = f.d.Operations.Token
			f.Sandbox.Inject(refusal.fault)
			state, _, diags := f.ApplyConfig(protocoltest.State{}, h.base())
			f.RequireErrors(diags, "", append(refusal.words, "Nothing was created")...)
			if state.Exists() {
				t.Error("in state")
			}
			f.RequireCalls()
		})
	}
	if h.Token.Ready == nil {
		return
	}
	t.Run("ready", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		f.Server = f.NewProvider(h.Token.Ready(f))
		state := f.Create(h.base())
		f.RequireNoDrift(state, h.base())
		f.d.Token.Expire(f.API())
		after, diags := f.Refresh(state)
		f.RequireErrors(diags, "", "401")
		if !after.Exists() {
			t.Error("lost")
		}
		f.requireTokens(0)
	})
}

// requireTokens expects so many calls for a token since the last time.
func (f *Fixture) requireTokens(want int) {
	f.Helper()
	if got := f.CallCount(f.d.Operations.Token); got != want {
		f.Errorf("%d calls for a token, want %d", got, want)
	}
	f.ResetCalls()
}
