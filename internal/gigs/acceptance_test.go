package gigs_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

const address = "paymentlinks_gigs_link.test"

// storedConfig is a link whose payer is in state; extra lines go into the resource.
func storedConfig(invoice, name string, extra ...string) string {
	return fmt.Sprintf(`
resource "paymentlinks_gigs_link" "test" {
  invoice = %q
  ebanx = {
    redirect_url = "https://example.com/thanks"
    user         = { full_name = %q, email = "elaine@example.com", tax_number = "290.063.072-03" }
  }
  %s
}
`, invoice, name, strings.Join(extra, "\n  "))
}

// ephemeralConfig is a link whose payer comes from an ephemeral variable, which only write-only arguments take.
func ephemeralConfig(name string, version int) string {
	return fmt.Sprintf(`
variable "payer" {
  type      = object({ full_name = string, email = string, tax_number = string })
  ephemeral = true
  default   = { full_name = %q, email = "elaine@example.com", tax_number = "290.063.072-03" }
}
resource "paymentlinks_gigs_link" "test" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
  ebanx   = { user_wo = var.payer, user_wo_version = %d }
}
`, name, version)
}

// bareConfig is what describes an imported link.
const bareConfig = `
resource "paymentlinks_gigs_link" "test" {
  invoice = "inv_0SNlurA049MEWV1QTRqvd18YuG25"
  ebanx   = { redirect_url = "https://example.com/thanks" }
}
`

// asked asserts how many creates the sandbox has seen so far, and that no other method than GET was tried.
func asked(e *acctest.VendorSandbox, creates int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		other := e.Requests(func(r sandbox.Record) bool { return r.Method != http.MethodGet && r.Op != "create" })
		if n := e.CallCount("gigs", "create"); n != creates || len(other) > 0 {
			return fmt.Errorf("%d creates, want %d; other writes: %v", n, creates, other)
		}
		return nil
	}
}

func action(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, a)}}
}

var empty = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// said expects the texts in this order, wherever the engine breaks its lines.
func said(texts ...string) *regexp.Regexp {
	for i, text := range texts {
		texts[i] = strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(texts, ".*"))
}

func TestAccStoredPayer(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 2), // and no call that ends a link
		Steps: []resource.TestStep{
			{
				Config:           e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes"),
				ConfigPlanChecks: action(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("state"), knownvalue.StringExact("open")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("project"), knownvalue.StringExact("gigs")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("replace_when"), knownvalue.SetExact(nil)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("on_destroy"), knownvalue.StringExact("abandon")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("ebanx").AtMapKey("user").AtMapKey("full_name")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("ebanx").AtMapKey("user").AtMapKey("email")),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("ebanx").AtMapKey("user").AtMapKey("tax_number")),
				},
				Check: asked(e, 1),
			},
			{Config: e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes", `type = "ebanx"`, `project = "gigs"`), ConfigPlanChecks: empty},
			{ // policies change in place, without a call
				Config:           e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes", `replace_when = ["revoked"]`, `timeouts = { delete = "1m" }`),
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check:            asked(e, 1),
			},
			{
				Config:           e.ProviderBlock() + storedConfig(invoiceID, "George Costanza"),
				ConfigPlanChecks: action(plancheck.ResourceActionReplace),
				Check:            asked(e, 2),
			},
		},
	})
}

func TestAccWriteOnlyPayer(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	held := func(want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			links := gigssandbox.From(e).Links()
			if got := links[len(links)-1].User.FullName; got != want {
				return fmt.Errorf("the vendor has %q, want %q", got, want)
			}
			return nil
		}
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 2),
		Steps: []resource.TestStep{
			{
				Config: e.ProviderBlock() + ephemeralConfig("Elaine Benes", 1),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("ebanx").AtMapKey("user_wo"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("ebanx").AtMapKey("user"), knownvalue.Null()),
				},
				Check: held("Elaine Benes"),
			},
			{Config: e.ProviderBlock() + ephemeralConfig("George Costanza", 1), ConfigPlanChecks: empty, Check: held("Elaine Benes")},
			{
				Config:           e.ProviderBlock() + ephemeralConfig("George Costanza", 2),
				ConfigPlanChecks: action(plancheck.ResourceActionReplace),
				Check:            held("George Costanza"),
			},
		},
	})
}

func TestAccImport(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 1),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes")},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"ebanx.user"}},
			{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"ebanx.user"}, ImportStateIdFunc: func(s *terraform.State) (string, error) {
				return "gigs/" + s.RootModule().Resources[address].Primary.ID, nil
			}},
			{ResourceName: address, ImportState: true, ImportStateId: "gigs/../" + publishedID, ExpectError: said("slash", "{project}/{id}")},
			{ResourceName: address, ImportState: true, ImportStateId: "gigs/" + publishedID, ExpectError: said("knows no link", "under the credentials")},
		},
	})
}

