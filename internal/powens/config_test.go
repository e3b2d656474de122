package powens_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
)

const (
	frenchIBAN = "FR1420041010050500013M02606"
	germanIBAN = "DE89370400440532013000"
	siren      = "749867206"
	unknown    = acctest.Unknown
)

// planted are fragments of the payer data in the configurations below, with every character that an echo writes in
// another way. No diagnostic may show one.
var planted = []string{
	"Planted", "Ärger", "Söhne", germanIBAN, "planted@", "Verborgen", "1990-12-31", "12AB34567", "Hidden Street",
}

// small names only what a link needs; changes replace attributes by dotted path.
func small(changes ...object) object {
	return changed(object{
		"amount": "50.90", "currency": "EUR", "label": "Invoice F-2026-0042", "execution_date_type": "first_open_day",
		"beneficiary": object{"scheme_name": "iban", "identification": frenchIBAN, "label": "Acme SAS"},
		"beneficiary_identity": object{
			"kind": "corporate", "scheme_name": "siren", "identification": siren,
		},
		"payer_identity": object{"first_name": "Planted", "last_name": `Ärger & "Söhne" <x>`},
	}, changes)
}

// full names every argument.
func full(changes ...object) object {
	return changed(object{
		"amount": "9.5", "currency": "GBP", "label": "Order 4711\nsecond line", "execution_date_type": "instant", "reference_id": "E2E-4711",
		"beneficiary": object{"scheme_name": "sort_code_account_number", "identification": "20000055779911", "label": "Acme Ltd", "issuer": "BARCGB22"},
		"payer":       object{"scheme_name": "iban", "identification": germanIBAN, "label": "Planted Ärger", "issuer": "COBADEFFXXX"},
		"beneficiary_identity": whole(object{
			"kind": "non_profit", "scheme_name": "rna", "identification": "W751234567", "issuer": "Préfecture de Paris",
		}),
		"payer_identity":    whole(object{"kind": "individual", "scheme_name": "passport_number", "identification": "12AB34567", "issuer": "Verborgen"}),
		"operator_identity": whole(object{"kind": "government", "scheme_name": "incorporation_number", "identification": "HRB 1234", "issuer": "AG Köln"}),
		"redirect":          true, "redirect_uri": "https://shop.example.com/thanks", "redirect_state": "order-4711",
	}, changes)
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
	return changed(small(object{"redirect_uri": "https://shop.example.com/thanks", "redirect_state": ""}), changes)
}

// shapes are the kinds of configuration.
var shapes = map[string]func(...object) object{"small": small, "full": full, "redirecting": redirecting}

func changed(config object, changes []object) object {
	for _, change := range changes {
		for _, path := range slices.Sorted(maps.Keys(change)) {
			config = with(config, path, change[path])
		}
	}
	return config
}

// with is a copy of config with another value at a dotted path.
func with(config object, path string, value any) object {
	return put(config, strings.Split(path, "."), value).(object)
}

func put(in any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	out := object{}
	if in, ok := in.(object); ok {
		out = maps.Clone(in)
	}
	out[path[0]] = put(out[path[0]], path[1:], value)
	return out
}

// at is the value of a dotted path.
func at(in any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		o, ok := in.(object)
		if !ok {
			return nil
		}
		in = o[name]
	}
	return in
}

// leaves are the dotted paths of everything in a configuration that is no object.
func leaves(prefix string, in any) []string {
	o, ok := in.(object)
	if !ok {
		return []string{prefix}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		out = append(out, leaves(strings.TrimPrefix(prefix+"."+name, "."), o[name])...)
	}
	return out
}

// top is the first part of a dotted path.
func top(path string) string {
	name, _, _ := strings.Cut(path, ".")
	return name
}

// equal compares a configured value with one of a state, which holds numbers as text.
func equal(written, held any) bool {
	if n, ok := written.(int); ok {
		written = strconv.Itoa(n)
	}
	return written == held
}
