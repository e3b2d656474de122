package conomy

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func BenchmarkPage(b *testing.B) {
	page := drivertest.PageOf(b, "testdata/published_link.json", `{"pagination":{"count":50,"next":0,"previous":0,"total":50},"results":[%s]}`, 50)
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{driver.NewBase(api, driver.Account{})} }, page, 50)
}