// TestAccAdopted: an imported link plans empty without its payer; then the payer goes in place, once.
func TestAccAdopted(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	link := strings.Replace(string(testdata(t, "published_link.json")), `"https://example.com"`, `"https://example.com/thanks"`, 1)
	if err := e.Seed("gigs", []byte(link)); err != nil {
		t.Fatal(err)
	}
	block := `
import {
  to = paymentlinks_gigs_link.test
  id = "gigs/` + publishedID + `"
}
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 0),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + bareConfig + block, ConfigPlanChecks: action(plancheck.ResourceActionNoop)},
			{Config: e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate), Check: asked(e, 0)},
			{Config: e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes"), ConfigPlanChecks: empty},
		},
	})
}

func TestAccImportByIdentity(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	if err := e.Seed("gigs", testdata(t, "published_link.json")); err != nil {
		t.Fatal(err)
	}
	config := strings.Replace(bareConfig, "/thanks", "", 1)
	resource.Test(t, resource.TestCase{
		// Terraform knows identities from 1.12 on; this runs on OpenTofu and on the newer Terraform of the further engines.
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 0),
		Steps: []resource.TestStep{{
			Config: e.ProviderBlock() + config + `
import {
  to       = paymentlinks_gigs_link.test
  identity = { project = "gigs", id = "` + publishedID + `" }
}`,
			ConfigPlanChecks: action(plancheck.ResourceActionNoop),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"project": knownvalue.StringExact("gigs"), "id": knownvalue.StringExact(publishedID)}),
			},
		}},
	})
}

// TestAccFail: with `fail` neither a destroy nor a replacement leaves an open link behind; abandoned, it may go.
func TestAccFail(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	failing := e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes", `on_destroy = "fail"`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 1),
		Steps: []resource.TestStep{
			{Config: failing},
			{Config: failing, Destroy: true, ExpectError: said("Cannot end Gigs payment link", "abandon")},
			{Config: e.ProviderBlock() + storedConfig(otherInvoice, "Elaine Benes", `on_destroy = "fail"`), ExpectError: said("Cannot end Gigs payment link")},
			{Config: e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes"), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
		},
	})
}

// TestAccPaid: a paid link, and one that vanished, stay as they are.
func TestAccPaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*acctest.VendorSandbox, string) error
		state  string
	}{
		"paid":     {func(e *acctest.VendorSandbox, id string) error { return gigssandbox.From(e).Pay(id) }, "paid"},
		"canceled": {func(e *acctest.VendorSandbox, id string) error { return gigssandbox.From(e).Cancel(id) }, "revoked"},
		"vanished": {func(e *acctest.VendorSandbox, id string) error { return gigssandbox.From(e).Delete(id) }, "revoked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.NewSandbox(t, "gigs")
			config := e.ProviderBlock() + storedConfig(invoiceID, "Elaine Benes")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactoriesWithFakeClock(),
				CheckDestroy:             asked(e, 1),
				Steps: []resource.TestStep{
					{Config: config},
					{
						PreConfig: func() {
							if err := c.change(e, gigssandbox.From(e).Links()[0].ID); err != nil {
								t.Error(err)
							}
						},
						Config:           config,
						ConfigPlanChecks: action(plancheck.ResourceActionNoop),
						ConfigStateChecks: []statecheck.StateCheck{
							statecheck.ExpectKnownValue(address, tfjsonpath.New("state"), knownvalue.StringExact(c.state)),
						},
					},
				},
			})
		})
	}
}

func TestAccBadInputAsksNothing(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{bareConfig, "Missing payer"},
		{strings.Replace(storedConfig(invoiceID, "x"), "user ", `user_wo = { full_name = "x", email = "x", tax_number = "29006307203" }`+"\n    user ", 1), "Two payers"},
		{storedConfig(invoiceID, ""), "must not be empty"},
		{strings.Replace(storedConfig(invoiceID, "x"), "072-03", "072-0", 1), "11 digits"},
		{strings.Replace(storedConfig(invoiceID, "x"), "https://", "//", 1), "Not a web address"},
		{storedConfig(invoiceID, "x", `on_destroy = "revoke"`), "abandon"},
	} {
		steps = append(steps, resource.TestStep{Config: e.ProviderBlock() + c.config, ExpectError: said(c.want)})
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy: func(*terraform.State) error {
			if n := len(e.Requests()); n != 0 {
				return fmt.Errorf("%d requests were sent", n)
			}
			return nil
		},
		Steps: steps,
	})
}

// Values that only the apply knows, inside every nested object: at create, and at a change.
func TestAccUnknownWhilePlanning(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "gigs")
	config := func(name string) string {
		return e.ProviderBlock() + fmt.Sprintf(`
resource "terraform_data" "later" {
  input = { invoice = %q, name = %q, redirect = "https://example.com", project = "gigs" }
}
resource "paymentlinks_gigs_link" "test" {
  project = terraform_data.later.output.project
  invoice = terraform_data.later.output.invoice
  ebanx = {
    redirect_url = terraform_data.later.output.redirect
    user         = { full_name = terraform_data.later.output.name, email = "elaine@example.com", tax_number = "290.063.072-03" }
  }
}`, invoiceID, name)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             asked(e, 2),
		Steps: []resource.TestStep{
			{Config: config("Elaine Benes")},
			{Config: config("George Costanza"), ConfigPlanChecks: action(plancheck.ResourceActionReplace)},
		},
	})
}
