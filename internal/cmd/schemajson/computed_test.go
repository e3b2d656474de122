package main

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// forWriters finds what only somebody who sets an attribute wants to know.
var forWriters = regexp.MustCompile(`(?i)\b(sent (un|with)|at (least|most) |requires?\b|required\b|conflicts with|default|if not set|set (it|all|an)\b)`)

// What a data source returns is read, never set: nothing about it tells how to set it.
func TestResultsAreDescribedForReaders(t *testing.T) {
	t.Parallel()
	described, err := describe(t.Context(), providerserver.NewProtocol6(vendors.Provider("test"))())
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	var check func(at string, attributes map[string]*attribute)
	check = func(at string, attributes map[string]*attribute) {
		for name, a := range attributes {
			if a.Computed && !a.Optional {
				seen++
				if words := forWriters.FindString(a.Description); words != "" {
					t.Errorf("%s.%s says %q: %s", at, name, words, a.Description)
				}
			}
			if a.Nested != nil {
				check(at+"."+name, a.Nested.Attributes)
			}
		}
	}
	for name, source := range described.Schemas[providerKey].Data {
		check(name, source.Block.Attributes)
	}
	if seen < 100 {
		t.Errorf("only %d results were seen", seen)
	}
}
