package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// TestAccFunctions lets a real engine call the functions.
func TestAccFunctions(t *testing.T) {
	tests := map[string]func(*fixture){"values": testFunctionValues, "refusals": testFunctionRefusals}
	for name, check := range functionExamples {
		tests["example of "+name] = func(f *fixture) {
			f.copyExamples("functions/" + name + "/function.tf")
			f.ready()
			f.run(0, "apply", "-auto-approve")
			f.run(0, "plan", "-detailed-exitcode")
			check(f)
		}
	}
	runAll(t, tests)
}

// functionExamples say what comes of the examples; each is applied as it stands.
var functionExamples = map[string]func(*fixture){
	"minor_units": func(f *fixture) { f.requireOutputs(object{"cents": 1050.0, "cents_of_three": 3150.0}) },
	"major_units": func(f *fixture) {
		f.requireOutputs(object{"total": "129.50", "prices": object{"delivery": "9.50", "hammock": "120.00"}})
	},
	"conomy_item": func(f *fixture) {
		totals := map[string]string{}
		for _, link := range conomysandbox.From(f.box).Links() {
			totals[link.CheckoutToken] = link.TotalAmount
		}
		if len(totals) != 2 || totals["order-1001"] != "49990" || totals["order-1002"] != "147536" {
			f.Errorf("the links ask for %v", totals)
		}
	},
	"qr_svg": func(f *fixture) {
		if svg, _ := f.outputs()["poster"].(string); !strings.HasPrefix(svg, "<svg ") || !strings.HasSuffix(svg, "</svg>") {
			f.Errorf("the poster is %.200s", svg)
		}
	},
}

