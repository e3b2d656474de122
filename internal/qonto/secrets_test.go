package qonto_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// debitors are names in which an echo differs from what was sent.
var debitors = []string{
	debitor, "Planted & Söhne", `Planted\Söhne`, "Planted/Söhne", "Planted<Söhne>", "Planted\tSöhne", "PLANTED 'Söhne'", "Planted+Söhne%20",
	"Planted \U0001F600 Söhne", "Planted  Söhne", "Planted\u00a0Söhne", "Planted\u2028Söhne",
}

// TestEchoes: whatever a vendor or a front server repeats of a request, no diagnostic shows a credential or the payer.
// Each bench searches all that was said in it.
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
			for _, name := range debitors {
				b := newBench(t)
				b.AddSecrets("Planted", "PLANTED", "Söhne", `S\u00f6hne`)
				config := invoice(object{"debitor_name": name})
				state := b.Create(config)
				b.Sandbox.Inject(fault) // on every call
				_, _, diags := b.ApplyConfig(protocoltest.State{}, invoice(object{"debitor_name": name, "invoice_number": "F-2"}))
				if !diags.HasError() {
					t.Errorf("%q: no error", name)
				}
				if after, diags := b.Refresh(state); !diags.HasError() || !after.Exists() {
					t.Errorf("%q: refresh: %s", name, diags)
				}
				if after, diags := b.Destroy(state); !diags.HasError() && after.Exists() {
					t.Errorf("%q: destroy: %s", name, diags)
				}
				if _, diags := b.ImportByID(state.Text("id")); !diags.HasError() {
					t.Errorf("%q: imported", name)
				}
			}
		})
	}
}

// TestEchoesWithTokenFile: the same with all four secrets of a token file, renewed on the way.
func TestEchoesWithTokenFile(t *testing.T) {
	t.Parallel()
	for _, fault := range []fault.Fault{{Kind: fault.Echo}, {Kind: fault.HTML, Echo: true}, {Kind: fault.HTML, Echo: true, Status: http.StatusOK}} {
		b, path := fileBench(t)
		b.held(path)
		state := b.Create(invoice())
		qontosandbox.From(b.Sandbox).ExpireTokens()
		if _, diags := b.Refresh(state); len(diags) > 0 {
			t.Fatal(diags)
		}
		b.held(path)
		b.Sandbox.Inject(fault)
		for range 2 {
			if _, diags := b.Refresh(state); !diags.HasError() {
				t.Error("no error")
			}
			if _, _, diags := b.ApplyConfig(protocoltest.State{}, invoice()); !diags.HasError() {
				t.Error("no error")
			}
			qontosandbox.From(b.Sandbox).ExpireTokens()
		}
	}
}

// TestRepeatedHeaders: a front server that repeats what came in the headers, in a body or a header of its own.
func TestRepeatedHeaders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	env := b.Sandbox.Env()
	for _, secret := range []string{env["QONTO_STAGING_TOKEN"], env["QONTO_ACCESS_TOKEN"], "Bearer " + env["QONTO_ACCESS_TOKEN"]} {
		for _, fault := range []fault.Fault{
			{Body: `{"errors":[{"code":"forbidden","detail":"unknown token ` + secret + `","source":{"pointer":"` + secret + `"}}],"trace_id":"` + secret + `"}`},
			{Body: `{"code":"` + secret + `","message":"` + secret + `"}`},
			{Body: "unknown token " + secret, ContentType: "text/plain"},
			{Body: `<html><title>` + secret + `</title></html>`, ContentType: "text/html"},
			{Body: `{}`, Header: http.Header{"X-Request-Id": {secret}}},
		} {
			fault.Status = http.StatusForbidden
			remove := b.Sandbox.Inject(fault)
			if _, _, diags := b.ApplyConfig(protocoltest.State{}, basket()); !diags.HasError() {
				t.Error("no error")
			}
			if _, diags := b.Refresh(state); !diags.HasError() {
				t.Error("no error")
			}
			if _, diags := b.Destroy(state); !diags.HasError() {
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
	env := b.Sandbox.Env()
	for _, secret := range []string{env["QONTO_ACCESS_TOKEN"], env["QONTO_STAGING_TOKEN"], "Söhne"} {
		said := protocoltest.Diagnostics{{Summary: "x", Detail: "the answer was: " + secret + "."}}
		if b.FindSecret(said) == "" {
			t.Errorf("%q is not found", secret)
		}
	}
	if found := b.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "*** GmbH"}}); found != "" {
		t.Errorf("%q is found", found)
	}
}

// TestSensitiveInSchema: credentials and payer data are hidden in plans.
func TestSensitiveInSchema(t *testing.T) {
	t.Parallel()
	schema := newBench(t).Server.Schema()
	for _, a := range schema.ResourceSchemas[typeName].Block.Attributes {
		if a.Sensitive != (a.Name == "debitor_name") {
			t.Errorf("%s is sensitive: %t", a.Name, a.Sensitive)
		}
	}
	for _, a := range schema.Provider.Block.Attributes {
		if a.Name != "qonto" {
			continue
		}
		for _, setting := range a.NestedType.Attributes {
			if setting.Sensitive != (setting.Name == "access_token" || setting.Name == "staging_token") {
				t.Errorf("qonto.%s is sensitive: %t", setting.Name, setting.Sensitive)
			}
		}
	}
}
