package e2e_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// exampleFolders are the examples that are a configuration of their own, with what is to be shown of each beyond that it is applied,
// planned again without a change and destroyed.
var exampleFolders = map[string]func(*fixture){
	"standing-donation-link": checkDonationLink, "invoices-from-csv": checkInvoices, "any-vendor": checkAnyVendor,
}

// followExample runs the commands of an example's page; what they write is there, and nothing is left to do. Then everything is destroyed,
// once what is protected is no more.
func (f *fixture) followExample(name, commands string) {
	if err := os.CopyFS(f.w.Dir, os.DirFS(filepath.Join(root, "examples", name))); err != nil {
		f.Fatal(err)
	}
	person := &shell{fixture: f}
	person.run(f.filledIn(commands) + "terraform plan -detailed-exitcode")
	for _, match := range regexp.MustCompile(`(?m)> (\S+)$`).FindAllStringSubmatch(commands, -1) {
		text := f.fileIn(match[1])
		if strings.HasSuffix(match[1], ".json") && !json.Valid([]byte(text)) || !strings.HasSuffix(match[1], ".svg") && !strings.Contains(text, f.box.URL()) || text == "" {
			f.Errorf("%s has %s", match[1], text)
		}
	}
	exampleFolders[name](f)
	config := f.fileIn("main.tf")
	if open := strings.ReplaceAll(config, "prevent_destroy = true", "prevent_destroy = false"); open != config {
		f.requireText(f.run(1, "destroy", "-auto-approve"), "prevent_destroy")
		f.write("main.tf", open)
	}
	f.destroy()
	for _, d := range descriptor.All() {
		if d.Operations.Revoke != "" {
			f.requireOpen(d, 0)
		}
	}
}

// requireHanded expects of the output "links" that it has open links of these amounts, as the vendors have them; an amount of "" is of the
// vendor's choice.
func (f *fixture) requireHanded(want map[string]string) map[string]any {
	f.Helper()
	there := map[string]string{}
	for _, link := range f.box.Overview() {
		there[link.URL] = link.Amount
	}
	handed, _ := f.outputs()["links"].(map[string]any)
	for name, amount := range want {
		link, _ := handed[name].(map[string]any)
		url, _ := link["url"].(string)
		if held, has := there[url]; !has || link["state"] != "open" || amount != "" && (held != amount || link["amount"] != nil && link["amount"] != amount) {
			f.Errorf("%s: %v, the vendors have %v", name, link, there)
		}
	}
	if len(handed) != len(want) || len(there) != len(want) {
		f.Errorf("%v; the vendors have %v", handed, there)
	}
	return handed
}

// refuses expects a plan to end with errors that say all of it.
func (f *fixture) refuses(want []string, flags ...string) {
	f.Helper()
	f.requireText(f.run(1, append([]string{"plan"}, flags...)...), want...)
}

func checkDonationLink(f *fixture) {
	got, link := f.outputs(), f.box.Overview()[0]
	if got["url"] != link.URL || got["state"] != "open" || got["amount"] != "10.00 EUR" {
		f.Errorf("outputs %v; the vendor has %v", got, link)
	}
	if sign := f.fileIn("sign.svg"); !strings.HasPrefix(sign, "<svg ") {
		f.Errorf("the sign is %s", sign)
	}
	f.refuses([]string{"prevent_destroy"}, "-var", "amount=12.00")
	f.refuses([]string{"The amount must be above zero", "sandbox or production", "The title must not be empty", "At least one payment method"},
		"-var", "amount=0.00", "-var", "environment=test", "-var", "title= ", "-var", "payment_methods=[]")
	f.refuses([]string{"at most two decimals"}, "-var", "amount=1.999")
}

