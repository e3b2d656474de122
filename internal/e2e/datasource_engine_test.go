package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// TestAccDataSourcesByEngine lets a real engine read.
func TestAccDataSourcesByEngine(t *testing.T) {
	t.Parallel()
	found := realEngine(t)
	mirror := mirrorFor(t, found)
	t.Run("tests", func(t *testing.T) {
		for name, test := range map[string]func(*testing.T, *acting){
			"examples":            testDataSourceExamples,
			"beside the resource": testDataSourcesInOneApply,
			"payer data":          testDataSourcesHidePayers,
			"refusals":            testDataSourceRefusals,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.NewSandbox(t, "conomy")
				w, err := workspace.New(t.TempDir(), found, mirror, e.Env())
				if err != nil {
					t.Fatal(err)
				}
				test(t, &acting{T: t, box: e, w: w})
			})
		}
	})
}

// outputs are a state's outputs.
func (a *acting) outputs() map[string]any {
	a.Helper()
	var state struct {
		Values struct {
			Outputs map[string]struct {
				Value any `json:"value"`
			} `json:"outputs"`
		} `json:"values"`
	}
	if err := a.w.Show(a.Context(), &state); err != nil {
		a.Fatal(err)
	}
	out := map[string]any{}
	for name, output := range state.Values.Outputs {
		out[name] = output.Value
	}
	return out
}

