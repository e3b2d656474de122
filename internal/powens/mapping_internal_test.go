package powens

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// FuzzLink: whatever Powens answers is a model that fits the schema, or no link; the amount is exactly the same number,
// also in the request for the same link; an attempt in a state that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"id":"x","amount":1e-100,"currency":"JPY","attempt_state":"held","last_payment_id":1e999999999,"payer":{},"operator_identity":{}}`))
	f.Add([]byte(`{"id":"x","amount":"50.9000000000","currency":"EUR","revoked_at":"0000-00-00 00:00:00","redirect":true,"redirect_state":null,"beneficiary_identity":{"id_user":-0.5,"pep":null}}`))
	f.Add([]byte(`{"id":"x","amount":-0,"currency":"XXX","revoked_at":"2026-01-01T00:00:00","last_payment_id":"7","attempt_state":"unavailable"}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{
		"": true, "created": true, "validating": true, "pending": true, "unavailable": true, "rejected": true, "expired": true, "partial": true, "done": true, "accepted": true,
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var l Link
		if lenient.Unmarshal(body, &l) != nil {
			return
		}
		if state := (vendor{}).State(l, drivertest.Now); !known[l.AttemptState] && state != driver.Unknown {
			t.Fatalf("attempt %q is state %q", l.AttemptState, state)
		}
		m, fits := mapping(t, l)
		drivertest.SameNumber(t, m.LastPaymentID, l.LastPaymentID)
		amount, ok := m.Amount.Value()
		if !ok { // more digits than any amount has: that is said, and nothing is rounded
			if l.Amount != nil && fits {
				t.Fatalf("the amount %s fits the schema as %s", l.Amount, m.Amount)
			}
			return
		}
		if l.Amount == nil || !amount.Equal(l.Amount.Decimal) {
			t.Fatalf("the amount %v became %s", l.Amount, amount)
		}
		if sent := m.request(); !sent.Amount.Equal(amount) {
			t.Fatalf("the amount %s would be created as %s", amount, sent.Amount)
		}
	})
}

func BenchmarkPage(b *testing.B) {
	page := drivertest.Page{Sample: "testdata/documented_link.json", Form: `[%s]`, Links: 1000}
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{driver.NewBase(api, driver.Account{})} }, page)
}
