package conomy_test

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

// The texts of the published sample are all "text", but for amounts and the URL, which would not be read; its destination has a null type.
var samples = []drivertest.Sample{{File: "published_link.json", ID: "text", Attributes: publishedAttributes()}}

func publishedAttributes() object {
	text := func(names ...string) object {
		out := object{}
		for _, name := range names {
			out[name] = "text"
		}
		return out
	}
	customer := text("first_name", "email", "last_name", "phone_number", "phone_number_prefix", "document_type", "document_number")
	customer["id"] = nil // the page does not have it
	customer["address"] = text("administrative_area_level1", "administrative_area_level2", "administrative_area_level3", "street", "street_number",
		"optional_address", "country", "zipcode")
	return object{
		"id": "text", "url": "https://checkout.conomyhq.com/text", "state": "open", "replace_when": list{"revoked"}, "renew_before": nil, "replace_paid": false, "on_destroy": "revoke", "timeouts": nil,
		"checkout_token": "text", "currency": "text", "status": "ATTEMPT", "activate": false, "duration": "1",
		"items": list{object{
			"pre_tax_amount": "1", "total_amount": "1", "description": "text",
			"tax": object{"name": "text", "type": "FIXED", "value": "1", "amount": "1"},
		}},
		"pre_tax_amount": "1", "total_amount": "1", "payment_methods_allowed": list{"CARD"}, "customer": customer,
		"created_at": "2025-12-05T21:58:58.111Z", "expires_at": "2025-12-05T21:58:59.111Z",
		"destinations": list{object{
			"name": "text", "type": "ACCOUNT", "external_id": "text", "amount": "1", "currency": nil, "identity": nil, "metadata": text("image", "description", "category"),
			"account": object{"type": "CHECKING", "currency": "text", "account_number": "text", "account_holder": "text"},
		}},
		"customer_requirements": list{"firstName"},
		"owner":                 text("identity_id", "name", "lastname", "nickname", "document_number", "entity_type"),
		"success_url":           "text", "failed_url": "text",
	}
}

var created = map[string]object{
	"small": {
		"status": "ATTEMPT", "activate": false, "created_at": descriptor.Present, "expires_at": descriptor.Present, "total_amount": "49990", "destinations.0.type": "ACCOUNT",
	},
	"full": {"status": "ATTEMPT", "activate": false, "total_amount": "129.50", "customer.last_name": lastName},
}
