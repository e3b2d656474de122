package powens_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const documentedID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

// documented is the configuration that describes testdata/documented_link.json.
func documented() object {
	return object{
		"amount": "50.90", "currency": "EUR", "label": "Invoice F-2026-0042", "execution_date_type": "first_open_day", "reference_id": "E2E-2026-0042",
		"beneficiary":          object{"scheme_name": "iban", "identification": frenchIBAN, "label": "Acme SAS", "issuer": "PSSTFRPPPAR"},
		"beneficiary_identity": object{"kind": "corporate", "scheme_name": "siren", "identification": siren, "org_name": "Acme SAS"},
		"payer":                object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted Ärger"},
		"payer_identity":       object{"first_name": "Planted", "last_name": "Söhne", "birth_date": "1990-12-31", "nationality": "FR"},
		"redirect_uri":         "https://shop.example.com/thanks", "redirect_state": "order-42",
	}
}

// TestDocumentedLink imports a link that has every field of the vendor's reference page (which has no sample of its own),
// by id and by identity.
func TestDocumentedLink(t *testing.T) {
	t.Parallel()
	sample, err := os.ReadFile(filepath.Join("testdata", "documented_link.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, seed := range []string{string(sample), "[" + string(sample) + "]"} {
		for _, byIdentity := range []bool{false, true} {
			b := newBench(t)
			if err := b.Sandbox.Seed("powens", []byte(seed)); err != nil {
				t.Fatal(err)
			}
			imported := b.ImportByID
			if byIdentity {
				imported = func(id string) (protocoltest.State, protocoltest.Diagnostics) {
					return b.Server.ImportIdentity(typeName, object{"id": id})
				}
			}
			state, diags := imported(documentedID)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls("get")
			checkDocumented(t, state)
			b.RequireNoDrift(state, documented())
			b.RequireNoDrift(state, tfconfig.Changed(documented(), object{"redirect": true, "amount": "50.9", "payer.identification": nil, "reference_id": nil}))
		}
	}
}

// checkDocumented: every attribute of the resource is what the sample says, and none is forgotten here.
func checkDocumented(t *testing.T, state protocoltest.State) {
	t.Helper()
	want := object{
		"id": documentedID, "url": "https://payment-links.example.com/3c90c3cc", "state": "open",
		"replace_when": list{"revoked"}, "on_destroy": "revoke", "timeouts": nil,
		"amount": "50.90", "currency": "EUR", "label": "Invoice F-2026-0042", "execution_date_type": "first_open_day", "reference_id": "E2E-2026-0042",
		"beneficiary":          object{"scheme_name": "iban", "identification": frenchIBAN, "label": "Acme SAS", "issuer": "PSSTFRPPPAR"},
		"beneficiary_identity": identity(object{"kind": "corporate", "scheme_name": "siren", "identification": siren, "org_name": "Acme SAS", "pep": false}),
		"payer":                object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted Ärger", "issuer": nil},
		"payer_identity": identity(object{
			"kind": "individual", "first_name": "Planted", "last_name": "Söhne", "birth_date": "1990-12-31", "nationality": "FR", "pep": false,
		}),
		"operator_identity": nil, "redirect": true, "redirect_uri": "https://shop.example.com/thanks", "redirect_state": "order-42",
		"last_payment_id": "4711", "revoked_at": "2099-12-31 23:59:59", "attempt_state": "rejected",
	}
	for name, value := range want {
		if got := state.Get(name); !reflect.DeepEqual(got, value) {
			t.Errorf("%s is %v, want %v", name, got, value)
		}
	}
	var held map[string]tftypes.Value
	if err := state.Raw.As(&held); err != nil {
		t.Fatal(err)
	}
	for name := range held {
		if _, ok := want[name]; !ok {
			t.Errorf("the attribute %s is not looked at", name)
		}
	}
}

// identity is a whole one, null but for what is given.
func identity(given object) object {
	out := object{}
	for name := range whole(nil) {
		out[name] = nil
	}
	for _, name := range []string{"kind", "scheme_name", "identification", "issuer"} {
		out[name] = nil
	}
	for name, value := range given {
		out[name] = value
	}
	return out
}

// TestCreatedAttributes: after a create, every computed attribute is what the vendor holds.
func TestCreatedAttributes(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.FillIssuer = true })
			state := b.Create(shape())
			held := powenssandbox.From(b.Sandbox).Links()[0]
			want := map[string]any{
				"id": held.ID, "url": held.URL, "state": "open", "reference_id": held.ReferenceID, "attempt_state": "unavailable",
				"last_payment_id": nil, "revoked_at": nil, "redirect": held.Redirect, "payer_identity.kind": "individual",
			}
			if name == "small" {
				want["beneficiary.issuer"], want["payer_identity.pep"] = "AGRIFRPPXXX", false
			}
			for path, value := range want {
				if got := state.Get(path); got != value {
					t.Errorf("%s is %v, want %v", path, got, value)
				}
			}
			if held.ReferenceID == "" || len(held.ReferenceID) > 31 || !strings.HasPrefix(held.URL, b.Sandbox.URL()) {
				t.Errorf("%+v", held)
			}
			kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}
			id, err := state.Identity.IdentityData.Unmarshal(kind)
			if err != nil {
				t.Fatal(err)
			}
			if want := tftypes.NewValue(kind, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, held.ID)}); !id.Equal(want) {
				t.Errorf("identity %s, want %s", id, want)
			}
		})
	}
}
