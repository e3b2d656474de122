package qonto_test

import (
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const price, rate, gross = "items.0.unit_price.value", "items.0.vat_rate", "amount.value"

// shapeless has what every link needs.
var shapeless = object{"potential_payment_methods": list{"credit_card"}}

// expecting is a basket of which a gross is expected.
func expecting(value string) object {
	return basket(object{"amount": object{"value": value, "currency": "EUR"}})
}

var input = drivertest.Input{
	Invalid: map[string]drivertest.Expectation{
		"three decimals":             expect(basket(object{price: "10.995"}), price, "decimals"),
		"three decimals, 2nd item":   expect(fullBasket(object{"items.1.unit_price.value": "0.001"}), "items.1.unit_price.value", "decimals"),
		"price in words":             expect(basket(object{price: "ten"}), price, "decimal number"),
		"price with a comma":         expect(basket(object{price: "10,99"}), price, "comma"),
		"price with an exponent":     expect(basket(object{price: "1e2"}), price, "exponent"),
		"price with a sign":          expect(basket(object{price: "+1"}), price, "plus"),
		"price with a blank":         expect(basket(object{price: " 10.99"}), price, "whitespace"),
		"empty price":                expect(basket(object{price: ""}), price, "empty"),
		"infinite price":             expect(basket(object{price: "Inf"}), price, "decimal number"),
		"euros in lower case":        expect(basket(object{"items.0.unit_price.currency": "eur"}), "items.0.unit_price.currency", "ISO 4217"),
		"disagreeing amount":         expect(expecting("13.32"), gross, "13.30"),
		"amount of zero":             expect(invoice(object{gross: "0"}), gross, "greater than zero"),
		"negative amount":            expect(invoice(object{gross: "-5"}), gross, "greater than zero"),
		"a discount of all":          expect(fullBasket(object{"items.1.unit_price.value": "-500"}), "items", "more than zero"),
		"vat_rate 101":               expect(basket(object{rate: "101"}), rate, "0 to 100"),
		"vat_rate 100.01":            expect(basket(object{rate: "100.01"}), rate, "0 to 100"),
		"vat_rate negative":          expect(basket(object{rate: "-1"}), rate, "0 to 100"),
		"vat_rate with percent sign": expect(basket(object{rate: "20%"}), rate, "decimal number"),
		"vat_rate with an exponent":  expect(basket(object{rate: "2e1"}), rate, "exponent"),
		"no items in the list":       expect(basket(object{"items": list{}}), "items", "at least 1"),
		"empty title":                expect(basket(object{"items.0.title": ""}), "items.0.title", "at least 1"),
		"nothing to pay":             expect(basket(object{price: "0.00"}), "items", "more than zero"),
		"amount of whole euros":      expect(expecting("2"), gross, "`amount` is 2.00"),
		"amount without VAT":         expect(expecting("10.99"), gross, "13.30"),
		"amount of three decimals":   expect(expecting("13.299"), gross, "decimals"),
		"amount in words":            expect(invoice(object{gross: "five"}), gross, "decimal number"),
		"amount with an exponent":    expect(invoice(object{gross: "1e2"}), gross, "exponent"),
		"invoice of three decimals":  expect(invoice(object{gross: "0.001"}), gross, "decimals"),
		"both shapes: id":            expect(basket(object{"invoice_id": invoiceID}), "invoice_id", "either a basket or an invoice"),
		"both shapes: number":        expect(basket(object{"invoice_number": "F-1"}), "invoice_number", "either a basket or an invoice"),
		"both shapes: debitor":       expect(basket(object{"debitor_name": debitor}), "debitor_name", "either a basket or an invoice"),
		"neither shape":              expect(shapeless, "items", "`items`"),
		"neither shape, reusable":    expect(tfconfig.Changed(shapeless, object{"reusable": true}), "items", "`items`"),
		"neither shape, amount":      expect(tfconfig.Changed(shapeless, object{"amount": object{"value": "5", "currency": "EUR"}}), "items", "`items`"),
		"no invoice id":              expect(invoice(object{"invoice_id": nil}), "invoice_id", "missing"),
		"empty invoice id":           expect(invoice(object{"invoice_id": ""}), "invoice_id", "at least 1"),
		"no invoice number":          expect(invoice(object{"invoice_number": nil}), "invoice_number", "missing"),
		"empty invoice number":       expect(invoice(object{"invoice_number": ""}), "invoice_number", "at least 1"),
		"no invoice amount":          expect(invoice(object{"amount": nil}), "amount", "missing"),
		"no amount value":            expect(invoice(object{gross: nil}), gross, "missing"),
		"no amount currency":         expect(invoice(object{"amount.currency": nil}), "amount.currency", "missing"),
		"no debitor":                 expect(invoice(object{"debitor_name": nil}), "debitor_name", "debitor_name"),
		"empty debitor":              expect(invoice(object{"debitor_name": ""}), "debitor_name", "debitor_name"),
		"reusable missing":           expect(basket(object{"reusable": nil}), "reusable", "reusable"),
		"unknown on_destroy":         expect(basket(object{"on_destroy": "delete"}), "on_destroy", "revoke"),
		"unknown replace_when":       expect(basket(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"),
		"id written":                 expect(basket(object{"id": invoiceID}), "id", "read-only"),
		"status written":             expect(basket(object{"status": "open"}), "status", "read-only"),
	},
	Doubtful: map[string]drivertest.Expectation{ // most likely meant in percent, but 0.9 % does exist
		"quantity 1.5":          expect(basket(object{"items.0.quantity": 1.5}), "items.0.quantity", "1.5"),
		"a line of quantity -1": expect(fullBasket(object{"items.1.quantity": -1}), "items.1.quantity", "-1"),
		"a line below zero":     expect(fullBasket(object{"items.1.unit_price.value": "-9.90"}), "items.1.unit_price.value", "-9.9"),
		"dollars":               expect(invoice(object{"amount.currency": "USD"}), "amount.currency", "EUR", "USD"),
		"an item in dollars":    expect(basket(object{"items.0.unit_price.currency": "USD"}), "items.0.unit_price.currency", "EUR", "USD"),
		"no methods in the set": expect(basket(object{"potential_payment_methods": list{}}), "potential_payment_methods", "nobody"),
		"reusable invoice":      expect(invoice(object{"reusable": true}), "reusable", "only one payment"),
		"vat_rate 0.20":         expect(basket(object{rate: "0.20"}), rate, "20", "%"),
		"vat_rate 0.9":          expect(basket(object{rate: "0.9"}), rate),
		"vat_rate 0.001":        expect(basket(object{rate: "0.001"}), rate),
	},
	Valid: map[string]object{
		"zeros after two decimals": basket(object{"items.0.unit_price.value": "10.9900"}),
		"vat_rate 0":               basket(object{"items.0.vat_rate": "0"}),
		"vat_rate 100":             basket(object{"items.0.vat_rate": "100"}),
		"one free item of two":     fullBasket(object{"items.1.unit_price.value": "0"}),
		"a cent":                   basket(object{"items.0.unit_price.value": "0.01", "items.0.vat_rate": "0"}),
		"amount rounded down":      basket(object{"amount": object{"value": "13.30", "currency": "EUR"}}),
		"a long title":             basket(object{"items.0.title": strings.Repeat("é", 255)}),
		"a large quantity":         basket(object{"items.0.quantity": 1000000}),
		"an undocumented type":     basket(object{"items.0.type": "voucher"}),
		"an undocumented method":   basket(object{"potential_payment_methods": list{"bank_transfer"}}),
		"empty debitor in basket":  basket(object{"debitor_name": ""}),
		"vat_rate 0.00":            basket(object{rate: "0.00"}),
		"vat_rate 1":               basket(object{rate: "1"}),
	},
}
