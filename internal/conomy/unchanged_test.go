package conomy_test

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

// fillable are the attributes that the vendor may fill in.
var fillable = []string{
	"destinations.0.name", "destinations.0.account.type", "destinations.0.account.currency", "destinations.0.account.account_holder",
	"owner.name", "owner.lastname", "owner.nickname", "owner.document_number", "owner.entity_type",
}

var unchanged = drivertest.Unchanged{
	Rewritten: [][2]object{
		{small(), small(object{"items.0.pre_tax_amount": "49990.00", "items.0.total_amount": "49990.0"})}, {small(), small(object{"destinations.0.amount": "049990"})},
		{small(), small(object{"payment_methods_allowed": list{"WEBPAY", "ETPAY"}})}, {small(), small(object{"destinations.0.type": "ACCOUNT"})},
		{small(), small(object{"activate": false})},
		{full(), full(object{"items.0.total_amount": "119", "items.0.tax.amount": "19.0", "items.0.tax.value": "19.00"})}, {full(), full(object{"items.1.pre_tax_amount": "009.5"})},
		{full(), full(object{"destinations.1.amount": "29.500"})}, {full(), full(object{"customer_requirements": list{"email", "firstName"}})}, {full(), full(object{"activate": nil})},
	},
	// An empty value where the state has null cannot plan as null: Terraform's core wants the configuration's value.
	InPlace: [][2]object{
		{small(), small(object{"customer": object{}})}, {small(), small(object{"customer": object{"address": object{}}})}, {small(), small(object{"customer": object{"email": ""}})},
		{small(), small(object{"customer_requirements": list{}})}, {small(), small(object{"success_url": "", "failed_url": ""})},
		{small(), small(object{"destinations.0.external_id": ""})}, {small(), small(object{"destinations.0.name": ""})}, {small(), small(object{"owner.name": ""})},
	},
	Kept:         []string{"destinations.0.type", "destinations.1.type"},
	NeverEmpty:   []string{"destinations.0.account.type", "destinations.0.type"},
	FillSwitches: `{"destination_name":true,"fill_account":true,"fill_owner":true}`, Filled: fillable,
}
