package conomy_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestEchoes: whatever a vendor or a front server repeats of a request, no diagnostic shows a credential or the payer.
// Each bench searches all that was said in it.
func TestEchoes(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"400": {Kind: fault.Echo}, "409": {Kind: fault.Echo, Status: 409}, "html 403": {Kind: fault.HTML, Echo: true, Status: 403},
		"html 502": {Kind: fault.HTML, Echo: true}, "html 200": {Kind: fault.HTML, Echo: true, Status: 200}, "echo with 201": {Kind: fault.Echo, Status: 201},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.AddSecrets("Medell", "Antioquia", "El Poblado", "1020304050", "planted-77", "050021", `S\u00f6hne`, "CED_CIU", "Apto 4")
			state := b.Create(full())
			for _, r := range b.Sandbox.Requests(sandbox.ByOp("conomy", "get")) {
				b.AddSecrets(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
			}
			b.Sandbox.Inject(fault) // on every call
			for _, config := range []object{full(object{"checkout_token": "other"}), full(object{"checkout_token": "other", "activate": true})} {
				if _, _, diags := b.ApplyConfig(protocoltest.State{}, config); !diags.HasError() {
					t.Error("no error")
				}
			}
			if after, diags := b.Refresh(state); !diags.HasError() || !after.Exists() {
				t.Errorf("refresh: %s", diags)
			}
			if after, diags := b.Destroy(state); !diags.HasError() && after.Exists() {
				t.Errorf("destroy: %s", diags)
			}
			if _, diags := b.ImportByID(state.Text("id")); !diags.HasError() {
				t.Error("imported")
			}
		})
	}
}

// TestRepeatedHeaders: a front server that repeats what came in the headers.
func TestRepeatedHeaders(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	settings := b.bare()
	b.Server = b.NewProvider(settings)
	state := b.Create(small())
	for _, secret := range []string{settings["access_token"].(string), b.Sandbox.Env()["CONOMY_API_KEY"]} {
		for _, fault := range []fault.Fault{
			{Body: `{"status":403,"code":"43","type":"` + secret + `","detail":"unknown ` + secret + `","traceId":"` + secret + `"}`},
			{Body: `{"statusCode":403,"error":"` + secret + `","message":"` + secret + `"}`},
			{Body: "unknown " + secret, ContentType: "text/plain"},
		} {
			fault.Status = http.StatusForbidden
			remove := b.Sandbox.Inject(fault)
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
	for _, secret := range []string{b.Sandbox.Env()["CONOMY_CLIENT_SECRET"], b.Sandbox.Env()["CONOMY_API_KEY"], "Söhne", "3001234567"} {
		if b.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "the answer was: " + secret + "."}}) == "" {
			t.Errorf("%q is not found", secret)
		}
	}
}

// TestSensitiveInSchema: credentials and every leaf of the customer are hidden in plans, and no whole object is.
func TestSensitiveInSchema(t *testing.T) {
	t.Parallel()
	schema := newBench(t).Server.Schema()
	var walk func(prefix string, attributes []*tfprotov6.SchemaAttribute)
	walk = func(prefix string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			name := strings.TrimPrefix(prefix+"."+a.Name, ".")
			want := strings.HasPrefix(name, "customer.") && a.NestedType == nil
			if a.Sensitive != want {
				t.Errorf("%s is sensitive: %t", name, a.Sensitive)
			}
			if a.NestedType != nil {
				walk(name, a.NestedType.Attributes)
			}
		}
	}
	walk("", schema.ResourceSchemas[typeName].Block.Attributes)
	secret := map[string]bool{"client_secret": true, "access_token": true, "api_key": true}
	for _, a := range schema.Provider.Block.Attributes {
		if a.Name != "conomy" {
			continue
		}
		for _, setting := range a.NestedType.Attributes {
			if setting.Sensitive != secret[setting.Name] {
				t.Errorf("conomy.%s is sensitive: %t", setting.Name, setting.Sensitive)
			}
		}
	}
}
