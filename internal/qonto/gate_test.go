package qonto_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Without a valid staging token nothing is carried out (contract 1.5), and that is said at once: no search, no repeats, nothing of
// another link, on the token host either.
func TestStagingTokenRefused(t *testing.T) {
	t.Parallel()
	for _, token := range []any{nil, "wrong"} {
		for refusal, asked := range map[string][]string{"redirect": {"create"}, "page": {"create", "list"}} {
			f := newFixture(t)
			state := f.Create(basket())
			f.Switch(`{"staging_refusal":"` + refusal + `"}`)
			f.Server = f.NewProvider(object{"staging_token": token})
			f.ResetCalls()
			began := f.Clock.Now()
			_, _, diags := f.ApplyConfig(protocoltest.State{}, invoice())
			f.RequireErrors(diags, "", "Cannot create", "`staging_token`", "Nothing was created")
			f.RequireCalls(asked...)
			_, diags = f.Refresh(state)
			f.RequireErrors(diags, "", "`staging_token`")
			f.RequireCalls("get")
			if f.Clock.Now() != began {
				t.Errorf("waited %s", f.Clock.Now().Sub(began))
			}
			after, diags := f.Destroy(state)
			if f.RequireErrors(diags, "", "`staging_token`"); !after.Exists() {
				t.Error("lost")
			}

			settings := f.fromFile(f.tokenFile())
			settings["staging_token"] = token
			f.Server = f.NewProvider(settings)
			f.qonto().ExpireTokens()
			f.ResetCalls()
			_, diags = f.Refresh(state)
			f.RequireErrors(diags, "", "`staging_token`")
			f.RequirePayable(1)
		}
	}
}

// An HTML page may also stand for the answer to a create that was carried out. Then others are answered, and the link is found.
func TestPageInPlaceOfAnAnswer(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.HTML, Status: http.StatusOK, After: true, Times: 1})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
	if n := f.CallCount("create"); n != 1 || !state.Exists() || strings.Contains(diags.String(), "staging") {
		t.Errorf("%d creates, %s", n, diags)
	}
	f.RequirePayable(1)
}

// In production the staging token is not accepted (contract 1.5): it is not sent, and a warning says so. An endpoint of one's own wins
// over the environment.
func TestStagingTokenOfProduction(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	own := f.NewProvider(object{"environment": "production"})
	if said := own.ConfigureDiagnostics; len(said) > 0 {
		t.Error(said)
	}
	vendors := f.NewProvider(object{"environment": "production", "endpoint": nil})
	f.RequireText(vendors.ConfigureDiagnostics.ForAttribute("qonto.staging_token"), "not sent", "QONTO_STAGING_TOKEN")
	f.Server = own
	f.Create(basket())
}

// Production has no gate, also where it is reached by an address of one's own: pages there are an outage's, and prove nothing.
func TestProductionHasNoGate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.Server = f.NewProvider(object{"environment": "production"})
	f.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.HTML, Status: http.StatusOK, After: true})
	f.Sandbox.Inject(fault.Fault{Op: "list", Kind: fault.HTML, Status: http.StatusOK})
	_, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
	if text := diags.String(); !diags.HasError() || strings.Contains(text, "Nothing was created") || strings.Contains(text, "staging") {
		t.Error(text)
	}
	f.RequirePayable(1)
}
