package qonto_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const publishedID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

// published is the configuration that describes the vendor's published sample.
func published(changes ...object) object {
	return tfconfig.Changed(object{
		"potential_payment_methods": list{"credit_card"}, "reusable": true,
		"items": list{object{
			"title": "Item 1", "type": "good", "description": "Item 1 description", "quantity": 1, "measure_unit": "unit",
			"unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
		}},
	}, changes...)
}

var samples = []drivertest.Sample{sample(""), sample(`{"wrap_get":true}`)}

func sample(switches string) drivertest.Sample {
	return drivertest.Sample{
		File: "published_link.json", ID: publishedID, Switches: switches,
		Attributes: object{
			"id": publishedID, "url": "https://pay.qonto.com/019788b3-57ab-727c-b26e-86b95c16e93f?resource_id=4c56f862-6117-4b20-a3e3-7fa6fccea029",
			"state": "open", "replace_when": list{"revoked"}, "renew_before": nil, "replace_paid": false, "on_destroy": "revoke", "timeouts": nil,
			"potential_payment_methods": list{"credit_card"},
			"items": list{object{
				"title": "Item 1", "type": "good", "description": "Item 1 description", "quantity": "1", "measure_unit": "unit",
				"unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
			}},
			"reusable": true, "invoice_id": nil, "invoice_number": nil, "debitor_name": nil, "amount": object{"value": "13.30", "currency": "EUR"}, "status": "open",
			"resource_type": nil, // the early text that the sample is from does not have it
			"created_at":    "2021-01-01T00:00:00Z", "expiration_date": "2021-01-01T00:00:00Z",
		},
		Configs: []object{
			published(), published(object{"amount": object{"value": "13.3", "currency": "EUR"}}),
			published(object{"items.0.description": "", "items.0.type": nil, "items.0.measure_unit": nil}),
		},
	}
}

var created = map[string]object{
	"basket": {
		"status": "open", "reusable": true, "resource_type": "Basket", "created_at": descriptor.Present, "expiration_date": descriptor.Present,
		"amount": object{"value": "13.30", "currency": "EUR"}, "potential_payment_methods": list{"credit_card"},
	},
	"full basket": {"status": "open", "reusable": false, "resource_type": "Basket", "amount": object{"value": "390.13", "currency": "EUR"}},
	"invoice":     {"status": "open", "reusable": false, "resource_type": "Invoice", "amount": object{"value": "1250.00", "currency": "EUR"}, "debitor_name": debitor, "items": nil},
}

// A link whose year is over is expired by the clock.
func TestExpiredByTheClock(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.Create(basket())
	if ends, err := time.Parse(time.RFC3339, state.Text("expiration_date")); err != nil || !ends.Equal(f.qonto().Links()[0].ExpirationDate) {
		t.Errorf("expiration_date %q", state.Text("expiration_date"))
	}
	f.Clock.Advance(366 * 24 * time.Hour)
	fresh, diags := f.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "expired" {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	plan := f.Plan(fresh, basket())
	if plan.Action != protocoltest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	f.RequireText(plan.Warnings(), "expired", "replace_when")
}
