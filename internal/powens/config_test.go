package powens_test

import (
	"maps"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const (
	frenchIBAN = "FR1420041010050500013M02606"
	germanIBAN = "DE89370400440532013000"
	siren      = "749867206"
)

// small names only what a link needs; changes replace attributes by dotted path.
func small(changes ...object) object {
	return tfconfig.Changed(object{
		"amount": "50.90", "currency": "EUR", "label": "Invoice F-2026-0042", "execution_date_type": "first_open_day",
		"beneficiary": object{"scheme_name": "iban", "identification": frenchIBAN, "label": "Acme SAS"},
		"beneficiary_identity": object{
			"kind": "corporate", "scheme_name": "siren", "identification": siren,
		},
		"payer_identity": object{"first_name": "Planted", "last_name": `Ärger & "Söhne" <x>`},
	}, changes...)
}

// full names every argument.
func full(changes ...object) object {
	return tfconfig.Changed(object{
		"amount": "9.5", "currency": "GBP", "label": "Order 4711\nsecond line", "execution_date_type": "instant", "reference_id": "E2E-4711",
		"beneficiary": object{"scheme_name": "sort_code_account_number", "identification": "20000055779911", "label": "Acme Ltd", "issuer": "BARCGB22"},
		"payer":       object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted Ärger", "issuer": "COBADEFFXXX"},
		"beneficiary_identity": whole(object{
			"kind": "non_profit", "scheme_name": "rna", "identification": "W751234567", "issuer": "Préfecture de Paris",
		}),
		"payer_identity":    whole(object{"kind": "individual", "scheme_name": "passport_number", "identification": "12AB34567", "issuer": "Verborgen"}),
		"operator_identity": whole(object{"kind": "government", "scheme_name": "incorporation_number", "identification": "HRB 1234", "issuer": "AG Köln"}),
		"redirect":          true, "redirect_uri": "https://shop.example.com/thanks", "redirect_state": "order-4711",
	}, changes...)
}

// whole is an identity with every field.
func whole(changes object) object {
	out := object{
		"id_user": 42, "external_ref": "customer-17", "first_name": "Planted", "last_name": `Ärger & "Söhne" <x>`,
		"birth_city": "Verborgen", "birth_country": "FR", "birth_date": "1990-12-31", "nationality": "French",
		"postal_address": "1 Hidden Street\n75001 Paris", "email": "planted@example.com",
		"ultimate_owner_text": "Planted owner", "ultimate_owner_extra_text": "Planted extra", "pep": true,
		"org_name": "Acme", "org_legal_status": "association", "org_hq_address": "2 Hidden Street", "org_business_address": "3 Hidden Street",
	}
	maps.Copy(out, changes)
	return out
}

// redirecting is a small link that sends the payer on, without saying `redirect`.
func redirecting(changes ...object) object {
	return tfconfig.Changed(small(object{"redirect_uri": "https://shop.example.com/thanks", "redirect_state": ""}), changes...)
}
