package powens_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// tokens: so many service tokens were asked for since the last time.
func (b *bench) tokens(want int) {
	b.Helper()
	if got := b.CallCount("token"); got != want {
		b.Errorf("%d tokens, want %d", got, want)
	}
	b.ResetCalls()
}

// TestTokenLife: one token serves all calls for 25 minutes of its 30, by our own clock (row 9).
func TestTokenLife(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.tokens(0) // nothing is asked before it is needed
	state := b.Create(small())
	b.RequireNoDrift(state, small())
	b.tokens(1)
	b.Clock.Advance(24*time.Minute + 59*time.Second)
	b.RequireNoDrift(state, small())
	b.tokens(0)
	b.Clock.Advance(2 * time.Second)
	b.RequireNoDrift(state, small())
	b.tokens(1)
	b.Clock.Advance(24 * time.Minute)
	b.RequireNoDrift(state, small())
	b.tokens(0)
}

// TestTokenRejected: a token that ends too early is renewed once, for every call, the create included.
func TestTokenRejected(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	powenssandbox.From(b.Sandbox).ExpireTokens()
	b.ResetCalls()
	second := b.Create(small())
	b.RequireCalls("create", "create")
	powenssandbox.From(b.Sandbox).ExpireTokens()
	b.RequireNoDrift(state, small())
	b.RequireCalls("get", "get")
	powenssandbox.From(b.Sandbox).ExpireTokens()
	if _, diags := b.Destroy(second); len(diags) > 0 {
		t.Fatal(diags)
	}
	b.tokens(1)
	b.RequirePayable(1)

	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.ExpireToken}) // whatever the token
	_, _, diags := b.ApplyConfig(protocoltest.State{}, small())
	b.RequireErrors(diags, "", "401", "Nothing was created")
	b.RequireCalls("create", "create")
}

// TestTokenForAll: ten calls at once, one token.
func TestTokenForAll(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	powenssandbox.From(b.Sandbox).ExpireTokens()
	b.ResetCalls()
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			after, diags := b.Server.Refresh(state)
			if b.Record(diags); len(diags) > 0 || !after.Exists() {
				b.Errorf("refresh: %s", diags)
			}
		})
	}
	wg.Wait()
	b.tokens(1)
}

// TestTokenRefused: what the token endpoint says is shown, nothing is created, and nobody learns the secret.
func TestTokenRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		settings object
		fault    *fault.Fault
		words    []string
	}{
		"a wrong secret": {object{"client_secret": "planted-secret"}, nil, []string{"401", "unauthorized", "its secret is wrong"}},
		"a wrong client": {object{"client_id": "nobody"}, nil, []string{"401", "the client is unknown"}},
		"an echo":        {nil, &fault.Fault{Op: "token", Kind: fault.Echo}, []string{"400", "invalidValue"}},
		"a page":         {nil, &fault.Fault{Op: "token", Kind: fault.HTML, Echo: true}, []string{"502"}},
		"no token":       {nil, &fault.Fault{Op: "token", Status: http.StatusOK, Body: `{"scope":"payment-links:admin"}`}, []string{"no token"}},
		"nothing":        {nil, &fault.Fault{Op: "token", Kind: fault.Empty}, []string{"no body"}},
		"not Pay":        {nil, &fault.Fault{Op: "token", Status: http.StatusForbidden, Body: `{"code":"unauthorizedScope","description":"Pay is not enabled","request_id":42}`}, []string{"403", "unauthorizedScope", "Pay is not enabled", "42"}},
		"not reached":    {object{"token_endpoint": "http://127.0.0.1:1"}, nil, []string{"127.0.0.1:1"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, test.settings)
			b.AddSecrets("planted-secret")
			if test.fault != nil {
				b.Sandbox.Inject(*test.fault)
			}
			state, _, diags := b.ApplyConfig(protocoltest.State{}, small())
			b.RequireErrors(diags, "", append(test.words, "Nothing was created")...)
			if state.Exists() {
				t.Error("in state")
			}
			b.RequireCalls()
		})
	}
}

// TestReadyToken is used as it is, and never renewed.
func TestReadyToken(t *testing.T) {
	t.Parallel()
	b := bareBench(t, "main")
	state := b.Create(small())
	b.RequireNoDrift(state, small())
	b.tokens(0)
	powenssandbox.From(b.Sandbox).ExpireTokens()
	after, diags := b.Refresh(state)
	b.RequireErrors(diags, "", "401", "the token has expired")
	if !after.Exists() {
		t.Error("lost")
	}
	b.tokens(0)
}

// TestScope: a token for something else is refused whole.
func TestScope(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	other := powenssandbox.From(b.Sandbox).IssueToken("demo-sandbox", "payments:admin")
	b.AddSecrets(other)
	b.Server = b.NewProvider(object{"client_id": nil, "client_secret": nil, "token": other})
	_, _, diags := b.ApplyConfig(protocoltest.State{}, small())
	b.RequireErrors(diags, "", "403", "forbidden", "it takes the scope `payment-links:admin`", "Nothing was created")
}