func checkInvoices(f *fixture) {
	links := f.requireHanded(map[string]string{"F-2026-0101": "240.00", "F-2026-0102": "1284.50", "F-2026-0103": "99.90"})
	want := "number,amount,state,url\n"
	for _, number := range slices.Sorted(maps.Keys(links)) {
		link := links[number].(map[string]any)
		want += fmt.Sprintf("%s,%s,%s,%s\n", number, link["amount"], link["state"], link["url"])
	}
	if csv := f.fileIn("links.csv"); csv != want {
		f.Errorf("the CSV is\n%s\nwant\n%s", csv, want)
	}

	// Rows in another order and one more are one link more.
	text := f.fileIn("invoices.csv")
	rows := strings.SplitAfter(text, "\n")
	const id = "0199c2d4-6f0e-7a31-9c55-3b8f5d2e0104"
	f.write("invoices.csv", rows[0]+rows[3]+rows[1]+"F-2026-0104,"+id+",Chez Odile,5.00\n"+rows[2])
	if report := f.plan("-var", "expected_total=1629.40"); len(report.Actions) != 1 || report.Actions[`paymentlinks_qonto_link.invoice["F-2026-0104"]`] != "create" {
		f.Errorf("actions %v", report.Actions)
	}
	f.refuses([]string{"The total of invoices.csv is 1629.40, but expected_total is 1624.40"}, "-var", "expected_total=1624.40")

	// A byte order mark and amounts with fewer decimals change nothing.
	f.write("invoices.csv", "\ufeff"+strings.ReplaceAll(text, "240.00", "240"))
	f.run(0, "plan", "-detailed-exitcode")

	f.write("invoices.csv", text+rows[1]+
		"F-1,"+id+",Odile,\nF-2,"+id+",Odile,\"1,50\"\nF-3,,Odile,1.50\nF-4,"+id+",,1.50\n,"+id+",Odile,1.50\nF-5,"+id+",Odile,0.00\n")
	f.refuses([]string{"invoices.csv, rows 2 and 5: the invoice number F-2026-0101 is not unique", "row 6 (F-1): the amount must be in euros", `row 7 (F-2): the amount must be in euros above zero with a decimal point, such as 240.00 or 240, got "1,50"`,
		`row 11 (F-5): the amount must be in euros above zero`,
		"row 8 (F-3): the invoice_id must be a UUID", "row 9 (F-4): the customer is missing", "row 10: the invoice number must consist of letters"})
	for file, words := range map[string]string{
		"number,customer,amount\nF-1,Odile,1.50\n":  "The first line of the file must name the columns",
		"number,amount\n\"F-1\n":                    "CSV parse error on line 2",
		text + "F-6," + id + ",Dupont, Fils,1.50\n": "line 5: wrong number of fields",
	} {
		f.write("invoices.csv", file)
		f.refuses([]string{words})
	}
	f.refuses([]string{"The file none.csv does not exist"}, "-var", "invoices_file=none.csv")
	f.write("invoices.csv", rows[0])
	f.requireText(f.run(0, "plan"), "invoices.csv contains no invoices")
	f.write("invoices.csv", text)
}

func checkAnyVendor(f *fixture) {
	f.requireHanded(map[string]string{"order": "49.90", "subscription": "49940", "ticket": "12.00", "phone": ""})
	// The first four are seen before those that also look at the vendor.
	f.write("bad.tfvars", `links = {
  vendor = { vendor = "stripe", amount = "1.00", currency = "EUR", label = "L", reference = "R" }
  rest   = { vendor = "qonto", amount = "1.00", currency = "EUR", label = " ", reference = "", return_url = "http://a.example" }
}
`)
	f.refuses([]string{"The vendor must be powens, conomy, gigs or qonto", "The label must not be empty", "The reference must not be empty", "must begin with https://"}, "-var-file=bad.tfvars")
	const rest = `label = "L", reference = "R" }`
	f.write("bad.tfvars", `payee = {}
links = {
  amount   = { vendor = "qonto", currency = "EUR", `+rest+`
  currency = { vendor = "conomy", amount = "1.00", `+rest+`
  gigs     = { vendor = "gigs", amount = "1.00", payer = { first_name = "A", last_name = "B" }, `+rest+`
  dollars  = { vendor = "qonto", amount = "1.00", currency = "USD", `+rest+`
  nobody   = { vendor = "powens", amount = "1.00", currency = "EUR", `+rest+`
}
`)
	f.refuses([]string{
		"The amount is required, except for Gigs", "The currency is required, except for Gigs", "Qonto accepts only EUR",
		"Powens and Gigs require the payer", "Gigs requires the payer's email and tax_number", "payee must have an object for this vendor",
	}, "-var-file=bad.tfvars")
}
