package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccOnce: what the provider counts, says or asks once, however often the engine plans, in however many processes.
func TestAccOnce(t *testing.T) {
	tests := map[string]func(*fixture){
		"two new links with one unique value": testTwoNewLinksWithOneUniqueValue, "not payable yet": testNotPayableYet, "look before create": testLookBeforeCreate,
	}
	for name, test := range tests {
		tests[name] = func(f *fixture) { f.w.Attach = false; test(f) }
	}
	runAll(t, tests)
}

// Two new links of one configuration with one value that a vendor takes once are an error of the plan, also when they are equal. A new
// link is counted once, however it is planned: this rests on the engine.
func testTwoNewLinksWithOneUniqueValue(f *fixture) {
	f.declare(links(nil, "count = 2"))
	f.ready()
	report := f.report(1, "plan")
	if len(report.Errors()) != 1 || !mentions(report, "Two new", "checkout_token") || !mentions(report, "Two new", "invoice") {
		f.Error(report.Diagnostics)
	}
	f.declare(links(nil))
	var replace []string
	for _, d := range descriptor.All() {
		replace = append(replace, "-replace="+address(d))
	}
	for _, options := range [][]string{nil, replace} {
		if report := f.apply(options...); mentions(report, "Two new") {
			f.Errorf("%v: %s", options, report.Diagnostics)
		}
	}
	for _, d := range descriptor.All() {
		f.run(0, "taint", address(d))
	}
	if report := f.apply(); mentions(report, "Two new") {
		f.Error(report.Diagnostics)
	}
}

// A plan, and the apply of a saved one, say once that nobody can pay their links yet, however many there are: the engine folds warnings of
// one summary, and plans again when it applies.
func testNotPayableYet(f *fixture) {
	n, config := 0, ""
	for _, d := range descriptor.All() {
		if d.Activation != nil {
			n++
			config += "resource \"" + d.ResourceType() + "\" \"it\" {\n  count = 3\n" + strings.Replace(tfconfig.HCL(d.Config), d.Unique+` = "`, d.Unique+` = "${count.index}-`, 1) + "\n}\n"
		}
	}
	f.declare(config)
	f.ready()
	for _, command := range [][]string{{"plan", "-out=plan"}, {"apply", "plan"}, {"plan"}} {
		if printed := f.run(0, command...); strings.Count(printed, protocoltest.NotPayableSummary) != n {
			f.Errorf("%v: %s", command, printed)
		}
	}
}

// The look reads a page of each list at a plan, and not again at the apply of the same engine, which plans again in another process. The apply
// of a saved plan is another engine.
func testLookBeforeCreate(f *fixture) {
	lists := func(look string, commands ...[]string) map[string]int {
		f := newFixture(f.T)
		f.w.Attach = false
		f.write("main.tf", header("  look_before_create = "+look+"\n")+links(nil))
		f.ready()
		out := map[string]int{}
		for _, command := range commands {
			f.run(0, command...)
		}
		for _, d := range listing() {
			out[d.Name] = f.of(d).CallCount(d.Name, d.Operations.List)
		}
		return out
	}
	apply := []string{"apply", "-auto-approve"}
	without, once, twice := lists("false", apply), lists("true", apply), lists("true", []string{"plan", "-out=plan"}, []string{"apply", "plan"})
	for _, d := range listing() {
		if in, after := once[d.Name]-without[d.Name], twice[d.Name]-without[d.Name]; in != 1 || after != 2 {
			f.Errorf("%s: %d looks in an apply, %d in a plan and its apply", d.Name, in, after)
		}
	}
}
