package e2e_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// Two new links of one configuration with one value that a vendor takes once are an error of the plan, also when they are equal. A new
// link is counted once, however it is planned: this rests on the engine.
func TestAccTwoNewLinksWithOneUniqueValue(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.declare(links(nil, "count = 2"))
	f.run(0, "init")
	report := f.report(1, "plan")
	if len(report.Errors()) != 1 || !mentions(report, "Two new", "checkout_token") || !mentions(report, "Two new", "invoice") {
		t.Error(report.Diagnostics)
	}
	f.declare(links(nil))
	var replace []string
	for _, d := range descriptor.All() {
		replace = append(replace, "-replace="+address(d))
	}
	for _, options := range [][]string{nil, replace, nil} {
		if report := f.apply(options...); mentions(report, "Two new") {
			t.Errorf("%v: %s", options, report.Diagnostics)
		}
	}
	for _, d := range descriptor.All() {
		f.run(0, "taint", address(d))
	}
	if report := f.apply(); mentions(report, "Two new") {
		t.Error(report.Diagnostics)
	}
}
