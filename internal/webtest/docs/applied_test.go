package docs

import (
	"fmt"
	"path"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// TestAccApplied runs every block of configuration that people write, as a reader would.
func TestAccApplied(t *testing.T) {
	t.Parallel()
	r := runner{engine.Require(t)}
	t.Run("the harness notices", func(t *testing.T) {
		t.Parallel()
		r.testHarness(t)
	})
	t.Run("formatted", func(t *testing.T) {
		t.Parallel()
		r.formatted(t, allBlocks(t, written(t)))
	})
	for _, p := range written(t) {
		folders, err := p.folders()
		if err != nil {
			t.Error(err)
		}
		for _, f := range folders {
			if f.keys["test"] != "" {
				continue // TestOtherTestsReadThePage
			}
			t.Run(path.Base(f.page)+", "+f.name, func(t *testing.T) {
				t.Parallel()
				r.run(t, f)
			})
		}
	}
}

// formatted asks the engine's own fmt.
func (r runner) formatted(t *testing.T, blocks []block) {
	k := r.open(t, nil)
	for i, b := range blocks {
		if configuration(b.lang) {
			k.put(fmt.Sprintf("blocks/%03d.tf", i), "# "+b.at(b.line)+"\n\n"+b.text)
		}
	}
	k.do(0, "fmt", "-check", "-diff", "blocks")
}
