package conomy

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// FuzzLink: whatever Conomy answers is a model that fits the schema, or no link; amounts stay as they were written, also
// in the request for the same link; a status that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"id":"x","status":"NEW","duration":1e999999999,"items":[{}],"destinations":[{"amount":"1e9","account":null}],"customer":{"address":{}}}`))
	f.Add([]byte(`{"id":"x","createdAt":"2026-01-01T00:00:00Z","duration":9223372036854775807,"customerRequirements":["",""],"items":[{"tax":{}},null]}`))
	f.Add([]byte(`{"id":"x","status":"active"}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{statusAttempt: true, statusActive: true, statusProcessing: true, statusFinished: true, statusExpired: true}
	f.Fuzz(func(t *testing.T, body []byte) {
		var l Link
		if lenient.Unmarshal(body, &l) != nil {
			return
		}
		if state := (vendor{}).State(l, drivertest.Now); known[l.Status] == (state == driver.Unknown) {
			t.Fatalf("status %q is state %q", l.Status, state)
		}
		m, _ := mapping(t, l)
		for i, element := range m.Items.Elements() {
			sameText(t, element, "pre_tax_amount", l.Items[i].PreTaxAmount)
			sameText(t, element, "total_amount", l.Items[i].TotalAmount)
		}
		for i, element := range m.Destinations.Elements() {
			sameText(t, element, "amount", l.Destinations[i].Amount)
		}
		drivertest.SameNumber(t, m.Duration, l.Duration)
		if m.Duration.IsNull() { // no configuration lacks it
			return
		}
		for i, item := range m.request().Items {
			if item.TotalAmount != l.Items[i].TotalAmount || item.PreTaxAmount != l.Items[i].PreTaxAmount {
				t.Fatalf("item %d would be created as %+v, and is %+v", i, item, l.Items[i])
			}
		}
	})
}

func sameText(t *testing.T, element attr.Value, name, want string) {
	t.Helper()
	o, ok := element.(types.Object)
	if !ok || o.IsNull() { // nothing was answered
		return
	}
	if got, _ := o.Attributes()[name].(money.Decimal); got.ValueString() != want {
		t.Fatalf("%s: %q became %q", name, want, got.ValueString())
	}
}

func BenchmarkPage(b *testing.B) {
	page := drivertest.Page{Sample: "testdata/published_link.json", Form: `{"pagination":{"count":50,"next":0,"previous":0,"total":50},"results":[%s]}`, Links: 50}
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{driver.NewBase(api, driver.Account{})} }, page)
}
