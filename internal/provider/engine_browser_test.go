package provider_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendors"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/browser/browsertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

const browserConfiguration = `
resource "paymentlinks_qonto_link" "it" {
  reusable                  = false
  potential_payment_methods = ["credit_card"]
  items = [{
    title      = "Workshop"
    quantity   = 1
    vat_rate   = "21.0"
    unit_price = { value = "10.99", currency = "EUR" }
  }]
}

output "url" {
  value = paymentlinks_qonto_link.it.url
}

output "state" {
  value = paymentlinks_qonto_link.it.state
}
`

// TestPaidInTheBrowser is the whole way of a link: declared, handed out, opened in a browser, paid there, and seen as paid in the
// next plan, which changes nothing but what it says of the link.
func TestPaidInTheBrowser(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	tab := browsertest.Open(t)
	box, err := sandbox.Start(sandbox.Options{}, vendors.All()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	w, err := workspace.New(t.TempDir(), found, mirrorFor(t, found), box.Env())
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Workspace: w, Sandbox: box, t: t}
	r.declare(browserConfiguration)
	if _, err := w.Expect(t.Context(), 0, "init", "-no-color"); err != nil {
		t.Fatal(err)
	}
	r.apply()
	address := r.output("url")

	status, err := tab.Go(address)
	if err != nil || status != 200 {
		t.Fatalf("the page of %s answers %d: %v", address, status, err)
	}
	for selector, want := range map[string]string{"h1": "13.30 EUR", ".label": "Workshop", ".stage": "open"} {
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

	planned, err := w.Expect(t.Context(), 2, "plan", "-no-color", "-detailed-exitcode", "-out=paid.tfplan")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(planned.Printed, `state = "open" -> "paid"`) {
		t.Errorf("the plan does not say that the link is paid:\n%s", planned.Printed)
	}
	if report := r.plan(); len(report.Actions) != 0 {
		t.Errorf("a payment leads to %v", report.Actions)
	}
	if _, err := w.Expect(t.Context(), 0, "apply", "-no-color", "paid.tfplan"); err != nil {
		t.Fatal(err)
	}
	if got := r.output("state"); got != "paid" {
		t.Errorf("the output says %q", got)
	}
	if held := r.held("qonto"); len(held) != 1 {
		t.Errorf("the vendor holds %d links", len(held))
	}
}

// output is the text of one output.
func (r *rig) output(name string) string {
	r.t.Helper()
	result, err := r.Expect(r.t.Context(), 0, "output", "-no-color", "-raw", name)
	if err != nil {
		r.t.Fatal(err)
	}
	return result.Stdout
}
