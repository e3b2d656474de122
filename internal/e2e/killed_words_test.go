package e2e_test

import (
	"fmt"
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
	t.Parallel()
	page := guide(t, "when-a-create-fails.md")
	commands := [][]string{
		{"apply", "-auto-approve"}, {"plan"}, {"apply", "-auto-approve", "-refresh=false", "-replace=" + address(descriptor.All()[0])}, {"destroy", "-auto-approve", "-refresh=false"},
	}
	f := newFixture(t)
	f.w.Attach = false
	f.declare(links(nil), `data "paymentlinks_links" "all" {}`)
	f.ready()
	if hasVersion(t, "1.14.0", "") {
		commands = append(commands, []string{"query"})
		for _, d := range listing() {
			f.write(d.Name+".tfquery.hcl", fmt.Sprintf("list %q \"it\" {\n  provider = paymentlinks\n}\n", d.ResourceType()))
		}
	}
	for i, args := range commands {
		result := f.runUntil(1, func(fault.Event) bool { return true }, killProvider, args...)
		said := errorSummary.FindAllStringSubmatch(result.Printed, -1)
		for _, summary := range said {
			words, _, _ := strings.Cut(summary[1], " code = ") // of an error that Terraform passes on as it is
			if !strings.Contains(page, "**"+words+"**") {
				t.Errorf("the guide does not quote %q", words)
			}
		}
		if result.ExitCode != 1 || len(said) == 0 || t.Failed() {
			t.Errorf("%q ended with %d:\n%s", args, result.ExitCode, result.Printed)
		}
		if i == 0 { // the others need links
			f.apply()
		}
	}
}
