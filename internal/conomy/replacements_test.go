package conomy_test

import (
	"slices"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

var otherAccount = object{"account_number": "333", "type": "SAVINGS", "currency": "USD", "account_holder": "Other SAS"}

var fullItems, fullDestinations = full()["items"].(list), full()["destinations"].(list)

var replacements = drivertest.Replacements{
	Others: map[string]object{"full": {
		"currency": "COP", "payment_methods_allowed": list{"CARD"}, "customer_requirements": list{"email"}, "items": fullItems[:1],
		"items.0":              object{"pre_tax_amount": "1", "total_amount": "1", "description": "Other"},
		"items.0.total_amount": "119.01", "items.0.pre_tax_amount": "100.01",
		"items.0.tax": nil, "items.0.tax.type": "FIXED", "items.0.tax.value": "19.5", "items.0.tax.amount": "19.01",
		"customer": nil, "customer.address": nil,
		"destinations": fullDestinations[1:], "destinations.0": object{"amount": "100.00", "account": otherAccount},
		"destinations.0.amount": "100.01", "destinations.0.metadata": nil, "destinations.0.account": otherAccount, "destinations.0.currency": "COP", "destinations.0.identity": object{"identity_id": "other"},
		"destinations.0.account.type": "FEE", "destinations.0.account.currency": "COP",
		"owner": object{"identity_id": "other"},
	}},
	Removed: map[string][]string{"full": {
		"customer", "customer.address", "items.0.tax", "destinations.0.metadata", "destinations.0.external_id", "destinations.0.currency", "destinations.0.identity", "success_url", "failed_url", "customer_requirements",
	}},
	Pairs: map[string]drivertest.Replacement{
		"a grown list": drivertest.Replace(full(), full(object{
			"items": append(slices.Clone(fullItems), object{"pre_tax_amount": "0", "total_amount": "0", "description": "Gift"}),
		}), "items"),
		"a shrunk list":        drivertest.Replace(full(), full(object{"items": fullItems[:1], "destinations.1.amount": "19.00"}), "destinations", "items"),
		"swapped items":        drivertest.Replace(full(), full(object{"items": list{fullItems[1], fullItems[0]}}), "items"),
		"swapped destinations": drivertest.Replace(full(), full(object{"destinations": list{fullDestinations[1], fullDestinations[0]}}), "destinations"),
		"a method more":        drivertest.Replace(full(), full(object{"payment_methods_allowed": list{"CARD", "NEQUI", "PSE"}}), "payment_methods_allowed"),
		"a tax where none was": drivertest.Replace(small(), small(object{
			"items.0.pre_tax_amount": "42008", "items.0.tax": object{"name": "IVA", "type": "PERCENTAGE", "value": "19", "amount": "7982"},
		}), "items"),
		"a customer where none was": drivertest.Replace(small(), small(object{"customer.email": "payer@planted.example"}), "customer"),
		"another token":             drivertest.Replace(small(), small(object{"checkout_token": "invoice-1002"}), "checkout_token"),
		"two at once":               drivertest.Replace(small(), small(object{"duration": 60, "owner.name": "Other"}), "duration", "owner"),
	},
}
