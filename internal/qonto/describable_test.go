package qonto_test

import (
	"encoding/json"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Whatever exists at the vendor can be imported, and the configuration that an engine generates from it is accepted and plans nothing.
func TestWhateverExistsCanBeDescribed(t *testing.T) {
	t.Parallel()
	published := object{}
	if err := json.Unmarshal([]byte(drivertest.Testdata("published_link.json")), &published); err != nil {
		t.Fatal(err)
	}
	line := func(changes object) object {
		return tfconfig.Changed(object{"title": "x", "quantity": 1, "unit_price": object{"value": "100.00", "currency": "EUR"}, "vat_rate": "20"}, changes)
	}
	bill := object{
		"items": nil, "resource_type": "Invoice", "invoice_id": invoiceID, "invoice_number": "F-1", "debitor_name": "Ada Rossi", "amount": object{"value": "119.00", "currency": "EUR"},
	}
	for name, changes := range map[string]object{
		"quantity 1.5":         {"items": list{line(object{"quantity": 1.5})}, "amount": object{"value": "180.00", "currency": "EUR"}},
		"quantity 0":           {"items": list{line(object{"quantity": 0})}, "amount": object{"value": "0.00", "currency": "EUR"}},
		"a discount":           {"items": list{line(nil), line(object{"unit_price.value": "-30.00"})}, "amount": object{"value": "84.00", "currency": "EUR"}},
		"a credit":             {"items": list{line(object{"quantity": -1})}, "amount": object{"value": "-120.00", "currency": "EUR"}},
		"another currency":     {"items": list{line(object{"unit_price.currency": "USD"})}, "amount": object{"value": "120.00", "currency": "USD"}},
		"no currency of today": {"items": list{line(object{"unit_price.currency": "eur"})}, "amount": object{"value": "120.00", "currency": "FRF"}},
		"three decimals":       {"items": list{line(object{"unit_price.value": "10.995"})}, "amount": object{"value": "13.194", "currency": "EUR"}},
		"a rate above 100":     {"items": list{line(object{"vat_rate": "2100"})}, "amount": object{"value": "1.00", "currency": "EUR"}},
		"another gross":        {"items": list{line(nil)}, "amount": object{"value": "777.00", "currency": "EUR"}},
		"no methods":           {"potential_payment_methods": list{}},
		"an unknown method":    {"potential_payment_methods": list{"sepa_credit_transfer", ""}},
		"a reusable invoice":   tfconfig.Changed(bill, object{"reusable": true}),
		"an invoice of 0":      tfconfig.Changed(bill, object{"amount.value": "0"}),
		"both shapes":          {"invoice_id": invoiceID, "invoice_number": "F-1", "debitor_name": "Ada Rossi"},
		"neither shape":        {"items": nil},
		"no items":             {"items": list{}},
	} {
		f := newFixture(t)
		seed, err := json.Marshal(tfconfig.Changed(published, changes))
		if err == nil {
			err = f.API().Seed(seed)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		results, diags := f.Server.List(t.Context(), typePrefix, protocoltest.ListRequest{IncludeResource: true})
		if len(diags) > 0 || len(results) != 1 {
			t.Fatalf("%s: %d links, %s", name, len(results), diags)
		}
		imported, diags := f.Server.ImportListed(results[0])
		config := f.Server.GeneratedConfig(results[0])
		said := append(diags, f.Validate(config)...)
		plan := f.Plan(imported, config)
		if said = append(said, plan.Diagnostics...); len(said) > 0 || plan.Action != protocoltest.Nothing {
			t.Errorf("%s: %s because of %v: %s", name, plan.Action, plan.Because, said)
		}
	}
}
