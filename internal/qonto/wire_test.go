package qonto_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

const strict = `{"strict_unknown_fields":true}`

var wire = drivertest.Wire{
	Calls: map[string]string{
		"create": "POST /v2/payment_links", "get": "GET /v2/payment_links/{id}", "deactivate": "PATCH /v2/payment_links/{id}/deactivate",
	},
	Headers: func(env map[string]string) map[string]string {
		return map[string]string{"Authorization": "Bearer " + env["QONTO_ACCESS_TOKEN"], "X-Qonto-Staging-Token": env["QONTO_STAGING_TOKEN"]}
	},
	IdempotencyHeader: "X-Qonto-Idempotency-Key",
	Bodies: map[string]drivertest.Body{
		"basket":                       {Config: basket(), File: "create_basket_minimal.json", Switches: strict},
		"basket, other zeros":          {Config: basket(object{"items.0.unit_price.value": "10.990"}), File: "create_basket_minimal.json"},
		"basket, empty optional texts": {Config: basket(object{"items.0.type": "", "items.0.description": "", "items.0.measure_unit": ""}), File: "create_basket_minimal.json"},
		"basket, expected gross":       {Config: expecting("13.30"), File: "create_basket_minimal.json", Switches: strict},
		"full basket":                  {Config: fullBasket(), File: "create_basket_full.json", Switches: strict},
		"full basket in fractions": {
			Config: fullBasket(), File: "create_basket_fraction.json", Settings: object{"vat_rate_unit": "fraction"}, Switches: `{"strict_unknown_fields":true,"vat_fraction":true}`,
		},
		"invoice":                 {Config: invoice(), File: "create_invoice.json", Switches: strict},
		"invoice, one zero":       {Config: invoice(object{"amount.value": "1250.0"}), File: "create_invoice.json"},
		"invoice, reusable false": {Config: invoice(object{"reusable": false}), File: "create_invoice.json"},
	},
	Texts: "items.0.title",
}
