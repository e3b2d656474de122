package qonto_test

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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

const address = "paymentlinks_qonto_link.test"

// basketConfig is a basket whose texts a test chooses; extra lines go into the resource.
func basketConfig(title, price, vat string, extra ...string) string {
	return fmt.Sprintf(`
resource "paymentlinks_qonto_link" "test" {
  reusable                  = true
  potential_payment_methods = ["credit_card", "paypal"]
  items = [{
    title      = %q
    quantity   = 2
    unit_price = { value = %q, currency = "EUR" }
    vat_rate   = %q
  }]
  %s
}
`, title, price, vat, strings.Join(extra, "\n  "))
}

func invoiceConfig(amount string) string {
	return fmt.Sprintf(`
resource "paymentlinks_qonto_link" "test" {
  invoice_id                = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
  invoice_number            = "INV-2026-042"
  debitor_name              = "Ada Lovelace"
  amount                    = { value = %q, currency = "EUR" }
  potential_payment_methods = ["credit_card"]
}
`, amount)
}

// counted asserts how many requests of each kind the sandbox has seen so far.
func counted(e *acctest.VendorSandbox, creates, deactivates int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if c, d := e.CallCount("qonto", "create"), e.CallCount("qonto", "deactivate"); c != creates || d != deactivates {
			return fmt.Errorf("%d creates and %d deactivates, want %d and %d", c, d, creates, deactivates)
		}
		return nil
	}
}

// nothingPayable is the third promise, asked of the vendor.
func nothingPayable(e *acctest.VendorSandbox) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if n := qontosandbox.From(e).Payable(); n != 0 {
			return fmt.Errorf("%d payable links are left at the vendor", n)
		}
		return nil
	}
}

func action(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, a)}}
}

// only returns the one link that the vendor holds.
func only(t *testing.T, e *acctest.VendorSandbox) qontosandbox.Link {
	t.Helper()
	var alive []qontosandbox.Link
	for _, l := range qontosandbox.From(e).Links() {
		if l.Status != "canceled" {
			alive = append(alive, l)
		}
	}
	if len(alive) != 1 {
		t.Fatalf("%d links, want one", len(alive))
	}
	return alive[0]
}

// said expects the texts in this order, wherever the engine breaks its lines.
func said(texts ...string) *regexp.Regexp {
	for i, text := range texts {
		texts[i] = strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(texts, ".*"))
}

func TestAccBasket(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             resource.ComposeAggregateTestCheckFunc(nothingPayable(e), counted(e, 2, 2)),
		Steps: []resource.TestStep{
			{
				Config:           e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0"),
				ConfigPlanChecks: action(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("state"), knownvalue.StringExact("open")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("resource_type"), knownvalue.StringExact("Basket")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("amount").AtMapKey("value"), knownvalue.StringExact("26.60")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("url"), knownvalue.StringRegexp(regexp.MustCompile("^http"))),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("replace_when"), knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact("revoked")})),
				},
				Check: counted(e, 1, 0),
			},
			{ // the same numbers and methods, written otherwise
				Config: e.ProviderBlock() + strings.Replace(basketConfig("Seat", "10.990", "21"), `["credit_card", "paypal"]`, `["paypal", "credit_card"]`, 1),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectEmptyPlan(),
				}},
			},
			{ // policies change in place, without a call
				Config:           e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0", `replace_when = ["revoked", "expired"]`, `timeouts = { delete = "1m" }`),
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check:            counted(e, 1, 0),
			},
			{
				Config:           e.ProviderBlock() + basketConfig("Table", "10.99", "21.0"),
				ConfigPlanChecks: action(plancheck.ResourceActionReplace),
				Check:            counted(e, 2, 1),
			},
		},
	})
}

func TestAccInvoice(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             resource.ComposeAggregateTestCheckFunc(nothingPayable(e), counted(e, 2, 2)),
		Steps: []resource.TestStep{
			{
				Config: e.ProviderBlock() + invoiceConfig("119.00"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("resource_type"), knownvalue.StringExact("Invoice")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("reusable"), knownvalue.Bool(false)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("items"), knownvalue.Null()),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("debitor_name")),
				},
			},
			{
				Config:           e.ProviderBlock() + invoiceConfig("119"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{
				Config:           e.ProviderBlock() + invoiceConfig("120.00"),
				ConfigPlanChecks: action(plancheck.ResourceActionReplace),
			},
		},
	})
}

func TestAccImportByID(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0")},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			{ResourceName: address, ImportState: true, ImportStateId: "../connections", ExpectError: said("slash")},
			{ResourceName: address, ImportState: true, ImportStateId: "0197e000-0000-7000-8000-000000000000", ExpectError: said("knows no link", "under the credentials")},
		},
	})
}

func TestAccImportByIdentity(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	resource.Test(t, resource.TestCase{
		// Terraform knows identities from 1.12 on; this runs on OpenTofu and on the newer Terraform of the further engines.
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{
				Config:            e.ProviderBlock() + invoiceConfig("119.00"),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))},
			},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

func TestAccVanished(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	config := e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesWithFakeClock(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					if err := qontosandbox.From(e).Delete(only(t, e).ID); err != nil {
						t.Error(err)
					}
				},
				Config:           config,
				ConfigPlanChecks: action(plancheck.ResourceActionCreate),
				Check:            counted(e, 2, 0),
			},
		},
	})
}

func TestAccOtherAccount(t *testing.T) {
	t.Parallel()
	e, other := acctest.NewSandbox(t, "qonto"), acctest.NewSandbox(t, "qonto")
	config := basketConfig("Seat", "10.99", "21.0")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesWithFakeClock(),
		CheckDestroy:             resource.ComposeAggregateTestCheckFunc(nothingPayable(e), counted(e, 1, 1), counted(other, 0, 0)),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + config},
			{
				Config:      other.ProviderBlock() + config,
				ExpectError: said("These are not the credentials that made the link", "terraform state rm"),
			},
			{ // the state still has it
				Config:           e.ProviderBlock() + config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
	})
}

