package webtest_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/webtest/browser"
)

// checkoutConfiguration is one link, whose outputs are what is handed out.
func checkoutConfiguration(d descriptor.Descriptor) string {
	return strings.NewReplacer("TYPE", d.ResourceType(), "ARGUMENTS", tfconfig.HCL(tfconfig.Changed(d.Labeled("Workshop", "workshop"), d.Payable))).Replace(`
terraform {
  required_providers {
    paymentlinks = { source = "paymentlinks/paymentlinks" }
  }
}

resource "TYPE" "it" {
ARGUMENTS}

output "url" {
  value = TYPE.it.url
}

output "state" {
  value = TYPE.it.state
}
`)
}

// TestAccPaidInTheBrowser is the whole way of a link: declared, handed out, opened in a browser, paid there, and seen as paid in the
// next plan, which changes nothing but what it says of the link.
func TestAccPaidInTheBrowser(t *testing.T) {
	t.Parallel()
	engine.Require(t)
	tab := browser.Require(t)
	d := descriptor.Revocable()
	e := acctest.NewSandbox(t, d.Name)
	w := workspace.ForTest(t, e.Env())
	w.Attach = true
	if err := w.Write("main.tf", checkoutConfiguration(d)); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) workspace.Result {
		t.Helper()
		result, err := w.Expect(t.Context(), want, args...)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	output := func(name string) string {
		t.Helper()
		return run(0, "output", "-no-color", "-raw", name).Stdout
	}
	run(0, "init", "-no-color")
	run(0, "apply", "-no-color", "-auto-approve")

	address := output("url")
	status, err := tab.Navigate(address)
	if err != nil || status != 200 {
		t.Fatalf("the page of %s answers %d: %v", address, status, err)
	}
	for selector, want := range map[string]string{"h1": d.Amount + " " + d.Currency, ".label": "Workshop", ".stage": "open"} {
		if got, err := tab.Text(selector); err != nil || strings.TrimSpace(got) != want {
			t.Errorf("the page says %q, want %q: %v", got, want, err)
		}
	}
	if err := tab.Click("button.pay"); err != nil {
		t.Fatal(err)
	}
	if got, err := tab.Text(".stage"); err != nil || strings.TrimSpace(got) != "paid" {
		t.Errorf("after the payment the page says %q: %v", got, err)
	}

	if planned := run(2, "plan", "-no-color", "-detailed-exitcode", "-out=paid.tfplan"); !strings.Contains(planned.Printed, `state = "open" -> "paid"`) {
		t.Errorf("the plan does not say that the link is paid:\n%s", planned.Printed)
	}
	if report, err := w.Plan(t.Context()); err != nil || len(report.Actions) != 0 {
		t.Errorf("a payment leads to %v, %v", report.Actions, err)
	}
	run(0, "apply", "-no-color", "paid.tfplan")
	if got := output("state"); got != "paid" {
		t.Errorf("the output says %q", got)
	}
	if held := e.Overview(); len(held) != 1 {
		t.Errorf("the vendor holds %d links", len(held))
	}
}
