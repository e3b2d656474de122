package qonto

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// FuzzLink: whatever Qonto answers, bare or wrapped, is a model that fits the schema, or no link; amounts stay as they
// were written, and a request for the same link has the same numbers; a status that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"payment_link":{"id":"x","status":"held","amount":{"value":"1e9"},"expiration_date":"0001-01-01T00:00:00Z","items":[{},null]}}`))
	f.Add([]byte(`{"id":"x","payment_link":null,"items":[{"quantity":1e999999999,"vat_rate":"0.21"}],"potential_payment_methods":["a","a",""]}`))
	f.Add([]byte(`{"id":"x","items":[{"quantity":0.1,"unit_price":{"value":"10.005","currency":"EUR"}},{"quantity":"2"}]}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{statusOpen: true, statusProcessing: true, "paid": true, "expired": true, "canceled": true}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got answer
		if json.Unmarshal(body, &got) != nil {
			return
		}
		l := got.Link
		if got.Wrapped != nil {
			l = *got.Wrapped
		}
		if state := (vendor{}).State(l, drivertest.Now); known[l.Status] == (state == driver.Unknown) {
			t.Fatalf("status %q is state %q", l.Status, state)
		}
		m, ok := mapping(t, l)
		if !ok {
			t.Fatal("the model does not fit the schema")
		}
		sameAmount(t, m.Amount, l.Amount)
		for i, line := range lines(m.Items) {
			sameAmount(t, line.unitPrice, l.Items[i].UnitPrice)
			drivertest.SameNumber(t, line.quantity, l.Items[i].Quantity)
			if line.vatRate.ValueString() != l.Items[i].VATRate {
				t.Fatalf("the rate %q became %q", l.Items[i].VATRate, line.vatRate.ValueString())
			}
		}
		sendsTheSame(t, &m)
	})
}

func sameAmount(t *testing.T, got types.Object, want Amount) {
	t.Helper()
	value, currency := amountParts(got)
	if value.ValueString() != want.Value || currency.ValueString() != want.Currency {
		t.Fatalf("the amount %+v became %s", want, got)
	}
}

// sendsTheSame: amounts with no more decimals than validation leaves are sent as they are.
func sendsTheSame(t *testing.T, m *model) {
	t.Helper()
	for _, line := range lines(m.Items) {
		if line.quantity.IsNull() { // no configuration lacks it
			return
		}
	}
	body, _ := m.request(false)
	sent, ok := body.(basket)
	if !ok {
		return
	}
	for i, line := range lines(m.Items) {
		value, _ := amountParts(line.unitPrice)
		exact, ok := value.Value()
		if !ok || !exact.Equal(exact.Truncate(2)) {
			continue
		}
		if again, ok := money.NewDecimal(sent.Items[i].UnitPrice.Value).Value(); !ok || !again.Equal(exact) {
			t.Fatalf("the price %s would be created as %q", exact, sent.Items[i].UnitPrice.Value)
		}
	}
}
