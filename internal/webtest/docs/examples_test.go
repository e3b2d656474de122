package docs

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exampleFolders are the examples that are a configuration of their own, with what is to be shown of each beyond that it is applied,
// planned again without a change and destroyed.
var exampleFolders = map[string]func(*trial){
	"standing-donation-link": standingDonationLink,
	"invoices-from-csv":      invoicesFromCSV,
	"any-vendor":             anyVendor,
}

// elsewhere says by what the other folders of examples/ are applied.
var elsewhere = map[string]string{
	"quickstart": "internal/cmd/demo", "provider": "internal/cmd/demo", "resources": "internal/cmd/demo",
	"data-sources": "internal/provider", "list-resources": "internal/provider", "actions": "internal/provider", "functions": "internal/functions",
}

func TestNoExampleFolderIsForgotten(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(filepath.Join(root, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		_, here := exampleFolders[entry.Name()]
		if entry.IsDir() && !here && elsewhere[entry.Name()] == "" {
			t.Errorf("examples/%s is applied by no test", entry.Name())
		}
	}
}

// exampleFiles are the paths of all files of examples/.
func exampleFiles(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(root, "examples"), func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			out = append(out, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// example copies a folder of examples/ and makes it ready.
func (r runner) example(t testing.TB, name string) *trial {
	t.Helper()
	k := r.open(t, nil)
	k.with("examples/" + name)
	k.do(0, "init")
	return k
}

// applied applies what stands in the folder; the plan after it must be empty.
func (k *trial) applied() {
	k.Helper()
	k.do(0, "apply", "-auto-approve")
	k.do(0, "plan", "-detailed-exitcode")
}

// ended destroys everything, and nothing may be left that can be paid.
func (k *trial) ended() {
	k.Helper()
	k.end()
	if left := k.payable(); left > 0 {
		k.Errorf("%d links can be paid after the destroy: %+v", left, k.box.Overview())
	}
}

// handed is what the outputs of the examples say of a link.
type handed struct{ URL, State, Amount string }

func (k *trial) handed() map[string]handed {
	k.Helper()
	var out map[string]handed
	if err := json.Unmarshal(k.outputs()["links"], &out); err != nil {
		k.Fatal(err)
	}
	return out
}

// urls are the addresses of the vendors' links, by what they say of their amount.
func (k *trial) urls() map[string]string {
	out := map[string]string{}
	for _, link := range k.box.Overview() {
		out[link.URL] = link.Amount
	}
	return out
}

func standingDonationLink(k *trial) {
	k.applied()
	got := k.outputs()
	var url string
	if err := json.Unmarshal(got["url"], &url); err != nil || k.urls()[url] == "" || string(got["state"]) != `"open"` || string(got["amount"]) != `"10.00 EUR"` {
		k.Errorf("outputs %s, error %v; the vendor has %v", got, err, k.urls())
	}
	if sign := k.do(0, "output", "-raw", "qr_code").Stdout; !strings.HasPrefix(sign, "<svg ") {
		k.Errorf("the sign is %s", sign)
	}
	k.fails("prevent_destroy", "plan", "-var", "amount=12.00")
	k.failsAll([]string{"The amount must be above zero", "sandbox or production", "The title must not be empty", "At least one payment method"},
		"plan", "-var", "amount=0.00", "-var", "environment=test", "-var", "title= ", "-var", "payment_methods=[]")
	k.fails("at most two decimals", "plan", "-var", "amount=1.999")
	k.ended()
}

func invoicesFromCSV(k *trial) {
	k.applied()
	links := k.handed()
	for number, amount := range map[string]string{"F-2026-0101": "240.00", "F-2026-0102": "1284.50", "F-2026-0103": "99.90"} {
		if link := links[number]; link.Amount != amount || link.State != "open" || k.urls()[link.URL] != amount {
			k.Errorf("%s: %+v, the vendor has %v", number, link, k.urls())
		}
	}
	want := "number,amount,state,url\n"
	for _, number := range slices.Sorted(maps.Keys(links)) {
		want += fmt.Sprintf("%s,%s,%s,%s\n", number, links[number].Amount, links[number].State, links[number].URL)
	}
	if csv := k.do(0, "output", "-raw", "csv").Stdout; csv != want || len(links) != 3 {
		k.Errorf("the CSV is\n%s\nwant\n%s", csv, want)
	}

	// Rows in another order and one more are one link more.
	text, err := os.ReadFile(filepath.Join(k.Dir, "invoices.csv"))
	if err != nil {
		k.Fatal(err)
	}
	rows := strings.SplitAfter(string(text), "\n")
	const id = "0199c2d4-6f0e-7a31-9c55-3b8f5d2e0104"
	k.put("invoices.csv", rows[0]+rows[3]+rows[1]+"F-2026-0104,"+id+",Chez Odile,5.00\n"+rows[2])
	if report, err := k.Plan(k.Context(), "-var", "expected_total=1629.40"); err != nil || len(report.Actions) != 1 ||
		report.Actions[`paymentlinks_qonto_link.invoice["F-2026-0104"]`] != "create" {
		k.Errorf("actions %v, error %v", report.Actions, err)
	}
	k.fails("The total of invoices.csv is 1629.40, but expected_total is 1624.40", "plan", "-var", "expected_total=1624.40")

	// A byte order mark and amounts with fewer decimals change nothing.
	k.put("invoices.csv", "\ufeff"+strings.ReplaceAll(string(text), "240.00", "240"))
	k.do(0, "plan", "-detailed-exitcode")

	k.put("invoices.csv", string(text)+rows[1]+
		"F-1,"+id+",Odile,\nF-2,"+id+",Odile,\"1,50\"\nF-3,,Odile,1.50\nF-4,"+id+",,1.50\n,"+id+",Odile,1.50\nF-5,"+id+",Odile,0.00\n")
	k.failsAll([]string{"invoices.csv, rows 2 and 5: the invoice number F-2026-0101 is not unique", "row 6 (F-1): the amount must be in euros", `row 7 (F-2): the amount must be in euros above zero with a decimal point, such as 240.00 or 240, got "1,50"`,
		`row 11 (F-5): the amount must be in euros above zero`,
		"row 8 (F-3): the invoice_id must be a UUID", "row 9 (F-4): the customer is missing", "row 10: the invoice number must consist of letters"}, "plan")
	k.put("invoices.csv", "number,customer,amount\nF-1,Odile,1.50\n")
	k.fails("The first line of the file must name the columns", "plan")
	k.put("invoices.csv", "number,amount\n\"F-1\n")
	k.fails("CSV parse error on line 2", "plan")
	k.put("invoices.csv", string(text)+"F-6,"+id+",Dupont, Fils,1.50\n")
	k.fails("line 5: wrong number of fields", "plan")
	k.fails("The file none.csv does not exist", "plan", "-var", "invoices_file=none.csv")
	k.put("invoices.csv", rows[0])
	if said := spaces.ReplaceAllString(k.do(0, "plan").Printed, " "); !strings.Contains(said, "invoices.csv contains no invoices") {
		k.Errorf("an empty file is planned without a warning:\n%s", said)
	}
	k.put("invoices.csv", string(text))
	k.ended()
}

func anyVendor(k *trial) {
	k.applied()
	links, there := k.handed(), k.urls()
	for name, amount := range map[string]string{"order": "49.90", "subscription": "49940", "ticket": "12.00"} {
		if link := links[name]; link.State != "open" || there[link.URL] != amount {
			k.Errorf("%s: %+v, the vendors have %v", name, link, there)
		}
	}
	if link := links["phone"]; link.State != "open" || len(links) != 4 || len(there) != 4 {
		k.Errorf("%v; the vendors have %v", links, there)
	}
	// The first four are seen before those that also look at the vendor.
	k.put("bad.tfvars", `links = {
  vendor = { vendor = "stripe", amount = "1.00", currency = "EUR", label = "L", reference = "R" }
  rest   = { vendor = "qonto", amount = "1.00", currency = "EUR", label = " ", reference = "", return_url = "http://a.example" }
}
`)
	k.failsAll([]string{"The vendor must be powens, conomy, gigs or qonto", "The label must not be empty", "The reference must not be empty", "must begin with https://"}, "plan", "-var-file=bad.tfvars")
	const rest = `label = "L", reference = "R" }`
	k.put("bad.tfvars", `payee = {}
links = {
  amount   = { vendor = "qonto", currency = "EUR", `+rest+`
  currency = { vendor = "conomy", amount = "1.00", `+rest+`
  gigs     = { vendor = "gigs", amount = "1.00", payer = { first_name = "A", last_name = "B" }, `+rest+`
  dollars  = { vendor = "qonto", amount = "1.00", currency = "USD", `+rest+`
  nobody   = { vendor = "powens", amount = "1.00", currency = "EUR", `+rest+`
}
`)
	k.failsAll([]string{
		"The amount is required, except for Gigs", "The currency is required, except for Gigs", "Qonto accepts only EUR",
		"Powens and Gigs require the payer", "Gigs requires the payer's email and tax_number", "payee must have an object for this vendor",
	}, "plan", "-var-file=bad.tfvars")
	k.ended()
}
