package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

// exampleVendors are the vendors with the number of links in their resource.tf. The first of these is what the import
// examples name; testdata/<vendor>.json is that link as its vendor has it.
var exampleVendors = map[string]int{"powens": 2, "conomy": 2, "gigs": 2, "qonto": 2}

func exampleFolder(vendor string) string { return "resources/paymentlinks_" + vendor + "_link/" }

// exampleWays are the ways to apply what stands in a vendor's folder, with the provider's example.
var exampleWays = map[string]struct {
	file    string // beside resource.tf
	command string // the file whose line is run after init
	from    string // the oldest engine that knows it
	imports bool
}{
	"create":             {},
	"import by id":       {file: "import-by-string-id.tf", imports: true},
	"import by identity": {file: "import-by-identity.tf", from: "1.12.0", imports: true},
	"import by command":  {command: "import.sh", imports: true},
}

// What users copy must have been applied: a file that no test here applies may not stand in examples.
func TestNoExampleIsForgotten(t *testing.T) {
	t.Parallel()
	applied := map[string]bool{"provider/provider.tf": true}
	for vendor := range exampleVendors {
		applied[exampleFolder(vendor)+"resource.tf"] = true
		for _, way := range exampleWays {
			applied[exampleFolder(vendor)+way.file], applied[exampleFolder(vendor)+way.command] = true, true
		}
	}
	all := os.DirFS(filepath.Join(root, "examples"))
	err := fs.WalkDir(all, ".", func(name string, entry fs.DirEntry, err error) error {
		top, _, _ := strings.Cut(name, "/")
		elsewhere := slices.Contains([]string{"quickstart", "standing-donation-link", "invoices-from-csv", "any-vendor"}, top) || // this package, and internal/docs
			slices.Contains([]string{"actions", "data-sources", "functions", "list-resources"}, path.Dir(path.Dir(name))) // internal/provider applies these
		if err == nil && !entry.IsDir() && !applied[name] && !elsewhere {
			t.Errorf("examples/%s is applied by no test", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every example that users copy is applied as it stands.
func TestExamples(t *testing.T) {
	t.Parallel()
	found := engine.Require(t)
	for vendor, links := range exampleVendors {
		for name, way := range exampleWays {
			t.Run(vendor+", "+name, func(t *testing.T) {
				t.Parallel()
				if way.from != "" && version.Must(version.NewVersion(found.Version)).LessThan(version.Must(version.NewVersion(way.from))) {
					t.Skipf("needs %s or later", way.from)
				}
				files := []string{"provider/provider.tf", exampleFolder(vendor) + "resource.tf"}
				if way.file != "" {
					files = append(files, exampleFolder(vendor)+way.file)
				}
				cli, box := newFixture(t, files...)
				if way.imports {
					seed, err := os.ReadFile(filepath.Join("testdata", vendor+".json"))
					if err != nil {
						t.Fatal(err)
					}
					if err := box.Seed(vendor, seed); err != nil {
						t.Fatal(err)
					}
				}
				do := func(args ...string) {
					t.Helper()
					if _, err := cli.Expect(t.Context(), 0, args...); err != nil {
						t.Fatal(err)
					}
				}
				do("init")
				if way.command != "" {
					line, err := os.ReadFile(filepath.Join(root, "examples", filepath.FromSlash(exampleFolder(vendor)+way.command)))
					if err != nil {
						t.Fatal(err)
					}
					do(strings.Fields(string(line))[1:]...)
				}
				do("apply", "-auto-approve")
				do("plan", "-detailed-exitcode")
				want := links
				if way.imports {
					want--
				}
				if created := len(box.Requests(sandbox.ByOp(vendor, "create"))); created != want {
					t.Errorf("%d links created, want %d", created, want)
				}
				if op := revokeOps[vendor]; op != "" && len(box.Requests(sandbox.ByOp(vendor, op))) != 0 {
					t.Error("links were revoked")
				}
			})
		}
	}
}
