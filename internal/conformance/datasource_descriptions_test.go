package conformance_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
)

// forWriters finds what only somebody who sets an attribute wants to know.
var forWriters = regexp.MustCompile(`(?i)\b(sent (un|with)|at (least|most) |requires?\b|required\b|conflicts with|default|if not set|set (it|all|an)\b)`)

// What a data source returns is read, never set: nothing about it tells how to set it.
func TestResultsAreDescribedForReaders(t *testing.T) {
	t.Parallel()
	seen := 0
	var check func(at string, attributes []*tfprotov6.SchemaAttribute)
	check = func(at string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			if a.Computed && !a.Optional {
				seen++
				if words := forWriters.FindString(a.Description); words != "" {
					t.Errorf("%s.%s says %q, which is for who sets it: put another text for data sources into Info.DataSourceDescriptions: %s", at, a.Name, words, a.Description)
				}
			}
			if a.NestedType != nil {
				check(at+"."+a.Name, a.NestedType.Attributes)
			}
		}
	}
	for name, source := range acctest.Schemas(t).DataSourceSchemas {
		check(name, source.Block.Attributes)
	}
	if seen < 100 {
		t.Errorf("only %d results were seen", seen)
	}
}
