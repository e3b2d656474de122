package gigs_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
)

// A payer that comes from an ephemeral variable, which only write-only arguments take, is in no state; another version makes a new
// link.
func TestAccWriteOnlyPayer(t *testing.T) {
	t.Parallel()
	f := harness.StartEngine(t)
	config := func(name string, version int) string {
		return fmt.Sprintf(`
variable "payer" {
  type      = object({ full_name = string, email = string, tax_number = string })
  ephemeral = true
  default   = { full_name = %q, email = "elaine@example.com", tax_number = "290.063.072-03" }
}
resource "paymentlinks_gigs_link" "test" {
  invoice = %q
  ebanx   = { user_wo = var.payer, user_wo_version = %d }
}
`, name, invoiceID, version) + f.Sandbox.ProviderBlock()
	}
	held := func(want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			links := sandboxOf(f.Fixture).Links()
			if got := links[len(links)-1].User.FullName; got != want {
				return fmt.Errorf("the vendor has %q, want %q", got, want)
			}
			return nil
		}
	}
	f.Run(2, 0,
		resource.TestStep{
			Config: config("Elaine Benes", 1),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(f.Address, tfjsonpath.New("ebanx").AtMapKey("user_wo"), knownvalue.Null()),
				statecheck.ExpectKnownValue(f.Address, tfjsonpath.New("ebanx").AtMapKey("user"), knownvalue.Null()),
			},
			Check: held("Elaine Benes"),
		},
		resource.TestStep{Config: config("George Costanza", 1), ConfigPlanChecks: drivertest.EmptyPlan(), Check: held("Elaine Benes")},
		resource.TestStep{Config: config("George Costanza", 2), ConfigPlanChecks: f.Planned(plancheck.ResourceActionReplace), Check: held("George Costanza")},
	)
}

// Under `fail` neither a destroy nor a replacement leaves an open link behind; abandoned, it may go.
func TestAccFail(t *testing.T) {
	t.Parallel()
	f := harness.StartEngine(t)
	fail := object{"on_destroy": "fail"}
	f.Run(1, 0,
		resource.TestStep{Config: f.HCL(stored(fail))},
		resource.TestStep{Config: f.HCL(stored(fail)), Destroy: true, ExpectError: drivertest.Said("Cannot revoke Gigs payment link", "abandon")},
		resource.TestStep{Config: f.HCL(stored(fail, object{"invoice": otherInvoice})), ExpectError: drivertest.Said("Cannot revoke Gigs payment link")},
		resource.TestStep{Config: f.HCL(stored()), ConfigPlanChecks: f.Planned(plancheck.ResourceActionUpdate)},
	)
}
