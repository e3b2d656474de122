package qonto_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

var unchanged = drivertest.Unchanged{
	Rewritten: [][2]object{
		{basket(), basket(object{"items.0.unit_price.value": "10.990"})}, {basket(), basket(object{"items.0.unit_price.value": "010.99"})},
		{basket(), basket(object{"items.0.vat_rate": "21"})}, {basket(), basket(object{"items.0.vat_rate": "21.00"})}, {basket(), basket(object{"items.0.vat_rate": "021.0"})},
		// Beside items, amount is only an expectation.
		{basket(), expecting("13.30")}, {basket(), expecting("13.3")}, {basket(), basket(object{"amount": object{"value": "13.300", "currency": nil}})},
		{basket(), basket(object{"amount": object{"value": nil, "currency": "EUR"}})}, {basket(), basket(object{"amount": object{}})},
		{basket(), basket(object{"items.0.unit_price.value": "10.9900", "items.0.vat_rate": "21.000", "amount": object{"value": "0013.30", "currency": "EUR"}})},
		{fullBasket(), fullBasket(object{"potential_payment_methods": list{"paypal", "credit_card"}})},
		{fullBasket(), fullBasket(object{"items.0.unit_price.value": "149.5", "items.1.unit_price.value": "9.9000"})},
		{fullBasket(), fullBasket(object{"items.0.vat_rate": "20.000", "items.1.vat_rate": "5.50"})},
		{fullBasket(), fullBasket(object{"reusable": false})},
		{invoice(), invoice(object{"amount.value": "1250"})}, {invoice(), invoice(object{"amount.value": "1250.0"})}, {invoice(), invoice(object{"amount.value": "01250.000"})},
		{invoice(), invoice(object{"reusable": nil})}, {invoice(), invoice(object{"reusable": false})},
	},
	// "" where the state has null cannot plan as null: Terraform's core wants the configuration's value.
	InPlace: [][2]object{
		{basket(), basket(object{"items.0.type": ""})}, {basket(), basket(object{"items.0.description": ""})}, {basket(), basket(object{"items.0.measure_unit": ""})},
		{basket(), basket(object{"debitor_name": ""})},
	},
	Needed:       []string{"reusable", "amount.value", "amount.currency"},
	FillSwitches: `{"omitted_item_fields":"defaults"}`, Filled: []string{"items.0.type", "items.0.measure_unit"},
}
