package powens_test

import (
	"fmt"
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
	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

const address = "paymentlinks_powens_link.test"

// linkConfig is a link whose amount and label a test chooses; extra lines go into the resource.
func linkConfig(amount, label string, extra ...string) string {
	return fmt.Sprintf(`
resource "paymentlinks_powens_link" "test" {
  amount              = %q
  currency            = "EUR"
  label               = %q
  execution_date_type = "first_open_day"
  beneficiary = {
    scheme_name    = "iban"
    identification = "FR1420041010050500013M02606"
    label          = "Acme SAS"
  }
  beneficiary_identity = { kind = "corporate", org_name = "Acme SAS", scheme_name = "siren", identification = "749867206" }
  payer_identity       = { first_name = "Ada", last_name = "Lovelace", email = "ada@example.com" }
  %s
}
`, amount, label, strings.Join(extra, "\n  "))
}

// counted asserts how many requests of each kind the sandbox has seen so far.
func counted(e *acctest.VendorSandbox, creates, revokes int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if c, r := e.CallCount("powens", "create"), e.CallCount("powens", "revoke"); c != creates || r != revokes {
			return fmt.Errorf("%d creates and %d revokes, want %d and %d", c, r, creates, revokes)
		}
		return nil
	}
}

// nothingPayable is the third promise, asked of the vendor.
func nothingPayable(e *acctest.VendorSandbox) resource.TestCheckFunc {
	return func(*terraform.State) error {
		if n := powenssandbox.From(e).Payable(); n != 0 {
			return fmt.Errorf("%d payable links are left at the vendor", n)
		}
		return nil
	}
}

func action(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
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
	e := acctest.NewSandbox(t, "powens")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             resource.ComposeAggregateTestCheckFunc(nothingPayable(e), counted(e, 2, 2)),
		Steps: []resource.TestStep{
			{
				Config:           e.ProviderBlock() + linkConfig("50.90", "Invoice 1"),
				ConfigPlanChecks: action(plancheck.ResourceActionCreate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("state"), knownvalue.StringExact("open")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("redirect"), knownvalue.Bool(false)),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("payer"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("payer_identity").AtMapKey("kind"), knownvalue.StringExact("individual")),
					statecheck.ExpectKnownValue(address, tfjsonpath.New("url"), knownvalue.StringRegexp(regexp.MustCompile("^http"))),
					statecheck.ExpectSensitiveValue(address, tfjsonpath.New("payer_identity").AtMapKey("first_name")),
				},
				Check: counted(e, 1, 0),
			},
			{ // the same link, written otherwise
				Config:           e.ProviderBlock() + strings.Replace(linkConfig("50.9", "Invoice 1", "redirect = false"), `email = "ada@example.com"`, `kind = "individual"`, 1),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
			{ // policies change in place, without a call
				Config:           e.ProviderBlock() + linkConfig("50.90", "Invoice 1", `replace_when = ["revoked", "paid"]`, `timeouts = { delete = "1m" }`),
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				Check:            counted(e, 1, 0),
			},
			{
				Config: e.ProviderBlock() + linkConfig("50.90", "Invoice 1", `redirect_uri = "https://shop.example.com/thanks"`, `redirect_state = ""`,
					`payer = { scheme_name = "iban", identification = "DE89370400440532013000", label = "Ada" }`),
				ConfigPlanChecks: action(plancheck.ResourceActionReplace),
				Check:            counted(e, 2, 1),
			},
		},
	})
}

func TestAccImport(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "powens")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{Config: e.ProviderBlock() + linkConfig("50.90", "Invoice 1")},
			{ResourceName: address, ImportState: true, ImportStateVerify: true},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithID},
			{ResourceName: address, ImportState: true, ImportStateId: "../payments", ExpectError: said("slash")},
			{ResourceName: address, ImportState: true, ImportStateId: "0197e000-0000-7000-8000-000000000000", ExpectError: said("knows no link", "under the credentials")},
		},
	})
}

func TestAccImportByIdentity(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "powens")
	resource.Test(t, resource.TestCase{
		// Terraform knows identities from 1.12 on; this runs on OpenTofu and on the newer Terraform of the further engines.
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{
				Config:            e.ProviderBlock() + linkConfig("50.90", "Invoice 1"),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))},
			},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

