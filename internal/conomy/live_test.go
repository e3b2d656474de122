package conomy_test

import (
	"cmp"
	"fmt"
	"os"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// TestAccLive needs an identity and an account of the tenant: CONOMY_LIVE_IDENTITY and CONOMY_LIVE_ACCOUNT.
func TestAccLive(t *testing.T) {
	acctest.Live(t, acctest.LiveLink{
		Vendor: "conomy",
		Config: fmt.Sprintf(`
resource "paymentlinks_conomy_link" "live" {
  checkout_token          = "terraform-test-%d"
  currency                = "CLP"
  payment_methods_allowed = ["WEBPAY"]
  duration                = 60
  items                   = [{ description = "Test of the Terraform provider", pre_tax_amount = "100", total_amount = "100" }]
  destinations            = [{ amount = "100", account = { account_number = %q } }]
  owner                   = { identity_id = %q }
}`, clock.System{}.Now().UnixNano(), cmp.Or(os.Getenv("CONOMY_LIVE_ACCOUNT"), "9283746501"), cmp.Or(os.Getenv("CONOMY_LIVE_IDENTITY"), "65f1a7c2e4b0d81f3a9c7e21")),
		IsSandbox: func(getenv func(string) string) bool { return getenv("CONOMY_ENVIRONMENT") == "sandbox" },
	})
}
