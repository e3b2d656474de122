package docs

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
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

// formatted asks the engine's own fmt, and has it read what are its settings.
func (r runner) formatted(t *testing.T, blocks []block) {
	k := r.open(t, nil)
	for i, b := range blocks {
		if _, settings := b.keys["settings"]; settings {
			k.put("settings.tfrc", b.text)
			w := *k.Workspace
			w.Env = append(slices.Clone(w.Env), "TF_CLI_CONFIG_FILE="+filepath.Join(k.Dir, "settings.tfrc"))
			if said, err := w.Expect(t.Context(), 0, "version"); err != nil || strings.Contains(said.Printed, "There are some problems") {
				t.Errorf("%s: %s %v", b.at(b.line), said.Printed, err)
			}
		} else if configuration(b.lang) {
			k.put(fmt.Sprintf("blocks/%03d.tf", i), "# "+b.at(b.line)+"\n\n"+b.text)
		}
	}
	k.do(0, "fmt", "-check", "-diff", "blocks")
}
