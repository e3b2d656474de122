package gigs

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func BenchmarkPage(b *testing.B) {
	page := drivertest.PageOf(b, "testdata/published_link.json", `{"object":"list","items":[%s],"moreItemsAfter":null,"moreItemsBefore":null}`, 200)
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{Base: driver.NewBase(api, driver.Account{})} }, page, 200)
}
