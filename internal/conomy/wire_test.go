package conomy_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

const strict = `{"strict_unknown_fields":true}`

var emptied = object{"customer": object{"id": "", "address": object{"street": ""}}, "customer_requirements": list{}, "success_url": "", "failed_url": ""}

var wire = drivertest.Wire{
	Calls: map[string]string{
		"create": "POST /payment-links", "get": "GET /payment-links/{id}", "activate": "POST /payment-links/{id}/activate", "delete": "DELETE /payment-links/{id}",
	},
	Headers: func(env map[string]string) map[string]string {
		return map[string]string{"Authorization": "Bearer eyJ*", "X-Api-Key": env["CONOMY_API_KEY"], "Conomyhq-Api-Version": "24-04-2025"}
	},
	Bodies: map[string]drivertest.Body{
		"small":                 {Config: small(), File: "create_small.json", Switches: strict},
		"small, emptied":        {Config: small(emptied), File: "create_small.json", Switches: strict},
		"small, type written":   {Config: small(object{"destinations.0.type": "ACCOUNT"}), File: "create_small.json"},
		"small, empty customer": {Config: small(object{"customer": object{}}), File: "create_small.json"},
		"full":                  {Config: full(), File: "create_full.json", Switches: strict},
	},
	Texts: "items.0.description",
}
