package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

// TestAccStateMoves: links that leave the state, or move in it, by blocks of the configuration or by a command.
func TestAccStateMoves(t *testing.T) {
	runAll(t, map[string]func(*fixture){
		"removed and kept": testRemovedAndKept, "removed and destroyed": testRemovedAndDestroyed, "state rm": testStateRm, "moved": testMoved,
	})
}

// removed writes a removed block for every vendor's link.
func removed(destroy string) string {
	var out strings.Builder
	for _, d := range descriptor.All() {
		out.WriteString("removed {\n from = " + address(d) + "\n lifecycle {\n destroy = " + destroy + "\n }\n}\n")
	}
	return out.String()
}

// A removed block with destroy = false asks no vendor: the links live on, unmanaged, without a warning of the provider's.
func testRemovedAndKept(f *fixture) {
	f.setUp(payable())
	f.declare(removed("false"))
	if report := f.apply(); mentions(report, "payable") {
		f.Errorf("the provider was asked: %s", report.Diagnostics)
	}
	f.requireWrites(perVendor{})
	f.requirePayable(func(descriptor.Descriptor) int { return 1 })
	f.requireManaged(nil)
}

// So does state rm. The configuration still declares the links: the next plan makes second ones.
func testStateRm(f *fixture) {
	f.setUp(payable())
	args := []string{"state", "rm"}
	for _, d := range descriptor.All() {
		args = append(args, address(d))
	}
	if _, err := f.w.Expect(f.Context(), 0, args...); err != nil {
		f.Fatal(err)
	}
	if n := len(f.box.Requests()); n != 0 {
		f.Errorf("%d requests", n)
	}
	f.requirePayable(func(descriptor.Descriptor) int { return 1 })
	f.requireManaged(nil)
	f.requireActions(f.plan(), all("create"))
}

// A removed block with destroy = true is a destroy.
func testRemovedAndDestroyed(f *fixture) {
	before := f.setUp(nil)
	f.declare(removed("true"))
	report := f.apply()
	f.requireActions(report, all("delete"))
	want := func(d descriptor.Descriptor) lifecycle.ExpectedDestroy { return destroyed(d, openRow(d, false), false) }
	f.requireWarnings(report, before, forEach(func(d descriptor.Descriptor) string { return applyWarning(want(d)) }))
	f.requireWrites(forEach(func(d descriptor.Descriptor) string { return revokes(d, want(d)) }))
	f.requirePayable(func(d descriptor.Descriptor) int { return payableWhenNew(d) * payableAfter(d, want(d)) })
	f.requireManaged(nil)
}

// A moved block asks the vendors nothing but how their links are.
func testMoved(f *fixture) {
	before := f.setUp(nil)
	var blocks strings.Builder
	for _, d := range descriptor.All() {
		blocks.WriteString("moved {\n from = " + address(d) + "\n to = " + d.ResourceType() + ".that\n}\n")
	}
	f.declare(strings.ReplaceAll(links(nil), `"it"`, `"that"`), blocks.String())
	report := f.apply()
	f.requireActions(report, all("move"))
	f.requireWarnings(report, nil, perVendor{})
	f.requireWrites(perVendor{})
	f.requireSettled()
	f.requireManaged(before)
}
