package gigs_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// names are those in which an echo differs from what was sent.
var names = []string{
	payerName, "Planted & Söhne", `Planted\Söhne`, "Planted/Söhne", "Planted<Söhne>", "Planted\tSöhne", "PLANTED 'Söhne'", "Planted+Söhne%20",
	"Planted \U0001F600 Söhne", "Planted  Söhne", "Planted\u00a0Söhne", "Planted\u2028Söhne",
}

// TestEchoes: whatever a vendor or a front server repeats of a request, no diagnostic shows the key or the payer, be he in
// state or write-only. Each bench searches all that was said in it.
func TestEchoes(t *testing.T) {
	t.Parallel()
	faults := map[string]fault.Fault{
		"422":           {Kind: fault.Echo},
		"400":           {Kind: fault.Echo, Status: http.StatusBadRequest},
		"html 403":      {Kind: fault.HTML, Echo: true, Status: http.StatusForbidden},
		"html 502":      {Kind: fault.HTML, Echo: true},
		"html 200":      {Kind: fault.HTML, Echo: true, Status: http.StatusOK},
		"echo with 201": {Kind: fault.Echo, Status: http.StatusCreated},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, name := range names {
				b := newBench(t)
				b.AddSecrets("PLANTED", `S\u00f6hne`)
				state := b.Create(stored(object{"ebanx.user.full_name": name}))
				b.Sandbox.Inject(fault) // on every call
				for _, config := range []object{
					stored(object{"ebanx.user.full_name": name, "ebanx.user.tax_number": "29006307203"}), writeOnly(object{"ebanx.user_wo.full_name": name}),
				} {
					if _, _, diags := b.ApplyConfig(protocoltest.State{}, config); !diags.HasError() {
						t.Errorf("%q: no error", name)
					}
				}
				if after, diags := b.Refresh(state); !diags.HasError() || !after.Exists() {
					t.Errorf("%q: refresh: %s", name, diags)
				}
				if _, diags := b.ImportByID(state.Text("id")); !diags.HasError() {
					t.Errorf("%q: imported", name)
				}
			}
		})
	}
}

// TestTaxNumberInOtherForm: a vendor may repeat a tax number without the punctuation that was sent.
func TestTaxNumberInOtherForm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusUnprocessableEntity, Body: `{"object":"error","type":"invalid","message":"29006307203 is nobody's","details":[{"message":"290.063.072-03"}]}`})
	_, _, diags := b.ApplyConfig(protocoltest.State{}, stored())
	b.RequireErrors(diags, "", "is nobody's")
}

// TestRepeatedHeaders: a front server that repeats what came in the headers, in a body or a header of its own.
func TestRepeatedHeaders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(stored())
	key := b.Sandbox.Env()["GIGS_API_KEY"]
	for _, secret := range []string{key, "Bearer " + key} {
		for _, fault := range []fault.Fault{
			{Body: `{"object":"error","type":"` + secret + `","message":"` + secret + `","code":"` + secret + `","hint":"` + secret + `","details":[{"property":"` + secret + `","code":"x","message":"` + secret + `"}]}`},
			{Body: "unknown key " + secret, ContentType: "text/plain"},
			{Body: `<html><title>` + secret + `</title></html>`, ContentType: "text/html"},
			{Body: `{}`, Header: http.Header{"X-Request-Id": {secret}}},
		} {
			fault.Status = http.StatusForbidden
			remove := b.Sandbox.Inject(fault)
			if _, _, diags := b.ApplyConfig(protocoltest.State{}, stored()); !diags.HasError() {
				t.Error("no error")
			}
			if _, diags := b.Refresh(state); !diags.HasError() {
				t.Error("no error")
			}
			remove()
		}
	}
}

// TestPlantedIsFound: the search of the benches finds what it looks for.
func TestPlantedIsFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, secret := range []string{b.Sandbox.Env()["GIGS_API_KEY"], "Söhne", payerTax, payerEmail} {
		if b.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "the answer was: " + secret + "."}}) == "" {
			t.Errorf("%q is not found", secret)
		}
	}
	if found := b.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "*** GmbH"}}); found != "" {
		t.Errorf("%q is found", found)
	}
}

// TestSensitiveInSchema: the payer's data and the key are hidden in plans, and a write-only payer is in none.
func TestSensitiveInSchema(t *testing.T) {
	t.Parallel()
	schema := newBench(t).Server.Schema()
	var walk func(prefix string, attributes []*tfprotov6.SchemaAttribute)
	walk = func(prefix string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			name := prefix + a.Name
			leaf := prefix == "ebanx.user." || prefix == "ebanx.user_wo."
			if a.Sensitive != leaf || a.WriteOnly != (name == "ebanx.user_wo" || prefix == "ebanx.user_wo.") {
				t.Errorf("%s: sensitive %t, write-only %t", name, a.Sensitive, a.WriteOnly)
			}
			if a.NestedType != nil {
				walk(name+".", a.NestedType.Attributes)
			}
		}
	}
	walk("", schema.ResourceSchemas[typeName].Block.Attributes)
	for _, a := range schema.Provider.Block.Attributes {
		if a.Name != "gigs" {
			continue
		}
		for _, setting := range a.NestedType.Attributes {
			if setting.Sensitive != (setting.Name == "api_key") {
				t.Errorf("gigs.%s is sensitive: %t", setting.Name, setting.Sensitive)
			}
		}
	}
}
