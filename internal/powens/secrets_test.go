package powens_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestEchoes: whatever a vendor or a front server repeats of a request, no diagnostic shows a credential or the payer.
// Each bench searches all that was said in it.
func TestEchoes(t *testing.T) {
	t.Parallel()
	faults := map[string]fault.Fault{
		"400":           {Kind: fault.Echo},
		"html 403":      {Kind: fault.HTML, Echo: true, Status: http.StatusForbidden},
		"html 502":      {Kind: fault.HTML, Echo: true},
		"html 200":      {Kind: fault.HTML, Echo: true, Status: http.StatusOK},
		"echo with 200": {Kind: fault.Echo, Status: http.StatusOK},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(full())
			b.Sandbox.Inject(fault) // on every call
			for range 2 {
				if _, _, diags := b.ApplyConfig(protocoltest.State{}, full(object{"label": "Another"})); !diags.HasError() {
					t.Error("no error")
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
				powenssandbox.From(b.Sandbox).ExpireTokens() // so that the token is fetched, and echoed, anew
			}
		})
	}
}

// TestEverySensitiveValue: no leaf that is sensitive is shown, alone in a configuration of its own.
func TestEverySensitiveValue(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, path := range arguments(b.Server) {
		attribute := attributeAt(b.Server, path)
		if !attribute.Sensitive || attribute.Type.String() != "tftypes.String" {
			continue
		}
		_, leaf, _ := strings.Cut(path, ".")
		value := map[string]string{"birth_country": "ZW", "birth_date": "1977-03-29", "scheme_name": "national_id_number"}[leaf]
		config := full()
		if leaf == "scheme_name" {
			config = full(object{tfconfig.RootAttribute(path) + ".kind": "individual"})
		}
		if value == "" {
			value = `Geheim "` + leaf + `" & <Söhne>`
		}
		config = tfconfig.With(config, path, value)
		remove := b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Echo})
		_, _, diags := b.ApplyConfig(protocoltest.State{}, config)
		remove()
		if !diags.HasError() || strings.Contains(diags.String(), value) || strings.Contains(diags.String(), "Geheim") {
			t.Errorf("%s: %s", path, diags)
		}
	}
}

// TestPlantedIsFound: the search of the benches finds what it looks for.
func TestPlantedIsFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, secret := range []string{b.Sandbox.Env()["POWENS_CLIENT_SECRET"], "Söhne", germanIBAN} {
		said := protocoltest.Diagnostics{{Summary: "x", Detail: "the answer was: " + secret + "."}}
		if b.FindSecret(said) == "" {
			t.Errorf("%q is not found", secret)
		}
	}
	if found := b.FindSecret(protocoltest.Diagnostics{{Summary: "x", Detail: "*** & ***"}}); found != "" {
		t.Errorf("%q is found", found)
	}
}

// TestSensitiveInSchema: credentials and payer data are hidden in plans, on leaves; all of them may be left out.
func TestSensitiveInSchema(t *testing.T) {
	t.Parallel()
	// The contract's "Sens." (4.2), and the account that pays.
	fields := []string{
		"first_name", "last_name", "birth_city", "birth_country", "birth_date", "nationality", "postal_address", "email", "scheme_name",
		"identification", "issuer", "ultimate_owner_text", "ultimate_owner_extra_text", "pep", "org_hq_address", "org_business_address",
	}
	s := newBench(t).Server
	for _, path := range arguments(s) {
		holder, leaf, _ := strings.Cut(path, ".")
		want := strings.HasSuffix(holder, "_identity") && slices.Contains(fields, leaf) || path == "payer.identification" || path == "payer.label"
		attribute := attributeAt(s, path)
		if attribute.Sensitive != want {
			t.Errorf("%s is sensitive: %t", path, attribute.Sensitive)
		}
		if want && (!attribute.Optional || !attribute.Computed) {
			t.Errorf("%s is not optional and computed", path)
		}
	}
	settings := s.Schema().Provider.Block.Attributes
	i := slices.IndexFunc(settings, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == "powens" })
	for _, setting := range settings[i].NestedType.Attributes {
		if setting.Sensitive != (setting.Name == "client_secret" || setting.Name == "token") {
			t.Errorf("powens.%s is sensitive: %t", setting.Name, setting.Sensitive)
		}
	}
}
