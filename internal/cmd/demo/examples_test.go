package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"
)

func exampleFolder(d descriptor.Descriptor) string { return "resources/" + d.ResourceType() + "/" }

// resourceExamples are the files with examples of a vendor's resource, below examples/.
func resourceExamples(t *testing.T, d descriptor.Descriptor) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "examples", filepath.FromSlash(exampleFolder(d)), "resource*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d examples of %s: %v", len(files), d.ResourceType(), err)
	}
	for _, file := range files {
		names = append(names, exampleFolder(d)+filepath.Base(file))
	}
	return names
}

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
	for _, d := range descriptor.All() {
		for _, name := range resourceExamples(t, d) {
			applied[name] = true
		}
		for _, way := range exampleWays {
			applied[exampleFolder(d)+way.file], applied[exampleFolder(d)+way.command] = true, true
		}
	}
	all := os.DirFS(filepath.Join(root, "examples"))
	err := fs.WalkDir(all, ".", func(name string, entry fs.DirEntry, err error) error {
		top, _, _ := strings.Cut(name, "/")
		elsewhere := slices.Contains([]string{"quickstart", "standing-donation-link", "invoices-from-csv", "any-vendor"}, top) || // this package, and internal/webtest/docs
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

var declaration = regexp.MustCompile(`(?m)^resource "`)

// Every example that users copy is applied as it stands.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	found := engine.Require(t)
	for _, d := range descriptor.All() {
		for name, way := range exampleWays {
			t.Run(d.Name+", "+name, func(t *testing.T) {
				t.Parallel()
				if way.from != "" && version.Must(version.NewVersion(found.Version)).LessThan(version.Must(version.NewVersion(way.from))) {
					t.Skipf("needs %s or later", way.from)
				}
				resources := resourceExamples(t, d)
				files := append([]string{"provider/provider.tf"}, resources...)
				if way.file != "" {
					files = append(files, exampleFolder(d)+way.file)
				}
				cli, box := newFixture(t, files...)
				if way.imports {
					// The first link of resource.tf is the descriptor's sample, and what the import examples name.
					if err := box.Seed(d.Name, []byte(d.Sample)); err != nil {
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
					line, err := os.ReadFile(filepath.Join(root, "examples", filepath.FromSlash(exampleFolder(d)+way.command)))
					if err != nil {
						t.Fatal(err)
					}
					do(strings.Fields(string(line))[1:]...)
				}
				do("apply", "-auto-approve")
				do("plan", "-detailed-exitcode")
				want := 0
				for _, name := range resources {
					text, err := os.ReadFile(filepath.Join(root, "examples", filepath.FromSlash(name)))
					if err != nil {
						t.Fatal(err)
					}
					want += len(declaration.FindAll(text, -1))
				}
				if way.imports {
					want--
				}
				if created := len(box.Requests(sandbox.ByOp(d.Name, d.Operations.Create))); created != want {
					t.Errorf("%d links created, want %d", created, want)
				}
				if op := d.Operations.Revoke; op != "" && len(box.Requests(sandbox.ByOp(d.Name, op))) != 0 {
					t.Error("links were revoked")
				}
			})
		}
	}
}