func TestEveryFunctionHasAnAppliedExample(t *testing.T) {
	t.Parallel()
	offered, err := protoserver.New(vendors.Provider("test")).GetFunctions(t.Context(), &tfprotov6.GetFunctionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name := range offered.Functions {
		if functionExamples[name] == nil {
			t.Errorf("no example of %s is applied", name)
		}
	}
	folders, err := os.ReadDir(filepath.Join(root, "examples", "functions"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if functionExamples[folder.Name()] == nil {
			t.Errorf("the example of %s is applied by no test", folder.Name())
		}
	}
}

const functionHeader = `
terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}
`

// Items are known at plan, so that for_each takes them; every way to give a tax or none makes a link whose next plan is empty. What is known
// only after the apply is worked out then, also inside a tax. Numbers of 40 digits come through the engine and back unharmed.
func testFunctionValues(f *fixture) {
	f.write("main.tf", functionHeader+`
provider "paymentlinks" {
  conomy = { account = "main" }
}

variable "fee" {
  type    = object({ name = string, type = string, value = string })
  default = null
}

variable "iva" {
  type    = object({ name = string, type = string, value = string })
  default = { name = "IVA", type = "PERCENTAGE", value = 19 }
}

resource "terraform_data" "later" {
  input = { price = "100.00", percent = "19", text = "https://x.example" }
}

locals {
  later = terraform_data.later.output
  first = provider::paymentlinks::conomy_item("Annual plan", "42008", "CLP", var.iva)
  links = { for token, link in {
    percentage = { currency = "CLP", items = [local.first] }
    fixed      = { currency = "USD", items = [provider::paymentlinks::conomy_item("Plan", 10.5, "USD", { name = "Fee", type = "FIXED", value = "0.5" })] }
    untaxed    = { currency = "USD", items = [provider::paymentlinks::conomy_item("Plan", "10.5", "USD")] }
    null_tax   = { currency = "USD", items = [provider::paymentlinks::conomy_item("Plan", "10", "USD", var.fee[*]...)] }
    given_tax  = { currency = "USD", items = [provider::paymentlinks::conomy_item("Plan", "10", "USD", var.iva[*]...)] }
    crypto     = { currency = "USDC", items = [provider::paymentlinks::conomy_item("Plan", "10.333333", "USDC", var.iva)] }
    # The tax of another item; its amount is not taken over.
    reused      = { currency = "CLP", items = [provider::paymentlinks::conomy_item("Two plans", "84016", "CLP", local.first.tax), local.first] }
    later_price = { currency = "USD", items = [provider::paymentlinks::conomy_item("Plan", local.later.price, "USD")] }
    later_tax   = { currency = "USD", items = [provider::paymentlinks::conomy_item("Plan", "10", "USD", { name = "IVA", type = "PERCENTAGE", value = local.later.percent })] }
  } : token => link if provider::paymentlinks::minor_units(link.currency == "CLP" ? "1" : "1.5", link.currency == "USDC" ? "USD" : link.currency) > 0 }
  long = "12345678901234567890123456789012345678.91"
}

resource "paymentlinks_conomy_link" "it" {
  for_each                = local.links
  checkout_token          = each.key
  currency                = each.value.currency
  payment_methods_allowed = ["CARD"]
  duration                = 3600
  items                   = each.value.items
  destinations            = [for item in each.value.items : { amount = item.total_amount, account = { account_number = "111", type = "CHECKING", currency = "CLP", account_holder = "Shop" } }]
  owner                   = { identity_id = "65f0c0ffee" }
}

output "values" {
  value = {
    totals          = { for token, link in paymentlinks_conomy_link.it : token => link.total_amount }
    untaxed         = [for token, link in paymentlinks_conomy_link.it : token if link.items[0].tax == null]
    later           = provider::paymentlinks::minor_units(local.later.price, "EUR")
    code            = length(provider::paymentlinks::qr_svg(local.later.text)) > 500
    units           = tostring(provider::paymentlinks::minor_units(local.long, "EUR"))
    back            = provider::paymentlinks::major_units(provider::paymentlinks::minor_units(local.long, "EUR"), "EUR")
    sum             = provider::paymentlinks::major_units(sum([for price in ["0.10", "0.20"] : provider::paymentlinks::minor_units(price, "EUR")]), "EUR")
    number_for_text = provider::paymentlinks::minor_units(10.1, "EUR")
    discount        = provider::paymentlinks::major_units(-provider::paymentlinks::minor_units("3.20", "EUR"), "EUR")
  }
}
`)
	f.ready()
	f.run(0, "apply", "-auto-approve")
	f.run(0, "plan", "-detailed-exitcode")
	f.requireOutputs(object{"values": object{
		"totals": object{
			"percentage": "49990", "fixed": "11.00", "untaxed": "10.50", "null_tax": "10.00", "given_tax": "11.90", "crypto": "12.29666627", "reused": "149969",
			"later_price": "100.00", "later_tax": "11.90",
		},
		"untaxed": list{"later_price", "null_tax", "untaxed"}, "later": 10000.0, "code": true,
		"units": "1234567890123456789012345678901234567891", "back": "12345678901234567890123456789012345678.91", "sum": "0.30", "number_for_text": 1010.0, "discount": "-3.20",
	}})
}

// A refusal is a sentence of the engine's that names the parameter.
func testFunctionRefusals(f *fixture) {
	iva := `{ name = "IVA", type = "PERCENTAGE", value = "19" }`
	config, want := functionHeader, []string{}
	for call, words := range map[string]string{
		`minor_units("10.005", "EUR")`:  `"amount" parameter: 10.005 has more decimals than EUR allows: at most 2.`,
		`minor_units("10", "eur")`:      `"currency" parameter: "eur" is not an active ISO 4217 currency code`,
		`major_units(10.5, "EUR")`:      `"units" parameter: 10.5: it is not a whole number`,
		`major_units(0.1, "EUR")`:       `"units" parameter: 0.1: it is not a whole number`,
		`qr_svg("")`:                    `"text" parameter: text must not be empty`,
		`minor_units(null, "EUR")`:      `"amount" parameter: argument must not be null`,
		`conomy_item("x", "-1", "USD")`: `"pre_tax_amount" parameter: pre_tax_amount must not be negative`,
		`conomy_item("x", "1", "USD", {name = "IVA", type = "PERCENTAGE"})`:         `"tax" parameter: value is missing or null`,
		`conomy_item("x", "1", "USD", {name = "IVA", type = "NONE", value = "19"})`: `"tax" parameter: type is "NONE"; allowed are "PERCENTAGE" and "FIXED".`,
		`conomy_item("x", "1", "USD", {name = "IVA", type = null, value = "19"})`:   `"tax" parameter: type is missing or null`,
		`conomy_item("x", "1", "USD", ` + iva + `, ` + iva + `)`:                    `"tax" parameter: 2 taxes are given`,
	} {
		config += fmt.Sprintf("output \"it_%d\" {\n  value = provider::paymentlinks::%s\n}\n", len(want), call)
		want = append(want, words)
	}
	f.write("main.tf", config)
	f.ready()
	printed := f.run(1, "plan")
	f.requireText(printed, want...)
	if n := strings.Count(printed, "on main.tf line"); n != len(want) {
		f.Errorf("%d errors have their place, want %d:\n%s", n, len(want), printed)
	}
}