func TestAccBareTokenProvesNothing(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	e.Account = ""
	config := e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0")
	var back func()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactoriesWithFakeClock(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					back = e.Inject(fault.Fault{Vendor: "qonto", Op: "get", Kind: fault.Answer, Status: http.StatusNotFound})
				},
				Config:      config,
				ExpectError: said("another account's answer", "`account`"),
			},
			{ // seen again, it is the link that the state knows
				PreConfig:        func() { back() },
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
	})
}

func TestAccChangedBehindTheProvider(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*acctest.VendorSandbox, string) error
		state  string
		plan   plancheck.ResourceActionType
	}{
		{"paid", func(e *acctest.VendorSandbox, id string) error { return qontosandbox.From(e).ForceStatus(id, "paid") }, "paid", plancheck.ResourceActionNoop},
		{"processing", func(e *acctest.VendorSandbox, id string) error { return qontosandbox.From(e).StartPayment(id) }, "processing", plancheck.ResourceActionNoop},
		{"expired", func(e *acctest.VendorSandbox, id string) error { return qontosandbox.From(e).Expire(id) }, "expired", plancheck.ResourceActionNoop},
		{"canceled", func(e *acctest.VendorSandbox, id string) error { return qontosandbox.From(e).Cancel(id) }, "open", plancheck.ResourceActionReplace},
		{"undocumented", func(e *acctest.VendorSandbox, id string) error {
			return qontosandbox.From(e).ForceStatus(id, "on_hold")
		}, "unknown", plancheck.ResourceActionNoop},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := acctest.NewSandbox(t, "qonto")
			qontosandbox.From(e).Set(func(s *qontosandbox.Switches) { s.DeactivateProcessing = true })
			config := e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0")
			var id string
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				Steps: []resource.TestStep{
					{Config: config},
					{
						PreConfig: func() {
							id = only(t, e).ID
							if err := c.change(e, id); err != nil {
								t.Error(err)
							}
						},
						Config:           config,
						ConfigPlanChecks: action(c.plan),
						ConfigStateChecks: []statecheck.StateCheck{
							statecheck.ExpectKnownValue(address, tfjsonpath.New("state"), knownvalue.StringExact(c.state)),
						},
					},
					{ // an undocumented status could not be ended by this sandbox
						PreConfig: func() {
							if c.name == "undocumented" {
								if err := qontosandbox.From(e).ForceStatus(id, "open"); err != nil {
									t.Error(err)
								}
							}
						},
						Config: config,
					},
				},
				CheckDestroy: nothingPayable(e),
			})
		})
	}
}

func TestAccRefusalShownWhole(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	qontosandbox.From(e).EnableMethod("paypal", false)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             counted(e, 1, 0),
		Steps: []resource.TestStep{{
			Config:      e.ProviderBlock() + basketConfig("Seat", "10.99", "21.0"),
			ExpectError: said("Cannot create Qonto payment link", "potential_payment_methods", "422", "paypal", "Nothing was created"),
		}},
	})
}

func TestAccBadInputAsksNothing(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{basketConfig("Seat", "10.995", "21.0"), "more decimals than an amount in EUR"},
		{basketConfig("Seat", "-1", "21.0"), "unit_price"},
		{basketConfig("Seat", "ten", "21.0"), "is not a decimal number"},
		{basketConfig("Seat", "10.99", "20%"), "vat_rate"},
		{basketConfig("Seat", "10.99", "101"), "vat_rate"},
		{strings.ReplaceAll(basketConfig("Seat", "10.99", "21.0"), "EUR", "USD"), "unit_price"},
		{basketConfig("Seat", "10.99", "21.0", `invoice_id = "3c90c3cc-0d44-4b50-8888-8dd25736052a"`), "Both a basket and an invoice"},
		{`resource "paymentlinks_qonto_link" "test" { potential_payment_methods = ["credit_card"] }`, "Neither a basket nor an invoice"},
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

func TestAccNotConfigured(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config:      basketConfig("Seat", "10.99", "21.0"),
			ExpectError: said("Qonto is not configured", "`qonto = {}`"),
		}},
	})
}

func TestAccUnknownProviderValue(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		Steps: []resource.TestStep{{
			Config: `
resource "terraform_data" "token" { input = "later" }
provider "paymentlinks" {
  qonto = { environment = "production", access_token = terraform_data.token.output }
}` + basketConfig("Seat", "10.99", "21.0"),
			ExpectError: said("Value not known yet", "`access_token`"),
		}},
	})
}

// Values that only the apply knows, inside every nested object: at create, and at a change.
func TestAccUnknownWhilePlanning(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "qonto")
	config := func(title string) string {
		return e.ProviderBlock() + fmt.Sprintf(`
resource "terraform_data" "later" {
  input = { title = %q, price = "10.99", vat = "21.0", method = "credit_card", quantity = 2 }
}
resource "paymentlinks_qonto_link" "test" {
  reusable                  = true
  potential_payment_methods = [terraform_data.later.output.method]
  items = [{
    title      = terraform_data.later.output.title
    quantity   = terraform_data.later.output.quantity
    unit_price = { value = terraform_data.later.output.price, currency = "EUR" }
    vat_rate   = terraform_data.later.output.vat
  }]
}`, title)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{Config: config("Seat")},
			{Config: config("Table"), ConfigPlanChecks: action(plancheck.ResourceActionReplace)},
		},
	})
}
