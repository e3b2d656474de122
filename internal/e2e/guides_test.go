package e2e_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// TestAccGuides runs the commands of guides and examples as they stand on their pages.
func TestAccGuides(t *testing.T) {
	requirePrograms(t, "jq")
	tests := map[string]func(*fixture){
		"keep-a-standing-link-valid": testStandingGuide, "letting-go": testLettingGoGuide, "many-links": testManyLinksGuide,
		"a new period": testNewPeriod, "refresh-at-scale": testDebugLog,
	}
	for name := range exampleFolders {
		commands := pasted(t, "examples/"+name+"/README.md", 1)[0].text
		tests[name] = func(f *fixture) { f.followExample(name, commands) }
	}
	runAll(t, tests)
}

// A job renews a link that is about to expire, unless the plan does anything else.
func testStandingGuide(f *fixture) {
	const page = "keep-a-standing-link-valid.md"
	b := pasted(f.T, "templates/guides/"+page, 3)
	schedule, onlyRenewals := b[0].lines(), b[1].text
	f.program("nginx", "test \"$*\" = '-s reload'")
	handOut := f.replaced(f.replaced(b[2].text, "/etc/nginx/snippets/", ""), schedule[1], schedule[1])
	d := f.put(page, "standing")
	f.paste("terraform init\nterraform apply\n" + schedule[0])
	before := f.box.Overview()[0]

	asPasted := f.fileIn("main.tf")
	config := f.replaced(asPasted, `"336h"`, `"`+(before.ExpiresAt.Sub(before.CreatedAt)-time.Millisecond).String()+`"`) // it expires soon
	for name, changed := range map[string]string{
		"a title":      f.replaced(config, "Donation to the village library", "Donation"),
		"a setting":    f.replaced(asPasted, `"336h"`, `"335h"`),
		"another link": config + f.replaced(firstMatch(f.T, config, "(?s)(resource .*?\n}\n)"), `"donation"`, `"other"`),
		"a removal":    firstMatch(f.T, config, "(?s)(.*)resource "),
	} {
		f.write("main.tf", changed)
		f.pasteFailing(2, schedule[0])
		if said, err := f.person(onlyRenewals).CombinedOutput(); err == nil {
			f.Errorf("%s is applied without a person: %s", name, said)
		}
	}
	f.write("main.tf", config)
	f.requireText(joined.ReplaceAllString(f.pasteFailing(2, schedule[0]), " "), before.ID, "will be renewed")
	f.requireText(f.paste(onlyRenewals), "true")
	f.requireText(f.paste(handOut), "1 added", "1 destroyed")
	after := f.box.Overview()[1]
	if text := f.fileIn("donate.conf"); text != fmt.Sprintf("location = /donate { return 302 %s; }\n", after.URL) || after.URL == before.URL {
		f.Errorf("the redirect is %s, the link was %s and is %s", text, before.URL, after.URL)
	}
	f.write("main.tf", asPasted)
	f.paste("terraform apply\n" + schedule[0])
	f.requireOpen(d, 1)
}

// A new period gives a new token; the old link is abandoned.
func testNewPeriod(f *fixture) {
	const page = "keep-a-standing-link-valid.md"
	d := f.put(page, firstMatch(f.T, guide(f.T, page), `block: name=(\w+) leaves=1`))
	plan := firstMatch(f.T, guide(f.T, page), "A job passes the period: `(.*?)`")
	apply := strings.Replace(plan, " plan ", " apply ", 1)
	f.paste("terraform init\n" + apply + "\n" + plan + " -detailed-exitcode")
	f.program("date", "echo 2099-01")
	f.requireText(f.paste(apply), "1 added, 0 changed, 1 destroyed", "can still be paid")
	f.paste(plan + " -detailed-exitcode")
	f.requireOpen(d, 2)
}

// The log shows each request.
func testDebugLog(f *fixture) {
	f.declare(payableLink(descriptor.Revocable()))
	f.paste("terraform init\nterraform apply\n" + firstMatch(f.T, guide(f.T, "refresh-at-scale.md"), "(?m)^`(TF_LOG=.*?)` logs each request"))
	f.requireText(f.fileIn("debug.log"), "HTTP request", "status=200", "duration")
}

// A link that is set to stay can be paid after its destroy, which says so.
func testLettingGoGuide(f *fixture) {
	const page = "letting-go.md"
	b := pasted(f.T, "templates/guides/"+page, 2)
	d := f.put(page, "abandon")
	config := f.fileIn("main.tf")
	f.write("main.tf", f.replaced(config, `  on_destroy                = "abandon"`+"\n", ""))
	f.paste("terraform init\nterraform apply")
	f.write("main.tf", config)
	f.requireText(joined.ReplaceAllString(f.paste(b[0].text), " "), `~ on_destroy = "revoke" -> "abandon"`, "1 to change")
	f.paste("terraform plan -detailed-exitcode")
	f.requireText(joined.ReplaceAllString(f.paste(b[1].text), " "), "can still be paid", f.box.Overview()[0].URL)
	f.requireOpen(d, 1)
}

// Links of a file, its URLs for a mailing, and a limit on what one apply revokes.
func testManyLinksGuide(f *fixture) {
	const page = "many-links.md"
	text := guide(f.T, page)
	b := pasted(f.T, "templates/guides/"+page, 2)
	for _, match := range regexp.MustCompile("(?s)<!-- block: name=csv(?: file=(\\S+))? -->\n\n```\\w+\n(.*?)```").FindAllStringSubmatch(text, -1) {
		name := match[1]
		if name == "" {
			name = "main.tf"
		}
		f.write(name, match[2])
	}
	d := f.vendorOf(text, ofResource)
	header, rows := "number,invoice_id,customer,amount\n", []string{}
	for i := range 8 {
		rows = append(rows, fmt.Sprintf("F-2026-01%02d,0199c2d4-6f0e-7a31-9c55-0000000001%02d,\"Dupont, Frères\",1.00\n", i+1, i+1))
	}
	table := func(rows []string) {
		f.write("invoices.csv", header+strings.Join(rows, ""))
		f.w.Env = append(f.w.Env, fmt.Sprintf("TF_VAR_control_total=%d.00", len(rows)))
	}
	table(rows)
	f.paste("terraform init\nterraform apply\nterraform plan -detailed-exitcode\n" + b[0].text)
	for _, link := range f.box.Overview() {
		if urls := f.fileIn("urls.csv"); !strings.Contains(urls, `","`+link.URL+"\"\n") || strings.Count(urls, "\n") != len(rows) {
			f.Errorf("%s is missing in\n%s", link.URL, urls)
		}
	}
	table(rows[:2])
	f.requireText(f.pasteFailing(1, b[1].text), "6 links would be revoked")
	f.requireOpen(d, len(rows))
	table(rows[:3])
	f.requireText(f.paste(b[1].text), "5 destroyed")
	f.paste(firstMatch(f.T, text, "run `(terraform state rm .*?)`"))
	table(rows[1:3])
	f.paste("terraform apply\nterraform plan -detailed-exitcode")
	f.requireOpen(d, 3)
}
