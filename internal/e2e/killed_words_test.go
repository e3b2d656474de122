package e2e_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// errorSummary is how the engine begins an error.
var errorSummary = regexp.MustCompile(`(?m)^(?:│ )?Error: (.*)$`)

// TestAccKilledProviderReadsAsTheGuideSays: the guide quotes whatever the engine says of a provider that is killed, in each kind of call.
func TestAccKilledProviderReadsAsTheGuideSays(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join(root, "templates", "guides", "when-a-create-fails.md"))
	if err != nil {
		t.Fatal(err)
	}
	commands := [][]string{
		{"apply", "-auto-approve"}, {"plan"}, {"apply", "-auto-approve", "-refresh=false", "-replace=" + address(descriptor.All()[0])}, {"destroy", "-auto-approve", "-refresh=false"},
	}
	if hasVersion(t, "1.14.0", "") {
		commands = append(commands, []string{"query"})
	}
	for _, args := range commands {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.w.Attach = false
			f.declare(links(nil), `data "paymentlinks_links" "all" {}`)
			f.run(0, "init")
			if len(args) != 2 || args[0] != "apply" { // the first apply is the one to kill
				f.apply()
			}
			if args[0] == "query" {
				for _, d := range listing() {
					f.write(d.Name+".tfquery.hcl", fmt.Sprintf("list %q \"it\" {\n  provider = paymentlinks\n}\n", d.ResourceType()))
				}
			}
			result := f.runUntil(1, func(fault.Event) bool { return true }, killProvider, args...)
			said := errorSummary.FindAllStringSubmatch(result.Printed, -1)
			for _, summary := range said {
				words, _, _ := strings.Cut(summary[1], " code = ") // of an error that Terraform passes on as it is
				if !strings.Contains(string(guide), "**"+words+"**") {
					f.Errorf("the guide does not quote %q", words)
				}
			}
			if result.ExitCode != 1 || len(said) == 0 || f.Failed() {
				f.Errorf("%q ended with %d:\n%s", args, result.ExitCode, result.Printed)
			}
		})
	}
}
