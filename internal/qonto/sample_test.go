package qonto_test

import (
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const publishedID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

// published is the configuration that describes the vendor's published sample.
func published() object {
	return object{
		"potential_payment_methods": list{"credit_card"},
		"reusable":                  true,
		"items": list{object{
			"title": "Item 1", "type": "good", "description": "Item 1 description", "quantity": 1, "measure_unit": "unit",
			"unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
		}},
	}
}

// TestPublishedSample imports the link that the vendor's reference page shows, wrapped and not, by id and by identity.
func TestPublishedSample(t *testing.T) {
	t.Parallel()
	for _, wrapped := range []bool{false, true} {
		for _, byIdentity := range []bool{false, true} {
			b := newBench(t)
			qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.WrapGet = wrapped })
			if err := b.Sandbox.Seed("qonto", testdata(t, "published_link.json")); err != nil {
				t.Fatal(err)
			}
			imported := b.ImportByID
			if byIdentity {
				imported = func(id string) (protocoltest.State, protocoltest.Diagnostics) {
					return b.Server.ImportIdentity(typeName, object{"id": id})
				}
			}
			state, diags := imported(publishedID)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls("get")
			checkPublished(t, state)
			b.RequireNoDrift(state, published())
			b.RequireNoDrift(state, tfconfig.Changed(published(), object{"amount": object{"value": "13.3", "currency": "EUR"}}))
			b.RequireNoDrift(state, tfconfig.Changed(published(), object{"items.0.description": "", "items.0.type": nil, "items.0.measure_unit": nil}))
		}
	}
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkPublished: every attribute of the resource is what the sample says, and none is forgotten here.
func checkPublished(t *testing.T, state protocoltest.State) {
	t.Helper()
	want := object{
		"id":                        publishedID,
		"url":                       "https://pay.qonto.com/019788b3-57ab-727c-b26e-86b95c16e93f?resource_id=4c56f862-6117-4b20-a3e3-7fa6fccea029",
		"state":                     "open",
		"replace_when":              list{"revoked"},
		"on_destroy":                "revoke",
		"timeouts":                  nil,
		"potential_payment_methods": list{"credit_card"},
		"items": list{object{
			"title": "Item 1", "type": "good", "description": "Item 1 description", "quantity": "1", "measure_unit": "unit",
			"unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
		}},
		"reusable":        true,
		"invoice_id":      nil,
		"invoice_number":  nil,
		"debitor_name":    nil,
		"amount":          object{"value": "13.30", "currency": "EUR"},
		"status":          "open",
		"resource_type":   nil, // the early text that the sample is from does not have it
		"created_at":      "2021-01-01T00:00:00Z",
		"expiration_date": "2021-01-01T00:00:00Z",
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

// TestCreatedAttributes: after a create, every computed attribute is what the vendor holds.
func TestCreatedAttributes(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(shape())
			held := qontosandbox.From(b.Sandbox).Links()[0]
			want := map[string]any{
				"id": held.ID, "url": held.URL, "state": "open", "status": "open", "reusable": held.Reusable, "resource_type": held.ResourceType,
				"created_at": held.CreatedAt.Format(time.RFC3339), "expiration_date": held.ExpirationDate.Format(time.RFC3339),
				"amount.value": held.Amount.Value, "amount.currency": "EUR",
			}
			for path, value := range want {
				if got := state.Get(path); !reflect.DeepEqual(got, value) {
					t.Errorf("%s is %v, want %v", path, got, value)
				}
			}
			if name == "invoice" && (state.Text("debitor_name") != debitor || held.DebitorName != debitor) {
				t.Errorf("debitor %q, at the vendor %q", state.Text("debitor_name"), held.DebitorName)
			}
			methods, _ := state.Get("potential_payment_methods").(list)
			if len(methods) != len(held.Methods) || slices.ContainsFunc(methods, func(m any) bool { return !slices.Contains(held.Methods, m.(string)) }) {
				t.Errorf("methods %v, at the vendor %v", methods, held.Methods)
			}
			id, err := state.Identity.IdentityData.Unmarshal(identityType)
			if err != nil {
				t.Fatal(err)
			}
			if want := identityOf(held.ID); !id.Equal(want) {
				t.Errorf("identity %s, want %s", id, want)
			}
		})
	}
}

// TestGeneratedConfiguration: what Terraform writes for an import block plans empty, with null for the sensitive debitor.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		b := newBench(t)
		state, diags := b.ImportByID(b.Create(shape()).Text("id"))
		if len(diags) > 0 {
			t.Fatal(name, diags)
		}
		config := object{}
		for _, attribute := range b.Server.Schema().ResourceSchemas[typeName].Block.Attributes {
			if (attribute.Required || attribute.Optional) && !attribute.Sensitive {
				config[attribute.Name] = configurable(state.Get(attribute.Name))
			}
		}
		b.RequireNoDrift(state, config)
	}
}

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}

func identityOf(id string) tftypes.Value {
	return tftypes.NewValue(identityType, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, id)})
}

// configurable turns a state's value into one that a configuration can hold: a number is text there.
func configurable(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for name, nested := range v {
			out[name] = configurable(nested)
		}
		if text, ok := v["quantity"].(string); ok {
			number, ok := new(big.Float).SetString(text)
			if !ok {
				panic(text)
			}
			out["quantity"] = number
		}
		return out
	case list:
		out := list{}
		for _, nested := range v {
			out = append(out, configurable(nested))
		}
		return out
	}
	return v
}
