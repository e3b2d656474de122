package qonto

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// FuzzLink: whatever Qonto answers, bare or wrapped, is a model that fits the schema, or no link; amounts stay as they
// were written, and a request for the same link has the same numbers; a status that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"payment_link":{"id":"x","status":"held","amount":{"value":"1e9"},"expiration_date":"0001-01-01T00:00:00Z","items":[{},null]}}`))
	f.Add([]byte(`{"id":"x","payment_link":null,"items":[{"quantity":1e999999999,"vat_rate":"0.21"}],"potential_payment_methods":["a","a",""]}`))
	f.Add([]byte(`{"id":"x","items":[{"quantity":0.1,"unit_price":{"value":"10.005","currency":"EUR"}},{"quantity":"2"}]}`))
	f.Add([]byte(`{"id":"x","status":"Open"}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{statusOpen: true, statusProcessing: true, "paid": true, "expired": true, "canceled": true}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got linkResponse
		if lenient.Unmarshal(body, &got) != nil {
			return
		}
		l := got.link()
		if state := (vendor{}).State(l, drivertest.Now); known[l.Status] == (state == driver.Unknown) {
			t.Fatalf("status %q is state %q", l.Status, state)
		}
		m, ok := mapping(t, l)
		if !ok {
			t.Fatal("the model does not fit the schema")
		}
		sameAmount(t, tfvalue.Read(m.Amount), l.Amount)
		for i, item := range tfvalue.ReadList(m.Items) {
			sameAmount(t, item.Object("unit_price"), l.Items[i].UnitPrice)
			drivertest.SameNumber(t, item.Number("quantity"), l.Items[i].Quantity)
			if item.Text("vat_rate") != l.Items[i].VATRate {
				t.Fatalf("the rate %q became %q", l.Items[i].VATRate, item.Text("vat_rate"))
			}
		}
		sendsTheSame(t, &m)
	})
}

func sameAmount(t *testing.T, got tfvalue.Reader, want Amount) {
	t.Helper()
	if got.Text("value") != want.Value || got.Text("currency") != want.Currency {
		t.Fatalf("the amount %+v became %+v", want, got)
	}
}

// sendsTheSame: amounts with no more decimals than validation leaves are sent as they are.
func sendsTheSame(t *testing.T, m *model) {
	t.Helper()
	for _, item := range tfvalue.ReadList(m.Items) {
		if item.Number("quantity").IsNull() { // no configuration lacks it
			return
		}
	}
	body := m.request(false)
	sent, ok := body.PaymentLink.(itemsRequest)
	if !ok {
		return
	}
	for i, item := range tfvalue.ReadList(m.Items) {
		exact, ok := item.Object("unit_price").Decimal("value").Value()
		if !ok || !exact.Equal(exact.Truncate(2)) {
			continue
		}
		if again, ok := money.NewDecimal(sent.Items[i].UnitPrice.Value).Value(); !ok || !again.Equal(exact) {
			t.Fatalf("the price %s would be created as %q", exact, sent.Items[i].UnitPrice.Value)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	page := drivertest.Page{Sample: "testdata/published_link.json", Form: `{"payment_links":[%s],"meta":{"current_page":1,"next_page":null,"total_pages":1,"total_count":100,"per_page":100}}`, Links: 100}
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{Base: driver.NewBase(api, driver.Account{})} }, page)
}
