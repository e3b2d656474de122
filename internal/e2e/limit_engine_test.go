package provider_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// TestAccRequestsPerMinute: a number, as users write it; anything else is told at its place.
func TestAccRequestsPerMinute(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	config := func(limit any) string {
		return e.ProviderBlock(object{"requests_per_minute": limit}) + fmt.Sprintf(`
resource "paymentlinks_gigs_link" "this" {
  invoice = %q
  ebanx   = { user = { full_name = "Elaine Benes", email = "elaine@example.com", tax_number = "290.063.072-03" } }
}
`, vendorCases[3].config["invoice"])
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: config("0"), ExpectError: regexp.MustCompile(`(?s)gigs\.requests_per_minute.*got\s+0`)},
			{Config: config("1.5"), ExpectError: regexp.MustCompile(`(?s)got\s+1\.5`)},
			{Config: config("600")},
			{Config: config("600"), PlanOnly: true},
		},
	})
}
