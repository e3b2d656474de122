package e2e_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// exampleWays are the ways to apply what stands in the vendors' folders, with the provider's example. The command of import.sh is one of
// when-a-create-fails.md, with which testImportCommands compares it.
var exampleWays = map[string]struct {
	file string // beside resource.tf
	from string // the oldest engine that knows it
}{
	"create": {}, "import by id": {"import-by-string-id.tf", ""}, "import by identity": {"import-by-identity.tf", "1.12.0"},
}

// What users copy must have been applied: a file that no test applies may not stand in examples.
func TestNoExampleIsForgotten(t *testing.T) {
	t.Parallel()
	applied := map[string]bool{"provider/provider.tf": true}
	for _, d := range descriptor.All() {
		folder := "resources/" + d.ResourceType() + "/"
		for _, name := range resourceExamples(t, d) {
			applied[name] = true
		}
		for _, way := range exampleWays {
			applied[folder+way.file] = true
		}
		applied[folder+"import.sh"] = true
	}
	err := fs.WalkDir(os.DirFS(filepath.Join(root, "examples")), ".", func(name string, entry fs.DirEntry, err error) error {
		top, _, _ := strings.Cut(name, "/")
		elsewhere := top == "quickstart" || exampleFolders[top] != nil || // internal/cmd/demo applies the first
			slices.Contains([]string{"actions", "data-sources", "functions", "list-resources"}, path.Dir(path.Dir(name))) // other files of this package
		if err == nil && !entry.IsDir() && !applied[name] && !elsewhere {
			t.Errorf("examples/%s is applied by no test", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every example of a resource is applied as it stands, beside those of the other vendors.
func TestAccExamples(t *testing.T) {
	tests := map[string]func(*fixture){}
	for name, way := range exampleWays {
		if way.from == "" || hasVersion(t, way.from, way.from) {
			tests[name] = func(f *fixture) { testExamples(f, way.file) }
		}
	}
	runAll(t, tests)
}

func testExamples(f *fixture, imports string) {
	f.copyExamples("provider/provider.tf")
	want := map[string]int{}
	for _, d := range descriptor.All() {
		for _, name := range resourceExamples(f.T, d) {
			f.copyExamples(name)
			want[d.Name] += strings.Count("\n"+readExample(f.T, name), "\nresource \"")
		}
		if imports != "" { // the first link of resource.tf, which is the descriptor's sample
			f.copyExamples("resources/" + d.ResourceType() + "/" + imports)
			want[d.Name]--
		}
	}
	if imports != "" {
		f.seedSamples()
	}
	f.ready()
	f.apply()
	f.run(0, "plan", "-detailed-exitcode")
	for _, d := range descriptor.All() {
		if n := len(f.box.Requests(sandbox.ByOp(d.Name, d.Operations.Create))); n != want[d.Name] {
			f.Errorf("%d links of %s created, want %d", n, d.Title, want[d.Name])
		}
		if op := d.Operations.Revoke; op != "" && len(f.box.Requests(sandbox.ByOp(d.Name, op))) != 0 {
			f.Errorf("links of %s were revoked", d.Title)
		}
	}
}
