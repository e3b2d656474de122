package gigs

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// FuzzLink: whatever Gigs answers is a model that fits the schema, or no link; a status that no document names is unknown.
func FuzzLink(f *testing.F) {
	drivertest.Seeds(f, "testdata")
	f.Add([]byte(`{"id":"x","status":"held","type":"pix","ebanx":null,"createdAt":"0000-01-01T00:00:00.999999999999Z"}`))
	f.Add([]byte(`{"id":"x","status":"active","ebanx":{"redirectUrl":null},"completedAt":"never"}`))
	f.Add([]byte(`{"id":"x","status":"Active"}`))
	mapping := drivertest.Mapping[model, Link](vendor{})
	known := map[string]bool{"active": true, "completed": true, "canceled": true}
	f.Fuzz(func(t *testing.T, body []byte) {
		var l Link
		if lenient.Unmarshal(body, &l) != nil {
			return
		}
		l.Project = "project"
		isKnown := known[l.Status] || l.Status == "" && (l.CompletedAt != "" || l.CanceledAt != "")
		if state := (vendor{}).State(l, drivertest.Now); isKnown == (state == driver.Unknown) {
			t.Fatalf("status %q is state %q", l.Status, state)
		}
		if _, ok := mapping(t, l); !ok {
			t.Fatal("the model does not fit the schema")
		}
	})
}

func BenchmarkPage(b *testing.B) {
	page := drivertest.Page{Sample: "testdata/published_link.json", Form: `{"object":"list","items":[%s],"moreItemsAfter":null,"moreItemsBefore":null}`, Links: 200}
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{Base: driver.NewBase(api, driver.Account{})} }, page)
}
