package qonto_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// whole is everything that testdata/refused.json says.
var whole = []string{
	"422", "not_in_list", "must be one of the rates of the country", "/payment_link/items/1/vat_rate", "the second thing that is wrong", "7c1f3c0e9b1d4b5c",
}

// TestRefusalShownWhole: what the vendor says is shown completely, at the attribute it names, and nothing is lost.
func TestRefusalShownWhole(t *testing.T) {
	t.Parallel()
	refusal := func(op string) fault.Fault {
		return fault.Fault{Op: op, Status: http.StatusUnprocessableEntity, Body: string(testdata(t, "refused.json"))}
	}
	t.Run("create", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		b.Sandbox.Inject(refusal("create"))
		state, _, diags := b.ApplyConfig(protocoltest.State{}, fullBasket())
		b.RequireErrors(diags, "items.1.vat_rate", append(whole, "Cannot create Qonto payment link", "Nothing was created")...)
		if state.Exists() {
			t.Error("in state")
		}
		b.RequireCalls("create")
	})
	t.Run("read", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		state := b.Create(fullBasket())
		b.ResetCalls()
		b.Sandbox.Inject(refusal("get"))
		after, diags := b.Refresh(state)
		b.RequireErrors(diags, "items.1.vat_rate", append(whole, "Cannot read Qonto payment link")...)
		if !after.Raw.Equal(state.Raw) {
			t.Error("the state has changed")
		}
		b.RequireCalls("get")
	})
	t.Run("deactivate", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		state := b.Create(fullBasket())
		b.ResetCalls()
		b.Sandbox.Inject(refusal("deactivate"))
		after, diags := b.Destroy(state)
		b.RequireErrors(diags, "items.1.vat_rate", append(whole, "Cannot revoke Qonto payment link", state.Text("id"), "`open`", "stays in state")...)
		if !after.Exists() {
			t.Error("lost")
		}
		b.RequireCalls("deactivate", "get")
		b.RequirePayable(1)
	})
	t.Run("import", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		b.Sandbox.Inject(refusal("get"))
		state, diags := b.ImportByID(publishedID)
		b.RequireErrors(diags, "items.1.vat_rate", whole...)
		if state.Exists() {
			t.Error("in state")
		}
		b.RequireCalls("get")
	})
}

// TestVendorRefuses: the refusals that the vendor itself makes, each with what a person needs to know.
func TestVendorRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prepare  func(b *bench)
		settings object
		config   object
		at       string
		words    []string
	}{
		"not connected": {
			prepare: func(b *bench) { qontosandbox.From(b.Sandbox).SetConnection("not_connected") },
			words:   []string{"400", "invalid", "connection with the provider does not exist"},
		},
		"method not enabled": {
			prepare: func(b *bench) { qontosandbox.From(b.Sandbox).EnableMethod("credit_card", false) },
			at:      "potential_payment_methods", words: []string{"422", "credit_card"},
		},
		"undocumented method": {
			config: basket(object{"potential_payment_methods": list{"bank_transfer"}}),
			at:     "potential_payment_methods", words: []string{"422", "not_in_list", "bank_transfer"},
		},
		"undocumented item type": {
			config: fullBasket(object{"items.1.type": "voucher"}),
			at:     "items.1.type", words: []string{"422", "not_in_list"},
		},
		"invoice that does not exist": {
			prepare: func(b *bench) {
				qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.StrictInvoice = true })
			},
			config: invoice(), at: "invoice_id", words: []string{"422", "does not exist"},
		},
		"missing staging token": {settings: object{"staging_token": nil}, words: []string{"401", "Authorization Required"}},
		"rejected token":        {settings: object{"access_token": "ory_at_nobody"}, words: []string{"401", "unauthorized", "The access token is invalid"}},
		"expired token":         {prepare: func(b *bench) { qontosandbox.From(b.Sandbox).ExpireTokens() }, words: []string{"401", "expired"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, test.settings)
			if test.prepare != nil {
				test.prepare(b)
			}
			if test.config == nil {
				test.config = basket()
			}
			state, _, diags := b.ApplyConfig(protocoltest.State{}, test.config)
			b.RequireErrors(diags, test.at, append(test.words, "Nothing was created")...)
			if state.Exists() || len(qontosandbox.From(b.Sandbox).Links()) > 0 {
				t.Errorf("state %s, %d links", state.Raw, len(qontosandbox.From(b.Sandbox).Links()))
			}
			b.RequireCalls("create")
		})
	}
}