// What the vendor hides is filled in after an import, in place, once.
func TestAccImportOfHiddenFields(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "powens")
	powenssandbox.From(e).Set(func(s *powenssandbox.Switches) { s.Sensitive = "omit" })
	config := e.ProviderBlock() + linkConfig("50.90", "Invoice 1")
	if err := e.Seed("powens", []byte(`{
		"id": "3c90c3cc-0d44-4b50-8888-8dd25736052a", "amount": 50.9, "currency": "EUR", "label": "Invoice 1", "execution_date_type": "first_open_day",
		"beneficiary": {"scheme_name": "iban", "identification": "FR1420041010050500013M02606", "label": "Acme SAS"},
		"beneficiary_identity": {"kind": "corporate", "org_name": "Acme SAS", "scheme_name": "siren", "identification": "749867206"},
		"payer_identity": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}, "redirect": false, "url": "https://x.example.com"}`)); err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             resource.ComposeAggregateTestCheckFunc(nothingPayable(e), counted(e, 0, 1)),
		Steps: []resource.TestStep{
			{
				Config:           config + "\nimport {\n  to = " + address + "\n  id = \"3c90c3cc-0d44-4b50-8888-8dd25736052a\"\n}\n",
				ConfigPlanChecks: action(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, tfjsonpath.New("payer_identity").AtMapKey("first_name"), knownvalue.StringExact("Ada")),
				},
			},
			{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}},
		},
	})
}

func TestAccChangedBehindTheProvider(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*acctest.VendorSandbox, string) error
		state  string
		plan   plancheck.ResourceActionType
	}{
		"paid":     {func(e *acctest.VendorSandbox, id string) error { return powenssandbox.From(e).Pay(id) }, "paid", plancheck.ResourceActionNoop},
		"pending":  {func(e *acctest.VendorSandbox, id string) error { return powenssandbox.From(e).StartPayment(id) }, "processing", plancheck.ResourceActionNoop},
		"rejected": {func(e *acctest.VendorSandbox, id string) error { return powenssandbox.From(e).Reject(id) }, "open", plancheck.ResourceActionNoop},
		"revoked":  {func(e *acctest.VendorSandbox, id string) error { return powenssandbox.From(e).Act(id, "cancel", "") }, "open", plancheck.ResourceActionReplace},
		"strange": {func(e *acctest.VendorSandbox, id string) error {
			return powenssandbox.From(e).ForceStatus(id, "on_hold")
		}, "unknown", plancheck.ResourceActionNoop},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.NewSandbox(t, "powens")
			config := e.ProviderBlock() + linkConfig("50.90", "Invoice 1")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.ProviderFactories(),
				CheckDestroy:             nothingPayable(e),
				Steps: []resource.TestStep{
					{Config: config},
					{
						PreConfig: func() {
							if err := c.change(e, powenssandbox.From(e).Links()[0].ID); err != nil {
								t.Error(err)
							}
						},
						Config:           config,
						ConfigPlanChecks: action(c.plan),
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
	e := acctest.NewSandbox(t, "powens")
	var steps []resource.TestStep
	for _, c := range []struct{ config, want string }{
		{linkConfig("50.905", "x"), "more decimals than an amount in EUR"},
		{linkConfig("0", "x"), "greater than zero"},
		{strings.Replace(linkConfig("1", "x"), `"EUR"`, `"QQQ"`, 1), "ISO 4217"},
		{linkConfig("1", "x", "redirect = true"), "redirect_uri"},
		{strings.Replace(linkConfig("1", "x"), `"siren"`, `"rna"`, 1), "names no scheme of the kind"},
		{strings.Replace(linkConfig("1", "x"), `last_name = "Lovelace", `, ``, 1), "Missing last_name"},
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

// Values that only the apply knows, inside every kind of nested object: at create, and at a change.
func TestAccUnknownWhilePlanning(t *testing.T) {
	t.Parallel()
	e := acctest.NewSandbox(t, "powens")
	config := func(name string) string {
		return e.ProviderBlock() + fmt.Sprintf(`
resource "terraform_data" "later" {
  input = { name = %q, amount = "50.90", iban = "FR1420041010050500013M02606", uri = "https://shop.example.com/thanks" }
}
`, name) + strings.NewReplacer(
			`"50.90"`, "terraform_data.later.output.amount", `"FR1420041010050500013M02606"`, "terraform_data.later.output.iban",
			`"Ada"`, "terraform_data.later.output.name",
		).Replace(linkConfig("50.90", "Invoice 1", "redirect_uri = terraform_data.later.output.uri", `redirect_state = "x"`))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.ProviderFactories(),
		CheckDestroy:             nothingPayable(e),
		Steps: []resource.TestStep{
			{Config: config("Ada"), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("redirect"), knownvalue.Bool(true)),
			}},
			{Config: config("Grace"), ConfigPlanChecks: action(plancheck.ResourceActionReplace)},
		},
	})
}
