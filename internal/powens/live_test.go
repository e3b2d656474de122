package powens_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// TestAccLive needs a domain with Pay. Powens' sandbox domains are named so; nothing else tells them apart.
func TestAccLive(t *testing.T) {
	acctest.Live(t, acctest.LiveLink{Vendor: "powens", Config: `
resource "paymentlinks_powens_link" "live" {
  amount              = "1.00"
  currency            = "EUR"
  label               = "Test of the Terraform provider, not to be paid"
  execution_date_type = "first_open_day"
  beneficiary = {
    scheme_name    = "iban"
    identification = "FR1420041010050500013M02606"
    label          = "Terraform provider test"
  }
  beneficiary_identity = {
    kind           = "corporate"
    org_name       = "Terraform provider test"
    scheme_name    = "siren"
    identification = "749867206"
  }
  payer_identity = {
    first_name = "Test"
    last_name  = "Payer"
  }
}`, IsSandbox: func(getenv func(string) string) bool { return strings.HasSuffix(getenv("POWENS_DOMAIN"), "-sandbox") }})
}
