package e2e_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccRenewal: links of a for_each that are about to expire are renewed, whichever of old and new comes first, and without a refresh.
func TestAccRenewal(t *testing.T) {
	runAll(t, map[string]func(*fixture){
		"destroy first": func(f *fixture) { testRenewal(f, "", "1") },
		"create first":  func(f *fixture) { testRenewal(f, "lifecycle {\n create_before_destroy = true\n}", "2") },
	})
}

// expiring declares two links of each vendor whose links expire; what must be unique ends in period.
func expiring(period, lifecycle string, renewBefore map[string]string) string {
	var out strings.Builder
	for _, d := range descriptor.All() {
		if d.Lifecycle.Expires == "" {
			continue
		}
		arguments := d.With(object{"replace_when": list{}})
		delete(arguments, d.Unique)
		config := tfconfig.HCL(arguments)
		if d.Unique != "" {
			config += "\n" + d.Unique + ` = "${each.key}-` + period + `"`
		}
		if text := renewBefore[d.Name]; text != "" {
			config += "\nrenew_before = \"" + text + "\""
		}
		out.WriteString("resource \"" + d.ResourceType() + "\" \"it\" {\nfor_each = toset([\"one\", \"two\"])\n" + config + "\n" + lifecycle + "\n}\n")
	}
	return out.String()
}

func testRenewal(f *fixture, lifecycle, period string) {
	f.declare(expiring("1", lifecycle, nil))
	f.ready()
	f.apply()
	before := f.box.Overview()
	renewBefore := map[string]string{}
	for _, link := range before {
		renewBefore[link.Vendor] = (link.ExpiresAt.Sub(link.CreatedAt) - time.Millisecond).String()
	}
	f.declare(expiring(period, lifecycle, renewBefore))
	report := f.plan("-refresh=false", "-out=renewal.tfplan")
	for _, link := range before {
		if !mentions(report, link.ID, link.URL) {
			f.Errorf("nothing is said of %s %s: %s", link.Vendor, link.ID, report.Diagnostics)
		}
		if period == "1" && !mentions(report, "will be renewed", link.ID, link.ExpiresAt.UTC().Format(time.RFC3339)) {
			f.Errorf("it is not said that %s %s is renewed: %s", link.Vendor, link.ID, report.Diagnostics)
		}
	}
	f.report(0, "apply", "renewal.tfplan")
	f.declare(expiring(period, lifecycle, nil))
	f.apply()
	live := map[string]int{}
	for _, link := range f.box.Overview() {
		old := slices.ContainsFunc(before, func(l vendorapi.Link) bool { return l.ID == link.ID })
		if link.State == vendorapi.StateOpen && old {
			f.Errorf("%s %s is open still", link.Vendor, link.ID)
		}
		if link.State == vendorapi.StateOpen {
			live[link.Vendor]++
		}
	}
	for vendor := range renewBefore {
		if live[vendor] != 2 {
			f.Errorf("%s has %d open links, want 2", vendor, live[vendor])
		}
	}
}
