package main

import (
	"strings"
	"testing"
)

// TestDeclare: every link has a mark and an address of its own, also after a change; Conomy's keep their tokens.
func TestDeclare(t *testing.T) {
	t.Parallel()
	links := declare(60)
	after := changed(links)
	seen, vendors := map[string]bool{}, map[string]int{}
	renewed, relaxed := 0, 0
	for i, d := range links {
		if seen[d.address()] || seen[d.mark()] || markForm.FindString(d.arguments()) != d.mark() {
			t.Errorf("%s: %s", d.address(), d.arguments())
		}
		seen[d.address()], seen[d.mark()] = true, true
		vendors[d.vendor]++
		if after[i].mark() != d.mark() {
			renewed++
		}
		if after[i].relaxed {
			relaxed++
		}
		if after[i].token() != d.token() {
			t.Errorf("%s: another token", d.address())
		}
	}
	if len(vendors) != 4 || vendors["gigs"] != 15 || renewed != 20 || relaxed != 20 {
		t.Errorf("%v, %d renewed, %d relaxed", vendors, renewed, relaxed)
	}
	if text := configuration(after); strings.Count(text, "resource ") != 60 || strings.Count(text, "replace_when") != 20 {
		t.Errorf("configuration:\n%s", text)
	}
}
