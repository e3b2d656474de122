package e2e_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccDriftGuide: the script of drift-detection.md reports what the page shows, in both of its jobs, and for a report that is sent elsewhere.
func TestAccDriftGuide(t *testing.T) {
	t.Parallel()
	requirePrograms(t, "jq")
	b := pasted(t, "templates/guides/drift-detection.md", 4)
	f := newFixture(t)
	f.write("drift.sh", b[0].text)
	f.program("apk", ":") // the job's image installs jq with it
	acts := map[string]string{"paid": "pay", "revoked": "cancel"}
	become, config := map[string]string{}, ""
	for _, line := range b[1].lines() {
		d := f.vendorOf(line, `^paymentlinks_(\w+)_link\.`)
		match := regexp.MustCompile(`^(\S+\.(\w+)): open -> (\w+)$`).FindStringSubmatch(line)
		become[match[1]] = acts[match[3]]
		config += "resource \"" + d.ResourceType() + "\" \"" + match[2] + "\" {\n" + tfconfig.HCL(d.With(d.Payable)) + "}\n"
	}
	f.declare(config)
	f.paste("terraform init\nterraform apply\nsh ./drift.sh")
	resources, err := f.w.State(t.Context())
	if err != nil || len(resources) != len(become) {
		t.Fatalf("%d links: %v", len(resources), err)
	}
	for _, each := range resources {
		var values struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(each.Values, &values); err != nil {
			t.Fatal(err)
		}
		if err := f.box.Act(f.vendorOf(each.Type, `^paymentlinks_(\w+)_link`).Name, values.ID, become[each.Address], ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, job := range b[2:] {
		f.requireText(f.pasteFailing(2, strings.Join(job.steps(), "\n")), b[1].lines()...)
	}
	f.pasteFailing(2, firstMatch(t, guide(t, "drift-detection.md"), "in the same step: `(.*?)`")+"\nexit \"$code\"")
	f.requireText(f.fileIn("report.txt"), b[1].lines()...)
}
