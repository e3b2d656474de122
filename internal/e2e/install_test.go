package e2e_test

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestAccInstall: with the CLI configuration that "make install" prints, "init" finds the provider, in a module and beside others, under
// the constraint of the examples; and so it does after another install.
func TestAccInstall(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.w.Attach = false
	plugins := t.TempDir()
	install := func() string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "make", "install", "PLUGINS="+plugins)
		cmd.Dir = root
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		return string(said)
	}
	said := install()
	exported := regexp.MustCompile(`(?m)^ *export (TF_CLI_CONFIG_FILE)="(.*)"$`).FindStringSubmatch(said)
	if exported == nil || !strings.Contains(said, "filesystem_mirror") {
		t.Fatalf("no CLI configuration: %s", said)
	}
	f.w.Env = append(slices.DeleteFunc(slices.Clone(f.w.Env), func(pair string) bool { return strings.HasPrefix(pair, exported[1]+"=") }), exported[1]+"="+exported[2])
	d := descriptor.Revocable()
	required := "terraform {\n  required_providers {\n    paymentlinks = {\n      source  = \"paymentlinks/paymentlinks\"\n      version = \"~> 0.1.0\"\n    }\n  }\n}\n"
	f.write("shop/main.tf", required+"resource \""+d.ResourceType()+"\" \"it\" {\n"+tfconfig.HCL(d.With(d.Payable))+"}\n")
	f.write("main.tf", required+"module \"shop\" {\n  source = \"./shop\"\n}\n\nresource \"terraform_data\" \"beside\" {}\n")
	f.run(0, "init")
	f.apply()
	if len(f.held(d)) != 1 {
		t.Errorf("%d links, want 1", len(f.held(d)))
	}
	install()
	f.run(0, "init", "-upgrade")
	f.run(0, "plan", "-detailed-exitcode")
}
