package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

// TestAccStateMoves: links that leave the state, or move in it, by blocks of the configuration.
func TestAccStateMoves(t *testing.T) {
	runAll(t, map[string]func(*fixture){"moved, removed and kept": testMovedAndKept, "removed and destroyed": testRemovedAndDestroyed})
}

// removed writes a removed block for every vendor's link of a name.
func removed(name, destroy string) string {
	var out strings.Builder
	for _, d := range descriptor.All() {
		out.WriteString("removed {\n from = " + d.ResourceType() + "." + name + "\n lifecycle {\n destroy = " + destroy + "\n }\n}\n")
	}
	return out.String()
}

// A removed block with destroy = true is a destroy.
func testRemovedAndDestroyed(f *fixture) {
	before := f.setUp(nil)
	f.declare(removed("it", "true"))
	report := f.apply()
	f.requireActions(report, all("delete"))
	want := func(d descriptor.Descriptor) lifecycle.ExpectedDestroy { return destroyed(d, openRow(d, false), false) }
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string { return applyWarning(want(d)) }))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string { return revokes(d, want(d)) }))
	f.requirePayable(func(d descriptor.Descriptor) int { return payableWhenNew(d) * payableAfter(d, want(d)) })
	f.requireManaged(nil)
}

// A moved block asks the vendors nothing but how their links are, and a removed block with destroy = false not even that: the links live on,
// unmanaged, without a warning of the provider's.
func testMovedAndKept(f *fixture) {
	before := f.setUp(payable())
	var blocks strings.Builder
	for _, d := range descriptor.All() {
		blocks.WriteString("moved {\n from = " + address(d) + "\n to = " + d.ResourceType() + ".that\n}\n")
	}
	f.declare(strings.ReplaceAll(links(payable()), `"it"`, `"that"`), blocks.String())
	report := f.apply()
	f.requireActions(report, all("move"))
	f.requireWarnings(report, nil, perVendor{})
	f.requireSettled()
	f.requireManaged(before)
	f.declare(removed("that", "false"))
	if report := f.apply(); mentions(report, "payable") {
		f.Errorf("the provider was asked: %s", report.Diagnostics)
	}
	f.requireWrites(perVendor{})
	f.requirePayable(func(descriptor.Descriptor) int { return 1 })
	f.requireManaged(nil)
}
