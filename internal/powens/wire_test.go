package powens_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

var wire = drivertest.Wire{
	Calls: map[string]string{
		"create": "POST /api/payment-links", "get": "GET /api/payment-links/{id}", "revoke": "POST /api/payment-links/{id}:revoke",
	},
	Headers: func(map[string]string) map[string]string {
		return map[string]string{"Authorization": "Bearer service_*"}
	},
	Bodies: map[string]drivertest.Body{
		"small":                   {Config: small(), File: "create_small.json"},
		"small, other zeros":      {Config: small(object{"amount": "050.900"}), File: "create_small.json"},
		"small, redirect false":   {Config: small(object{"redirect": false, "redirect_uri": "", "redirect_state": ""}), File: "create_small.json"},
		"small, the default kind": {Config: small(object{"payer_identity.kind": "individual"}), File: "create_small.json"},
		"small, empty texts":      {Config: small(object{"reference_id": "", "payer_identity.email": "", "beneficiary.issuer": ""}), File: "create_small.json"},
		"yen":                     {Config: small(object{"amount": "12000", "currency": "JPY"}), File: "create_yen.json"},
		"redirect left out":       {Config: redirecting(), File: "create_redirect.json"},
		"redirect written":        {Config: redirecting(object{"redirect": true}), File: "create_redirect.json"},
		"a payer":                 {Config: withPayer(), File: "create_payer.json"},
		"full":                    {Config: full(), File: "create_full.json"},
	},
	Texts: "label",
}
