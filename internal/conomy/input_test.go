package conomy_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const (
	preTax, total = "items.0.pre_tax_amount", "items.0.total_amount"
	tax, part     = "items.0.tax", "destinations.0.amount"
)

// crypto is in a currency of which nobody knows the decimals.
var crypto = object{"currency": "USDC", preTax: "0.000001", total: "0.000001", part: "0.000001"}

var input = drivertest.Input{
	Invalid: map[string]drivertest.Expectation{
		"negative total":              expect(small(object{preTax: "-49990", total: "-49990", part: "-49990"}), "items", "more than zero"),
		"amount in words":             expect(small(object{preTax: "many"}), preTax, "decimal number"),
		"amount with an exponent":     expect(small(object{part: "1e3"}), part, "exponent"),
		"amount with a comma":         expect(small(object{part: "49.990,00"}), part, "comma"),
		"tax value with percent sign": expect(full(object{"items.0.tax.value": "19%"}), "items.0.tax.value", "decimal number"),
		"empty amount":                expect(small(object{part: ""}), part, "empty"),
		"disagreeing sum":             expect(full(object{"items.0.total_amount": "119.01", part: "100.01"}), "items.0.total_amount", "119"),
		"disagreeing sum, 2nd item":   expect(full(object{"items.1.tax.amount": "1.01"}), "items.1.total_amount", "10.51"),
		"disagreeing without tax":     expect(small(object{total: "49991", part: "49991"}), total, "no tax"),
		"nothing to pay":              expect(small(object{preTax: "0", total: "0", part: "0"}), "items", "more than zero"),
		"too little for destinations": expect(small(object{part: "49989"}), "destinations", "49989", "49990"),
		"too much for destinations":   expect(full(object{"destinations.1.amount": "29.51"}), "destinations", "129.51", "129.5"),
		"a token with a blank":        expect(small(object{"checkout_token": "invoice 1001"}), "checkout_token", "invoice 1001"),
		"a token with a slash":        expect(small(object{"checkout_token": "2026/1001"}), "checkout_token", "2026/1001"),
		"a token with an accent":      expect(small(object{"checkout_token": "año-1"}), "checkout_token", "año-1"),
		"currency QQQ":                expect(small(object{"currency": "QQQ"}), "currency", "ISO 4217"),
		"currency in lower case":      expect(small(object{"currency": "clp"}), "currency", "ISO 4217"),
		"empty currency":              expect(small(object{"currency": ""}), "currency", "ISO 4217"),
		"duration 29":                 expect(small(object{"duration": 29}), "duration", "at least 30"),
		"duration -1":                 expect(small(object{"duration": -1}), "duration", "at least 30"),
		"duration 30.5":               expect(small(object{"duration": 30.5}), "duration", "30.5"),
		"no items":                    expect(small(object{"items": list{}}), "items", "at least 1"),
		"no destinations":             expect(small(object{"destinations": list{}}), "destinations", "at least 1"),
		"no methods":                  expect(small(object{"payment_methods_allowed": list{}}), "payment_methods_allowed", "at least 1"),
		"empty method":                expect(small(object{"payment_methods_allowed": list{""}}), "payment_methods_allowed.*", "empty"),
		"empty requirement":           expect(small(object{"customer_requirements": list{""}}), "customer_requirements.*", "empty"),
		"half a tax":                  expect(small(object{tax: object{"name": "IVA", "type": "FIXED", "value": "0"}}), tax+".amount", "amount"),
		"half of metadata":            expect(small(object{"destinations.0.metadata": object{"image": "x", "description": "y"}}), "destinations.0.metadata.category", "category"),
		"no account number":           expect(small(object{"destinations.0.account": object{"type": "FEE"}}), "destinations.0.account.account_number", "account_number"),
		"empty account number":        expect(small(object{"destinations.0.account.account_number": ""}), "destinations.0.account.account_number", "at least 1"),
		"identity without an id":      expect(small(object{"destinations.0.identity": object{}}), "destinations.0.identity.identity_id", "identity_id"),
		"no owner":                    expect(small(object{"owner": object{"name": "Ana"}}), "owner.identity_id", "identity_id"),
		"empty token":                 expect(small(object{"checkout_token": ""}), "checkout_token", "at least 1"),
		"unknown on_destroy":          expect(small(object{"on_destroy": "fail"}), "on_destroy", "revoke"),
		"unknown replace_when":        expect(small(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"),
		"status written":              expect(small(object{"status": "ACTIVE"}), "status", "read-only"),
		"expires_at written":          expect(small(object{"expires_at": "2030-01-01T00:00:00Z"}), "expires_at", "read-only"),
	},
	Doubtful: map[string]drivertest.Expectation{ // most likely a slip, but no document refuses it
		"negative tax value":   expect(full(object{"items.0.tax.value": "-19"}), "items.0.tax.value", "negative"),
		"undocumented method":  expect(small(object{"payment_methods_allowed": list{"CARD", "VITAWALLET"}}), "payment_methods_allowed.*", "VITAWALLET"),
		"method in lower case": expect(small(object{"payment_methods_allowed": list{"card"}}), "payment_methods_allowed.*", "card"),
		"other requirement":    expect(small(object{"customer_requirements": list{"first_name"}}), "customer_requirements.*", "firstName"),
		"other tax type":       expect(full(object{"items.0.tax.type": "PERCENT"}), "items.0.tax.type", "PERCENTAGE"),
		"other destination":    expect(full(object{"destinations.0.type": "CARD"}), "destinations.0.type", "ACCOUNT"),
		"other account type":   expect(full(object{"destinations.0.account.type": "GIRO"}), "destinations.0.account.type", "CHECKING"),
		"relative address":     expect(small(object{"success_url": "/thanks"}), "success_url", "/thanks"),
		"other scheme":         expect(small(object{"failed_url": "shopapp://sorry"}), "failed_url", "shopapp"),
		"no scheme":            expect(small(object{"failed_url": "shop.example/sorry"}), "failed_url", "shop.example"),
	},
	Valid: map[string]object{
		"crypto":                small(crypto),
		"zeros after whole CLP": small(object{"items.0.pre_tax_amount": "49990.00"}),
		"duration 30":           small(object{"duration": 30}),
		"ten years":             small(object{"duration": 315360000}),
		"a free item of two":    full(object{"items.1": object{"pre_tax_amount": "0", "total_amount": "0", "description": "Gift"}, "destinations.1.amount": "19.00"}),
		"a method added later":  small(object{"payment_methods_allowed": list{"PAGO_MOVIL"}}),
		"an undocumented ID":    full(object{"customer.document_type": "CC"}),
		"a token of all signs":  small(object{"checkout_token": "A.b_c~9-"}),
		"a destination unknown": small(object{part: tfconfig.Unknown}),
		"addresses":             small(object{"success_url": "http://localhost:8080/", "failed_url": "https://x.example/?a=b#c"}),
	},
}

// What is taken all the same is no drift: a method that no document names, a currency of which nobody knows the decimals,
// and an account of which only the recipe's part is written.
func TestUncertainInputIsTaken(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	f.Switch(`{"any_method":true,"lax_account":true,"fill_account":true}`)
	for _, config := range []object{
		small(crypto), small(object{"checkout_token": "other", "payment_methods_allowed": list{"VITAWALLET"}}),
		small(object{"checkout_token": "recipe", "destinations.0": object{"amount": "49990", "currency": "CLP", "identity": object{"identity_id": "x"}, "account": object{"account_number": "1"}}}),
	} {
		state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
		if diags.HasError() {
			t.Fatal(diags)
		}
		if state, diags = f.Refresh(state); len(diags) > 0 {
			t.Error(diags)
		}
		if plan := f.Plan(state, config); plan.Action != protocoltest.Nothing {
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		}
	}
}
