package powens

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func BenchmarkPage(b *testing.B) {
	page := drivertest.PageOf(b, "testdata/documented_link.json", `[%s]`, 1000)
	drivertest.BenchmarkPage[model, Link](b, vendor{}, func(api *rest.Client) driver.Pager[Link] { return &client{driver.NewBase(api, driver.Account{})} }, page, 1000)
}
