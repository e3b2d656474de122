package conomy_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"

// lastName is payer data with every character that an echo writes in another way.
const lastName = `Planted Ärger & "Söhne" <GmbH>`

// small is a link of what is required, after the vendor's own recipe; changes replace attributes by dotted path.
func small(changes ...object) object {
	return tfconfig.Changed(object{
		"checkout_token":          "invoice-1001",
		"currency":                "CLP",
		"items":                   list{object{"pre_tax_amount": "49990", "total_amount": "49990", "description": "Annual plan"}},
		"payment_methods_allowed": list{"ETPAY", "WEBPAY"},
		"destinations":            list{object{"amount": "49990", "account": object{"account_number": "000123456789", "type": "CHECKING", "currency": "CLP", "account_holder": "Example SpA"}}},
		"duration":                86400,
		"owner":                   object{"identity_id": "65f0c0ffee65f0c0ffee65f0"},
	}, changes...)
}

// full names every argument.
func full(changes ...object) object {
	return tfconfig.Changed(object{
		"checkout_token": "order-7",
		"currency":       "USD",
		"items": list{
			object{
				"pre_tax_amount": "100.00", "total_amount": "119.00", "description": "Workshop",
				"tax": object{"name": "IVA", "type": "PERCENTAGE", "value": "19", "amount": "19.00"},
			},
			object{
				"pre_tax_amount": "9.50", "total_amount": "10.50", "description": "Handbook",
				"tax": object{"name": "Levy", "type": "FIXED", "value": "1.00", "amount": "1.00"},
			},
		},
		"payment_methods_allowed": list{"CARD", "PSE"},
		"customer": object{
			"id": "planted-77", "first_name": "Zoë", "last_name": lastName, "email": "payer@planted.example", "phone_number": "3001234567",
			"phone_number_prefix": "+57", "document_type": "CED_CIU", "document_number": "1020304050",
			"address": object{
				"administrative_area_level1": "Antioquia", "administrative_area_level2": "Medellín", "administrative_area_level3": "El Poblado",
				"street": "PlantedStreet", "street_number": "10-20", "optional_address": "Apto 4", "country": "COL", "zipcode": "050021",
			},
		},
		"destinations": list{
			object{
				"name": "shop", "type": "ACCOUNT", "external_id": "dest-1", "amount": "100.00", "currency": "USD", "identity": object{"identity_id": "planted-id"},
				"metadata": object{"image": "https://shop.example/logo.png", "description": "The shop", "category": "books"},
				"account":  object{"account_number": "111", "type": "CHECKING", "currency": "USD", "account_holder": "Shop SAS"},
			},
			object{
				"name": "tax office", "type": "ACCOUNT", "external_id": "dest-2", "amount": "29.50",
				"metadata": object{"image": "https://shop.example/tax.png", "description": "Taxes", "category": "tax"},
				"account":  object{"account_number": "222", "type": "ESCROW", "currency": "USD", "account_holder": "Taxes SAS"},
			},
		},
		"duration":              3600,
		"customer_requirements": list{"firstName", "email"},
		"owner": object{
			"identity_id": "65f0c0ffee65f0c0ffee65f1", "name": "Ana", "lastname": "Rojas", "nickname": "ana", "document_number": "900123456",
			"entity_type": "ORGANIZATION",
		},
		"success_url": "https://shop.example/thanks",
		"failed_url":  "https://shop.example/sorry",
		"activate":    false,
	}, changes...)
}
