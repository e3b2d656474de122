package qonto_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"

// debitor is payer data with every character that an echo writes in another way.
const debitor = `Planted Ärger & "Söhne" <GmbH>`

const invoiceID = "0194f1c2-5d0a-7c11-9e21-6a1f0f0c7a11"

// basket is the smallest basket link; changes replace attributes by dotted path.
func basket(changes ...object) object {
	return tfconfig.Changed(object{
		"potential_payment_methods": list{"credit_card"},
		"reusable":                  true,
		"items": list{object{
			"title": "Item 1", "quantity": 1, "unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
		}},
	}, changes...)
}

// fullBasket names every argument of a basket.
func fullBasket(changes ...object) object {
	return tfconfig.Changed(object{
		"potential_payment_methods": list{"credit_card", "paypal"},
		"reusable":                  false,
		"items": list{
			object{
				"title": "Workshop", "quantity": 2, "unit_price": object{"value": "149.50", "currency": "EUR"}, "vat_rate": "20",
				"type": "service", "description": "Two days in Lyon", "measure_unit": "day",
			},
			object{
				"title": "Handbook", "quantity": 3, "unit_price": object{"value": "9.90", "currency": "EUR"}, "vat_rate": "5.5",
				"type": "good", "description": "Printed", "measure_unit": "unit",
			},
		},
	}, changes...)
}

func invoice(changes ...object) object {
	return tfconfig.Changed(object{
		"potential_payment_methods": list{"ideal"},
		"invoice_id":                invoiceID,
		"invoice_number":            "F-2026-0042",
		"debitor_name":              debitor,
		"amount":                    object{"value": "1250.00", "currency": "EUR"},
	}, changes...)
}