// Every example of a data source is applied as it stands, and shows what the vendors have.
func testDataSourceExamples(t *testing.T, a *acting) {
	for _, c := range vendorCases {
		seed, err := os.ReadFile(filepath.Join(root, "internal", "cmd", "demo", "testdata", c.vendor+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.box.Seed(c.vendor, seed); err != nil {
			t.Fatal(err)
		}
	}
	a.example("provider/provider.tf")
	folders, err := os.ReadDir(filepath.Join(root, "examples", "data-sources"))
	if err != nil {
		t.Fatal(err)
	}
	offered := acctest.NewServer(t, nil, nil).Schema().DataSourceSchemas
	if len(folders) != len(offered) {
		t.Errorf("%d examples of %d data sources", len(folders), len(offered))
	}
	for _, folder := range folders {
		if offered[folder.Name()] == nil {
			t.Errorf("an example of %s, which is no data source", folder.Name())
		}
		a.example("data-sources/" + folder.Name() + "/data-source.tf")
	}
	a.run(0, "init")
	a.run(0, "validate")
	printed := a.run(0, "apply", "-auto-approve")
	if strings.Contains(printed, "Warning") {
		t.Errorf("it warns:\n%s", printed)
	}
	a.run(0, "plan", "-detailed-exitcode")
	outputs := a.outputs()
	for name, want := range map[string]any{
		"tasting_url": "https://pay.example/3c90c3cc-0d44-4b50-8888-8dd25736052a", "expired_amounts": object{}, "qonto_connection": "enabled",
		"qonto_methods": list{"credit_card", "apple_pay", "paypal", "ideal"}, "payments_received": list{}, "order_attempt": "unavailable",
		"open_orders": object{"Order 2026-0042": "https://payment-links.example.com/3c90c3cc"}, "invoice_status": "ACTIVE", "waiting_tokens": list{"invoice-1001"},
		"subscription_status": "active", "invoice_links": object{"pml_0SNlurA049MEWV1x2CfC8u8im5xU": "active"},
		"payable": list{
			"conomy 65f0c0ffee65f0c0ffee65f0: 49990 CLP", "gigs pml_0SNlurA049MEWV1x2CfC8u8im5xU: ? ?",
			"powens 3c90c3cc-0d44-4b50-8888-8dd25736052a: 49.90 EUR", "qonto 3c90c3cc-0d44-4b50-8888-8dd25736052a: 39.89 EUR",
		},
	} {
		if got := outputs[name]; !tfconfig.Equal(want, got) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}

	acctest.WrapSandbox(t, a.box.Sandbox, "qonto").Simulate("3c90c3cc-0d44-4b50-8888-8dd25736052a", "pay")
	a.run(0, "apply", "-auto-approve")
	if received, _ := a.outputs()["payments_received"].(list); len(received) != 1 || tfconfig.Lookup(received[0], "amount") != "39.89" || tfconfig.Lookup(received[0], "at") == nil {
		t.Errorf("received %v", received)
	}
	for _, c := range vendorCases {
		if n := len(a.box.Requests(sandbox.ByOp(c.vendor, "create"))); n != 0 {
			t.Errorf("%s: %d links created by reading", c.vendor, n)
		}
	}
}

// A link is made and read in one apply, where its id is not known to the plan, and the next plan is empty.
func testDataSourcesInOneApply(t *testing.T, a *acting) {
	a.example("provider/provider.tf")
	var text strings.Builder
	for _, c := range vendorCases {
		kind := c.name()
		text.WriteString("resource \"" + kind + "\" \"x\" {\n" + hclBody(c.config) + "\n}\n" +
			"data \"" + kind + "\" \"x\" {\n  id = " + kind + ".x.id\n}\n" +
			"data \"" + kind + "s\" \"x\" {\n  depends_on = [" + kind + ".x]\n}\n" +
			"output \"" + c.vendor + "\" {\n  value = [" + kind + ".x.url, data." + kind + ".x.url, data." + kind + "s.x.links[0].url]\n}\n")
	}
	a.write("main.tf", text.String())
	a.run(0, "init")
	a.run(0, "validate")
	a.run(0, "plan")
	a.run(0, "apply", "-auto-approve")
	a.run(0, "plan", "-detailed-exitcode")
	for vendor, output := range a.outputs() {
		urls, _ := output.(list)
		if len(urls) != 3 || urls[0] == nil || urls[0] != urls[1] || urls[0] != urls[2] {
			t.Errorf("%s: %v", vendor, urls)
		}
	}
}

// A payer's data comes out of a data source sensitive, and stays out of what is printed.
func testDataSourcesHidePayers(t *testing.T, a *acting) {
	seed, err := os.ReadFile(filepath.Join(root, "internal", "cmd", "demo", "testdata", "powens.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.box.Seed("powens", seed); err != nil {
		t.Fatal(err)
	}
	a.example("provider/provider.tf", "data-sources/paymentlinks_powens_link/data-source.tf", "data-sources/paymentlinks_powens_links/data-source.tf")
	a.write("payer.tf", "output \"payer\" {\n  value = data.paymentlinks_powens_link.order.payer_identity\n}\n")
	a.run(0, "init")
	a.has(a.run(1, "apply", "-auto-approve"), "sensitive")
	a.write("payer.tf", "output \"payer\" {\n  value     = data.paymentlinks_powens_links.open.links\n  sensitive = true\n}\n")
	printed := a.run(0, "apply", "-auto-approve") + a.run(0, "show")
	if strings.Contains(printed, "Lovelace") {
		t.Errorf("the payer is printed:\n%s", printed)
	}
}

// What is wrong is said at the plan, with nothing asked; a link that is not there is an error that says where it was looked for.
func testDataSourceRefusals(t *testing.T, a *acting) {
	a.example("provider/provider.tf")
	a.write("main.tf", `
data "paymentlinks_qonto_links" "x" {
  statuses = ["settled"]
}
data "paymentlinks_conomy_link" "x" {
  id             = "a"
  checkout_token = "b"
}
data "paymentlinks_gigs_links" "x" {
  invoice = ""
}
`)
	a.run(0, "init")
	a.has(a.run(1, "plan"), `it knows no "settled"`, "exactly one of `id` and `checkout_token`", "a value is empty")
	if n := len(a.box.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
	a.write("main.tf", "data \"paymentlinks_qonto_link\" \"x\" {\n  id = \"3c90c3cc-0d44-4b50-8888-8dd257360000\"\n}\n")
	a.has(a.run(1, "plan"), "Cannot read Qonto payment link", "knows no link 3c90c3cc-0d44-4b50-8888-8dd257360000", "Main account")
}
