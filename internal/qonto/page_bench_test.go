package qonto

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func BenchmarkPage(b *testing.B) {
	page := drivertest.PageOf(b, "testdata/published_link.json", `{"payment_links":[%s],"meta":{"current_page":1,"next_page":null,"total_pages":1,"total_count":100,"per_page":100}}`, 100)
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{Base: driver.NewBase(api, driver.Account{})} }, page, 100)
}
