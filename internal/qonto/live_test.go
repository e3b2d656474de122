package qonto_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// TestAccLive needs an organisation that is connected to the payment provider, with cards enabled.
func TestAccLive(t *testing.T) {
	acctest.Live(t, acctest.LiveLink{Vendor: "qonto", Config: `
resource "paymentlinks_qonto_link" "live" {
  reusable                  = false
  potential_payment_methods = ["credit_card"]
  items = [{
    title      = "Test of the Terraform provider, not to be paid"
    quantity   = 1
    unit_price = { value = "1.00", currency = "EUR" }
    vat_rate   = "0"
  }]
}`, IsSandbox: func(getenv func(string) string) bool { return getenv("QONTO_ENVIRONMENT") == "sandbox" }})
}