// TestScopes: a token that may only read still refreshes, and a destroy is refused whole.
func TestScopes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	reader := qontosandbox.From(b.Sandbox).IssueTokens("payment_link.read").AccessToken
	b.AddSecrets(reader)
	b.Server = b.NewProvider(object{"access_token": reader})
	state = b.RequireNoDrift(state, basket())
	b.ResetCalls()
	after, diags := b.Destroy(state)
	b.RequireErrors(diags, "", "403", "forbidden", "it takes the scope `payment_link.write`", state.Text("id"), "Try again with credentials that may do it")
	if strings.Contains(diags.String(), "later") {
		t.Errorf("trying again later cannot help: %s", diags)
	}
	if !after.Exists() {
		t.Error("lost")
	}
	b.RequireCalls("deactivate")
}

// TestTransientReads are repeated; what goes on is an error that keeps the state.
func TestTransientReads(t *testing.T) {
	t.Parallel()
	faults := map[string]fault.Fault{
		"500":      {Status: http.StatusInternalServerError},
		"503":      {Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"2"}}},
		"too many": {Kind: fault.TooMany},
		"truncate": {Kind: fault.Truncate},
		"html 502": {Kind: fault.HTML},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(basket())
			b.ResetCalls()
			fault.Op, fault.Times = "get", 2
			b.Sandbox.Inject(fault)
			b.RequireNoDrift(state, basket())
			b.RequireCalls("get", "get", "get")
			fault.Times = 0
			b.Sandbox.Inject(fault)
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", "Cannot read Qonto payment link")
			if !after.Raw.Equal(state.Raw) {
				t.Error("the state has changed")
			}
		})
	}
}

// TestTransientDeactivate: a revoke may be repeated. When the repetition is refused because the first was carried out,
// the link is done for.
func TestTransientDeactivate(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"refused before":   {Status: http.StatusServiceUnavailable, Times: 1},
		"dropped before":   {Kind: fault.Drop, Times: 1},
		"500 after":        {Status: http.StatusInternalServerError, After: true, Times: 1},
		"dropped after":    {Kind: fault.Drop, After: true, Times: 1},
		"truncated":        {Kind: fault.Truncate, Times: 1},
		"dropped for good": {Kind: fault.Drop, After: true},
		"html for good":    {Kind: fault.HTML, After: true},
		"empty for good":   {Kind: fault.Empty, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(basket())
			fault.Op = "deactivate"
			b.Sandbox.Inject(fault)
			after, diags := b.Destroy(state)
			if diags.HasError() || after.Exists() {
				t.Errorf("still there %t: %s", after.Exists(), diags)
			}
			b.RequirePayable(0)
		})
	}
}

// TestDeactivatedInWordOnly: a 200 whose link can still be paid is not believed; the link is looked at and stays in state.
func TestDeactivatedInWordOnly(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"open", "processing"} {
		b := newBench(t)
		state := b.Create(basket())
		if err := qontosandbox.From(b.Sandbox).ForceStatus(state.Text("id"), status); err != nil {
			t.Fatal(err)
		}
		b.ResetCalls()
		remove := b.Sandbox.Inject(fault.Fault{
			Op: "deactivate", Kind: fault.Answer, Status: http.StatusOK, ContentType: "application/json",
			Body: `{"payment_link":{"id":"` + state.Text("id") + `","status":"` + status + `"}}`,
		})
		after, diags := b.Destroy(state)
		if b.RequireErrors(diags, "", "Cannot revoke", "`"+status+"`", "stays in state"); !after.Exists() {
			t.Error("a payable link left the state")
		}
		b.RequireCalls("deactivate", "get")
		if remove(); qontosandbox.From(b.Sandbox).ForceStatus(state.Text("id"), "open") != nil {
			t.Fatal("the link is gone")
		}
		if _, diags = b.Destroy(state); len(diags) > 0 {
			t.Error(diags)
		}
		b.RequirePayable(0)
	}
}
