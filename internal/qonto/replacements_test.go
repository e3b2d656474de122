package qonto_test

import (
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

var replacements = drivertest.Replacements{
	Others: map[string]object{
		"full basket": {
			"potential_payment_methods": list{"credit_card"}, "items.0.unit_price.value": "149.51", "items.0.vat_rate": "19.9",
			"items.0.unit_price": object{"value": "1.00", "currency": "EUR"},
			// The only other currencies are refused by validation; that they would replace is shown all the same.
			"items.0.unit_price.currency": "USD",
			"items.0": object{
				"title": "Seminar", "quantity": 1, "unit_price": object{"value": "1.00", "currency": "EUR"}, "vat_rate": "0",
			},
			"items": list{object{
				"title": "Workshop", "quantity": 2, "unit_price": object{"value": "149.50", "currency": "EUR"}, "vat_rate": "20",
			}},
		},
		"invoice": {
			"potential_payment_methods": list{"paypal"}, "amount.value": "1250.01", "amount": object{"value": "1.00", "currency": "EUR"}, "amount.currency": "USD",
			"reusable": true, // refused by validation beside an invoice
		},
	},
	Pairs: map[string]drivertest.Replacement{
		"a shrunk list":           drivertest.Replace(fullBasket(), fullBasket(object{"items": fullItems[:1]}), "items"),
		"a list without its head": drivertest.Replace(fullBasket(), fullBasket(object{"items": fullItems[1:]}), "items"),
		"a grown list":            drivertest.Replace(fullBasket(), fullBasket(object{"items": append(slices.Clone(fullItems), fullItems[0])}), "items"),
		"a swapped list":          drivertest.Replace(fullBasket(), fullBasket(object{"items": list{fullItems[1], fullItems[0]}}), "items"),
		"a method more":           drivertest.Replace(fullBasket(), fullBasket(object{"potential_payment_methods": list{"credit_card", "ideal", "paypal"}}), "potential_payment_methods"),
		"another method":          drivertest.Replace(fullBasket(), fullBasket(object{"potential_payment_methods": list{"credit_card", "ideal"}}), "potential_payment_methods"),
		"another title":           drivertest.Replace(basket(), basket(object{"items.0.title": "New"}), "items"),
		"a type where none was":   drivertest.Replace(basket(), basket(object{"items.0.type": "service"}), "items"),
		"two at once":             drivertest.Replace(basket(), basket(object{"items.0.title": "New", "reusable": false}), "items", "reusable"),
		"basket to invoice": drivertest.Replace(basket(), invoice(object{"potential_payment_methods": list{"credit_card"}, "reusable": false}),
			"amount", "debitor_name", "invoice_id", "invoice_number", "items", "reusable"),
		"invoice to basket": drivertest.Replace(invoice(), basket(object{"potential_payment_methods": list{"ideal"}}), "invoice_id", "invoice_number", "items", "reusable"),
		"invoice to basket, amount written": drivertest.Replace(invoice(), basket(object{"reusable": false, "amount": object{"value": "13.30", "currency": "EUR"}}),
			"amount", "invoice_id", "invoice_number", "items", "potential_payment_methods"),
	},
	Excluded: map[string][]string{
		"basket":      {"invoice_id", "invoice_number", "debitor_name"},
		"full basket": {"invoice_id", "invoice_number", "debitor_name"},
		"invoice":     {"items"},
	},
}

var fullItems = fullBasket()["items"].(list)

// What a link of either shape cannot do without is an error of a new link when it is left out, not a replacement that could only fail.
func TestShapeLeftOut(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	bare := basket(object{"items": nil, "reusable": nil})
	f.RequireErrors(f.Plan(protocoltest.State{}, bare).Diagnostics, "items")
	plan := f.Plan(f.Create(basket()), bare)
	if !plan.HasError() && (plan.Action != protocoltest.Replace || !slices.Contains(plan.Because, "items")) {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	unpriced := invoice(object{"amount": nil})
	f.RequireErrors(f.Plan(protocoltest.State{}, unpriced).Diagnostics, "amount", "amount")
	if plan := f.Plan(f.Create(invoice()), unpriced); plan.Action == protocoltest.Replace {
		t.Errorf("an amount left out replaces because of %v", plan.Because)
	}
}
