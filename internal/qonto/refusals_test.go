package qonto_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
)

var refusals = drivertest.Refusals{
	Shown: map[string]drivertest.Refusal{"errors": {
		Answer: fault.Fault{Status: http.StatusUnprocessableEntity, Body: drivertest.Testdata("refused.json")}, Attribute: "items.1.vat_rate",
		Words: []string{"422", "not_in_list", "must be one of the rates of the country", "/payment_link/items/1/vat_rate", "the second thing that is wrong", "7c1f3c0e9b1d4b5c"},
	}},
	ByVendor: map[string]drivertest.VendorRefusal{
		"not connected": {
			Prepare: func(f *drivertest.Fixture) { sandboxOf(f).SetConnection("not_connected") },
			Words:   []string{"400", "invalid", "connection with the provider does not exist"},
		},
		"method not enabled": {
			Prepare:   func(f *drivertest.Fixture) { sandboxOf(f).EnableMethod("credit_card", false) },
			Attribute: "potential_payment_methods", Words: []string{"422", "credit_card"},
		},
		"undocumented method": {
			Config:    basket(object{"potential_payment_methods": list{"bank_transfer"}}),
			Attribute: "potential_payment_methods", Words: []string{"422", "not_in_list", "bank_transfer"},
		},
		"undocumented item type": {Config: fullBasket(object{"items.1.type": "voucher"}), Attribute: "items.1.type", Words: []string{"422", "not_in_list"}},
		"invoice that does not exist": {
			Prepare: func(f *drivertest.Fixture) { f.Switch(`{"strict_invoice":true}`) },
			Config:  invoice(), Attribute: "invoice_id", Words: []string{"422", "does not exist"},
		},
		"missing staging token": {Settings: object{"staging_token": nil}, Words: []string{"302", "onelogin.com", "`staging_token`"}},
		"wrong staging token": {
			Settings: object{"staging_token": "wrong"}, Prepare: func(f *drivertest.Fixture) { f.Switch(`{"staging_refusal":"page"}`) },
			Words: []string{"HTML", "`staging_token`"},
		},
		"rejected token": {Settings: object{"access_token": "ory_at_nobody"}, Words: []string{"401", "unauthorized", "The access token is invalid"}},
		"expired token":  {Prepare: func(f *drivertest.Fixture) { sandboxOf(f).ExpireTokens() }, Words: []string{"401", "expired"}},
	},
}

// A token that may only read still refreshes, and a destroy is refused whole.
func TestScopes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.Create(basket())
	reader := f.qonto().IssueTokens("payment_link.read").AccessToken
	f.AddSecrets(reader)
	f.Server = f.NewProvider(object{"access_token": reader})
	state = f.RequireNoDrift(state, basket())
	f.ResetCalls()
	after, diags := f.Destroy(state)
	f.RequireErrors(diags, "", "403", "forbidden", "Required: the scope `payment_link.write`", state.Text("id"), "Try again with credentials that have permission")
	if strings.Contains(diags.String(), "later") {
		t.Errorf("trying again later cannot help: %s", diags)
	}
	if !after.Exists() {
		t.Error("lost")
	}
	f.RequireCalls("deactivate")
}

// A success whose link can still be paid is not believed: the link is looked at, and stays in state.
func TestDeactivatedInWordOnly(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"open", "processing"} {
		f := newFixture(t)
		state := f.Create(basket())
		id := state.Text("id")
		f.Sandbox.Simulate(id, "force?status="+status)
		f.ResetCalls()
		remove := f.Sandbox.Inject(fault.Fault{
			Op: "deactivate", Status: http.StatusOK, ContentType: "application/json", Body: `{"payment_link":{"id":"` + id + `","status":"` + status + `"}}`,
		})
		after, diags := f.Destroy(state)
		if f.RequireErrors(diags, "", "Cannot revoke", "`"+status+"`", "stays in state"); !after.Exists() {
			t.Error("a payable link left the state")
		}
		f.RequireCalls("deactivate", "get")
		remove()
		f.Sandbox.Simulate(id, "force?status=open")
		if _, diags = f.Destroy(state); len(diags) > 0 {
			t.Error(diags)
		}
		f.RequireLive(0)
	}
}

// A vendor that does cancel a link in the middle of a payment is believed.
func TestProcessingRevoked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.qonto().Set(func(s *qonto.Switches) { s.DeactivateProcessing = true })
	state := f.Create(basket())
	f.Sandbox.Simulate(state.Text("id"), "process")
	f.ResetCalls()
	if after, diags := f.Destroy(state); after.Exists() || len(diags) > 0 {
		t.Errorf("%s", diags)
	}
	f.RequireCalls("deactivate")
}
