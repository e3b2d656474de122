package e2e_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// A plan, and the apply of a saved one, say once that nobody can pay their links yet, however many there are: the engine folds warnings of
// one summary, and plans again when it applies.
func TestAccNotPayableYet(t *testing.T) {
	t.Parallel()
	for _, d := range descriptor.All() {
		if d.Activation == nil {
			continue
		}
		f := newFixture(t)
		config := strings.Replace(tfconfig.HCL(d.Config), d.Unique+` = "`, d.Unique+` = "${count.index}-`, 1)
		f.declare("resource \"" + d.ResourceType() + "\" \"it\" {\n  count = 3\n" + config + "\n}\n")
		f.run(0, "init")
		for _, command := range [][]string{{"plan", "-out=plan"}, {"apply", "plan"}, {"plan"}} {
			if printed := f.run(0, command...); strings.Count(printed, protocoltest.NotPayableSummary) != 1 {
				t.Errorf("%v: %s", command, printed)
			}
		}
	}
}
