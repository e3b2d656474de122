package powens_test

import (
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

var secrecy = drivertest.Secrecy{
	PayerShape: drivertest.Shape{Name: "full", Config: full()}, PayerName: "payer_identity.last_name",
	Bodies: []string{`{"code":"%[1]s","description":"%[1]s","message":"%[1]s","request_id":"%[1]s"}`},
	Sensitive: slices.Concat(
		[]string{"payer.identification", "payer.label"}, sensitive("beneficiary_identity"), sensitive("payer_identity"), sensitive("operator_identity"),
	),
	SensitiveSettings: []string{"client_secret", "token"},
	Values: map[string]string{
		"payer.identification": "FR7630006000011234567890189", "birth_country": "ZW", "birth_date": "1977-03-29", "payer_identity.scheme_name": "national_id_number", "beneficiary_identity.scheme_name": "euid",
		"operator_identity.scheme_name": "incorporation_number",
	},
}

// sensitive are the fields of an identity of a payer, which the contract calls sensitive (contract 4.2).
func sensitive(identity string) []string {
	var out []string
	for _, field := range []string{
		"first_name", "last_name", "birth_city", "birth_country", "birth_date", "nationality", "postal_address", "email", "scheme_name",
		"identification", "issuer", "ultimate_owner_text", "ultimate_owner_extra_text", "pep", "org_hq_address", "org_business_address",
	} {
		out = append(out, identity+"."+field)
	}
	return out
}
