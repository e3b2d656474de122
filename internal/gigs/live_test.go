package gigs_test

import (
	"cmp"
	"fmt"
	"os"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// TestAccLive needs a finalized invoice of the project: GIGS_LIVE_INVOICE. Whether the project is a test project cannot be
// told from outside, and no call ends the link: settle or void the invoice afterwards.
func TestAccLive(t *testing.T) {
	acctest.Live(t, acctest.LiveLink{
		Vendor: "gigs",
		Config: fmt.Sprintf(`
resource "paymentlinks_gigs_link" "live" {
  invoice = %q
  ebanx = {
    user = {
      full_name  = "Test of the Terraform provider"
      email      = "terraform-test@example.com"
      tax_number = "290.063.072-03"
    }
  }
}`, cmp.Or(os.Getenv("GIGS_LIVE_INVOICE"), invoiceID)),
		IsSandbox:     func(func(string) string) bool { return false },
		ImportIgnores: []string{"ebanx.user"},
		NotRevocable:  true,
	})
}
