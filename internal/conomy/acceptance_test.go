package conomy_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

const address = "paymentlinks_conomy_link.test"

// planConfig is a link whose description and amount a test chooses; extra lines go into the resource.
func planConfig(token, amount string, extra ...string) string {
	return fmt.Sprintf(`
resource "paymentlinks_conomy_link" "test" {
  checkout_token          = %q
  currency                = "USD"
  payment_methods_allowed = ["CARD", "PSE"]
  duration                = 3600
  items                   = [{ description = "Annual plan", pre_tax_amount = %q, total_amount = %q }]
  destinations            = [{ amount = %q, account = { account_number = "111" } }]
  owner                   = { identity_id = "65f0c0ffee" }
  %s
}
`, token, amount, amount, amount, strings.Join(extra, "\n  "))
}

// counted asserts how many requests of each kind the sandbox has seen so far.
func counted(e *acctest.VendorSandbox, creates, activates, deletes int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		c, a, d := e.CallCount("conomy", "create"), e.CallCount("conomy", "activate"), e.CallCount("conomy", "delete")
		if c != creates || a != activates || d != deletes {
			return fmt.Errorf("%d creates, %d activations and %d deletes, want %d, %d and %d", c, a, d, creates, activates, deletes)
		}
		return nil
	}
}

// nothingLeft is the third promise, asked of the vendor.
func nothingLeft(e *acctest.VendorSandbox) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if n := len(conomysandbox.From(e).Links()); n != 0 {
			return fmt.Errorf("%d links are left at the vendor", n)
		}
		return nil
	}
}

func planned(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, a)}}
}

// said expects the texts in this order, wherever the engine breaks its lines.
func said(texts ...string) *regexp.Regexp {
	for i, text := range texts {
		texts[i] = strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(texts, ".*"))
}

func TestAccLink(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "conomy")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             resource.ComposeAggregateTestCheckFunc(nothingLeft(e), counted(e, 2, 0, 2)),
		Steps: []resource.TestStep{
			{
				Config:           e.ProviderBlock() + planConfig("plan-1", "499.90"),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("state"), knownvalue.StringExact("open")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("status"), knownvalue.StringExact("ATTEMPT")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("activate"), knownvalue.Bool(false)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("total_amount"), knownvalue.StringExact("499.90")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("duration"), knownvalue.Int64Exact(3600)),
				},
			},
			{ // the same numbers and methods, written otherwise
				Config:           e.ProviderBlock() + strings.Replace(planConfig("plan-1", "0499.9"), `["CARD", "PSE"]`, `["PSE", "CARD"]`, 1),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{ // policies change in place, without a call
				Config:           e.ProviderBlock() + planConfig("plan-1", "499.90", `replace_when = ["revoked", "expired"]`, `timeouts = { delete = "1m" }`),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			},
			{ // the same token: the old link goes first
				Config:           e.ProviderBlock() + planConfig("plan-1", "500.00"),
				ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
				Check:            counted(e, 2, 0, 1),
			},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			{ResourceName: address, ImportState: true, ImportStateId: "../auth", ExpectError: said("slash")},
		},
	})
}

func TestAccActivate(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "conomy")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingLeft(e),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + planConfig("plan-2", "10.00"), Check: counted(e, 1, 0, 0)},
			{
				Config:            e.ProviderBlock() + planConfig("plan-2", "10.00", `activate = true`),
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(address, tfjsonpath.New("status"), knownvalue.StringExact("ACTIVE"))},
				Check:             counted(e, 1, 1, 0),
			},
			{ // an active link cannot be deleted, so nothing is replaced
				Config:      e.ProviderBlock() + planConfig("plan-2", "11.00", `activate = true`),
				ExpectError: said("Cannot revoke Conomy payment link", "422", "cannot be deleted", "stays in state"),
			},
			{ // two hours later it has expired, and can
				PreConfig:        func() { e.Advance(2 * time.Hour) },
				Config:           e.ProviderBlock() + planConfig("plan-2", "11.00"),
				ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
				Check:            counted(e, 2, 1, 2),
			},
		},
	})
}

func TestAccCustomer(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "conomy")
	customer := `customer = { first_name = "Lucía", email = "lucia@example.com", address = { country = "COL" } }`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingLeft(e),
		Steps: []resource.TestStep{
			{
				Config: e.ProviderBlock() + planConfig("plan-3", "10.00", customer),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("customer").AtMapKey("email")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("customer").AtMapKey("address").AtMapKey("country")),
				},
			},
			{ // what a generated configuration has for sensitive leaves
				Config:           e.ProviderBlock() + planConfig("plan-3", "10.00", `customer = { address = {} }`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{
				Config:           e.ProviderBlock() + planConfig("plan-3", "10.00"),
				ConfigPlanChecks: planned(plancheck.ResourceActionReplace),
			},
		},
	})
}

func TestAccSameToken(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "conomy")
	second := strings.ReplaceAll(planConfig("plan-4", "20.00", `depends_on = [paymentlinks_conomy_link.test]`), `" "test"`, `" "second"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingLeft(e),
		Steps: []resource.TestStep{{
			Config:      e.ProviderBlock() + planConfig("plan-4", "10.00") + second,
			ExpectError: said("Cannot create Conomy payment link", "409", "alreadyExist", "import {"),
		}},
	})
}

// TestAccExamples applies what users copy.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "conomy")
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "resources", "paymentlinks_conomy_link", "resource.tf"))
	if err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + string(example), Check: counted(e, 2, 1, 0)},
			{PreConfig: func() { e.Advance(96 * time.Hour) }, RefreshState: true},
		},
	})
}
