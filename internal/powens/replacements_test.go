package powens_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

var (
	operator      = object{"first_name": "Planted", "last_name": "Söhne"}
	frenchAccount = object{"scheme_name": "iban", "identification": frenchIBAN, "label": "X"}
)

var replacements = drivertest.Replacements{
	Others: map[string]object{"full": {
		"amount": "9.51", "currency": "EUR", "execution_date_type": "first_open_day", "beneficiary": frenchAccount, "payer": frenchAccount,
		"beneficiary.scheme_name": "iban", "payer.scheme_name": "sort_code_account_number", "beneficiary_identity": operator, "payer_identity": operator, "operator_identity": operator,
		"beneficiary_identity.kind": "corporate", "payer_identity.kind": "corporate", "operator_identity.kind": "corporate",
	}},
	Pairs: map[string]drivertest.Replacement{
		"a payer more":          drivertest.Replace(small(), withPayer(), "payer"),
		"a payer less":          drivertest.Replace(withPayer(), small(), "payer"),
		"an operator more":      drivertest.Replace(small(), small(object{"operator_identity": operator}), "operator_identity"),
		"an operator less":      drivertest.Replace(small(object{"operator_identity": operator}), small(), "operator_identity"),
		"a redirect more":       drivertest.Replace(small(), redirecting(), "redirect", "redirect_uri"),
		"a redirect less":       drivertest.Replace(redirecting(), small(), "redirect", "redirect_uri"),
		"another address":       drivertest.Replace(redirecting(), redirecting(object{"redirect_uri": "https://shop.example.com/done"}), "redirect_uri"),
		"a state":               drivertest.Replace(redirecting(), redirecting(object{"redirect_state": "x"}), "redirect_state"),
		"a reference":           drivertest.Replace(small(), small(object{"reference_id": "E2E-1"}), "reference_id"),
		"an issuer":             drivertest.Replace(small(), small(object{"beneficiary.issuer": "PSSTFRPPPAR"}), "beneficiary"),
		"a first email address": drivertest.Replace(small(), small(object{"payer_identity.email": "planted@example.com"}), "payer_identity"),
		"a user more":           drivertest.Replace(small(), small(object{"payer_identity.id_user": 7}), "payer_identity"),
		"a user less":           drivertest.Replace(small(object{"payer_identity.id_user": 7}), small(), "payer_identity"),
		"a name less":           drivertest.Replace(small(object{"beneficiary_identity.org_name": "Acme"}), small(), "beneficiary_identity"),
		"a kind left out":       drivertest.Replace(small(), small(object{"beneficiary_identity": operator}), "beneficiary_identity"),
		"two at once":           drivertest.Replace(small(), small(object{"label": "New", "amount": "1"}), "amount", "label"),
	},
}
