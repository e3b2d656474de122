package abacus_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/abacus"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/sandboxtest"
)

var vendor = sandboxtest.Vendor{
	Name: "abacus", New: abacus.New, ID: []string{"paylink", "number"},
	Header: func(_ *sandboxtest.Rig, env map[string]string) http.Header {
		return http.Header{"X-Abacus-Key": {env["ABACUS_KEY"]}, "Content-Type": {"application/json"}}
	},
	Links:  func(map[string]string) string { return "/paylinks" },
	Create: func(n int) string { return fmt.Sprintf(`{"title":"Tea %d","mills":12505,"currency":"EUR"}`, n) },
	Routes: map[string]string{"create": "POST /paylinks", "get": "GET /paylinks/1"},
	Sample: "testdata/link.json", SampleID: "480012", BadSeeds: []string{`[{"number":1,"status":"live","made":1},{"title":"no number"}]`, `{"number":1,"status":"live","made":1,"more":2}`},
	Refusals:    map[fault.Kind]string{fault.TooMany: "429 busy", fault.ExpireToken: "401 key", fault.Echo: "422 invalid"},
	RefusalCode: []string{"error", "code"},
	Words:       []string{"Tea 1", "12.505 EUR", "live"},
	Statuses:    []string{abacus.Live, abacus.Settling, abacus.Settled, abacus.Lapsed}, Undocumented: "on_hold",
}

func TestVendor(t *testing.T) { vendor.Test(t) }

func TestSwitches(t *testing.T) {
	t.Parallel()
	shown := func(field string) func(c *sandboxtest.Client) string {
		return func(c *sandboxtest.Client) string { return c.Read(c.Next().ID).At("paylink", field) }
	}
	vendor.TestSwitches(t, []sandboxtest.SwitchCase{
		{Switches: `"null_metadata":true`, Off: "{}", On: "null", Probe: shown("metadata")},
		{Switches: `"inflated":true`, Off: "12505", On: "1250500", Probe: shown("mills")},
		{Switches: `"other_currency":true`, Off: "EUR", On: "USD", Probe: shown("currency")},
	})
}
