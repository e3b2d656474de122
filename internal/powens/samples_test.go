package powens_test

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
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

// The vendor's reference page has no sample of its own: this link has every field that it documents.
var samples = []drivertest.Sample{{
	File: "documented_link.json", ID: documentedID, Attributes: documentedAttributes(),
	Configs: []object{documented(), tfconfig.Changed(documented(), object{"redirect": true, "amount": "50.9", "payer.identification": nil, "reference_id": nil})},
}}

func documentedAttributes() object {
	return object{
		"id": documentedID, "url": "https://payment-links.example.com/3c90c3cc", "state": "open",
		"replace_when": list{"revoked"}, "replace_paid": false, "on_destroy": "revoke", "timeouts": nil,
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

var created = map[string]object{
	"small": {
		"reference_id": descriptor.Present, "attempt_state": "unavailable", "last_payment_id": nil, "revoked_at": nil, "redirect": false, "payer_identity.kind": "individual",
		"payer_identity.pep": false,
	},
	"full":        {"reference_id": "E2E-4711", "attempt_state": "unavailable", "redirect": true, "payer_identity.kind": "individual"},
	"redirecting": {"reference_id": descriptor.Present, "redirect": true, "redirect_uri": "https://shop.example.com/thanks"},
}
