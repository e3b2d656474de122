package conomy_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestPublishedSample imports the link that the vendor's reference page shows (its texts are all "text", its destination has
// a null type), by id and by identity. Every attribute is looked at.
func TestPublishedSample(t *testing.T) {
	t.Parallel()
	text := func(names ...string) object {
		out := object{}
		for _, name := range names {
			out[name] = "text"
		}
		return out
	}
	customer := text("first_name", "email", "last_name", "phone_number", "phone_number_prefix", "document_type", "document_number")
	customer["id"] = nil // the page does not have it
	customer["address"] = text("administrative_area_level1", "administrative_area_level2", "administrative_area_level3", "street", "street_number",
		"optional_address", "country", "zipcode")
	want := object{
		"id": "text", "url": "text", "state": "open", "replace_when": list{"revoked"}, "on_destroy": "revoke", "timeouts": nil,
		"checkout_token": "text", "currency": "text", "status": "ATTEMPT", "activate": false, "duration": "1",
		"items": list{object{
			"pre_tax_amount": "text", "total_amount": "text", "description": "text",
			"tax": object{"name": "text", "type": "FIXED", "value": "text", "amount": "text"},
		}},
		"pre_tax_amount": "text", "total_amount": "text", "payment_methods_allowed": list{"CARD"}, "customer": customer,
		"created_at": "2025-12-05T21:58:58.111Z", "expires_at": "2025-12-05T21:58:59.111Z",
		"destinations": list{object{
			"name": "text", "type": "ACCOUNT", "external_id": "text", "amount": "text", "metadata": text("image", "description", "category"),
			"account": object{"type": "CHECKING", "currency": "text", "account_number": "text", "account_holder": "text"},
		}},
		"customer_requirements": list{"firstName"},
		"owner":                 text("identity_id", "name", "lastname", "nickname", "document_number", "entity_type"),
		"success_url":           "text", "failed_url": "text",
	}
	for _, byIdentity := range []bool{false, true} {
		b := newBench(t)
		if err := b.Sandbox.Seed("conomy", testdata(t, "published_link.json")); err != nil {
			t.Fatal(err)
		}
		imported := b.ImportByID
		if byIdentity {
			imported = func(id string) (protocoltest.State, protocoltest.Diagnostics) {
				return b.Server.ImportIdentity(typeName, object{"id": id})
			}
		}
		state, diags := imported("text")
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		b.RequireCalls("get")
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
}

// TestCreatedAttributes: after a create, every computed attribute is what the vendor holds.
func TestCreatedAttributes(t *testing.T) {
	t.Parallel()
	const form = "2006-01-02T15:04:05.000Z"
	for name, total := range map[string]string{"small": "49990", "full": "129.50"} {
		b := newBench(t)
		state := b.Create(shapes[name]())
		held := b.held(state)
		for path, value := range map[string]any{
			"id": held.ID, "url": held.URL, "state": "open", "status": "ATTEMPT", "activate": false, "created_at": held.CreatedAt.Format(form),
			"total_amount": total, "destinations.0.type": "ACCOUNT",
		} {
			if got := state.Get(path); !reflect.DeepEqual(got, value) {
				t.Errorf("%s is %v, want %v", path, got, value)
			}
		}
		id, err := state.Identity.IdentityData.Unmarshal(identityType)
		if err != nil {
			t.Fatal(err)
		}
		if want := tftypes.NewValue(identityType, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, held.ID)}); !id.Equal(want) {
			t.Errorf("identity %s, want %s", id, want)
		}
	}
}

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}}
