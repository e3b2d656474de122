package main

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestDeclare: every link has a label and an address of its own, also after a change, and keeps its token.
func TestDeclare(t *testing.T) {
	t.Parallel()
	vendors, count := map[string]int{}, 15*len(searchable())
	links := declare(count)
	after := changed(links)
	seen := map[string]bool{}
	renewed, relaxed := 0, 0
	for i, d := range links {
		if seen[d.address()] || seen[d.label()] || labelPattern.FindString(tfconfig.HCL(d.arguments())) != d.label() {
			t.Errorf("%s: %v", d.address(), d.arguments())
		}
		seen[d.address()], seen[d.label()] = true, true
		vendors[d.vendor.Name]++
		if after[i].label() != d.label() {
			renewed++
		}
		if after[i].relaxed {
			relaxed++
		}
		if after[i].token() != d.token() {
			t.Errorf("%s: another token", d.address())
		}
	}
	for _, d := range searchable() {
		if n := vendors[d.Name]; n != 15 {
			t.Errorf("%d links of %s", n, d.Name)
		}
	}
	if renewed != count/3 || relaxed != count/3 {
		t.Errorf("%v, %d renewed, %d relaxed", vendors, renewed, relaxed)
	}
	if text := configuration(after); strings.Count(text, "resource ") != count || strings.Count(text, "replace_when") != count/3 {
		t.Errorf("configuration:\n%s", text)
	}
}
