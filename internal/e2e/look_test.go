package e2e_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// TestAccLookBeforeCreate: the look reads a page of each list at a plan, and not again at the apply of the same engine, which plans
// again in another process. The apply of a saved plan is another engine.
func TestAccLookBeforeCreate(t *testing.T) {
	t.Parallel()
	lists := func(settings string, commands ...[]string) map[string]int {
		f := newFixture(t)
		f.w.Attach = false
		f.write("main.tf", header(settings)+links(nil))
		f.run(0, "init")
		out := map[string]int{}
		for _, command := range commands {
			f.run(0, command...)
		}
		for _, d := range descriptor.All() {
			for _, r := range f.box.Requests() {
				if r.Vendor == d.Name && r.Op == d.Operations.List && d.List != nil {
					out[d.Name]++
				}
			}
		}
		return out
	}
	apply, plan := []string{"apply", "-auto-approve"}, []string{"plan", "-out=plan"}
	without := lists("  look_before_create = false\n", apply)
	for name, tc := range map[string]struct {
		commands [][]string
		looks    int
	}{"apply": {[][]string{apply}, 1}, "plan, apply of it": {[][]string{plan, {"apply", "plan"}}, 2}} {
		with := lists("  look_before_create = true\n", tc.commands...)
		for _, d := range descriptor.All() {
			if looks := with[d.Name] - without[d.Name]; d.List != nil && looks != tc.looks {
				t.Errorf("%s, %s: %d looks, want %d", name, d.Name, looks, tc.looks)
			}
		}
	}
}
