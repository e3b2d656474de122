// Package fifthvendor_test adds a vendor to the provider, as a contributor would, and runs the tests of every vendor on it. The vendor,
// Abacus, is as unlike the others as one can be: no list call, no call that ends a link, a key in a header of its own, an idempotency
// key, a map, amounts in thousandths whatever the currency, numbers for ids and seconds for times.
//
// It is no part of the provider: its files lie in testdata/tree, where they would lie in the repository. They are compiled in place of
// it by `go test -overlay`, and run in a copy of the repository that has them.
package fifthvendor_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/checkout"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

const (
	name = "abacus"
	tree = "testdata/tree"
	// list is the one file of others' that changes.
	list = "internal/vendors/vendors.go"
)

// places are where a vendor's files may be: its folder, its folder in the sandbox, its descriptor, and its examples.
var places = []string{
	"internal/" + name + "/", "internal/sandbox/" + name + "/", "internal/conformance/descriptor/" + name + ".go",
	"examples/resources/paymentlinks_" + name + "_link/", "examples/data-sources/paymentlinks_" + name + "_link/",
}

// lines are what the list of vendors gets, each below the line before it.
var lines = [][2]string{
	{"import (\n", "\t\"github.com/paymentlinks/terraform-provider-paymentlinks/internal/" + name + "\"\n"},
	{"return []link.Registration{\n", "\t\t" + name + ".Registration,\n"},
}

// suites are the packages whose tests run for this vendor, its own and those for every vendor, and how many of them must have passed.
var suites = []struct {
	dir, run string
	least    int
}{
	{"internal/" + name, ".", 85},
	{"internal/sandbox/" + name, ".", 12},
	{"internal/conformance", "./^" + name + "$", 50},
	{"internal/conformance/descriptor", "./^" + name + "$", 1},
	{"internal/conformance/faultmatrix", "./^" + name + "$", 60},
	{"internal/conformance/lifecycle", "./^" + name + "$", 12},
}

// generated are tests of files that "make generate" writes.
const generated = "^TestPageIsGenerated$"

// A vendor is its own files and a line, whatever its API is like.
func TestVendorIsFilesOfItsOwnAndOneLine(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for file := range vendorFiles(t) {
		i := slices.IndexFunc(places, func(place string) bool { return strings.HasPrefix(file, place) })
		if i < 0 {
			t.Errorf("%s is none of the vendor's places", file)
			continue
		}
		used[places[i]] = true
	}
	if len(used) != len(places) {
		t.Errorf("the vendor's files are in %d places, want %q", len(used), places)
	}
	before, after := strings.Split(string(read(t, filepath.Join(root(t), list))), "\n"), strings.Split(string(changedList(t)), "\n")
	if got := len(after) - len(before); got != len(lines) {
		t.Errorf("the list of vendors gets %d lines, want %d: its import and its entry", got, len(lines))
	}
}

func TestVendorPassesTheTestsOfEveryVendor(t *testing.T) {
	t.Parallel()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go tool, which the vendor is compiled with: ", err)
	}
	dir := t.TempDir()
	binaries := build(t, goTool, dir)
	copied := filepath.Join(dir, "repository")
	copyRepository(t, copied)
	for i, suite := range suites {
		t.Run(suite.dir, func(t *testing.T) {
			run := exec.CommandContext(t.Context(), binaries[i], "-test.v", "-test.run", suite.run, "-test.skip", generated)
			run.Dir = filepath.Join(copied, filepath.FromSlash(suite.dir))
			run.Env = append(os.Environ(), protocoltest.RecordVariable+"="+t.TempDir()) // a vendor's own messages are not in the golden file
			output, err := run.CombinedOutput()
			passed := len(result.FindAll(output, -1))
			t.Logf("%d tests passed; with a real engine: %t", passed, os.Getenv("TF_ACC") != "")
			if err != nil || passed < suite.least {
				t.Errorf("%v; %d tests passed, want at least %d\n%s", err, passed, suite.least, progress.ReplaceAll(output, nil))
			}
		})
	}
}

var (
	// result is a subtest that passed. Tests of all vendors have this one's as subtests.
	result   = regexp.MustCompile(`(?m)^ *--- PASS: \S+/`)
	progress = regexp.MustCompile(`(?m)^ *(===|--- PASS).*\n`)
)

// build compiles the tests of the suites as if the vendor's files were in the repository, and returns their paths.
func build(t *testing.T, goTool, dir string) (binaries []string) {
	t.Helper()
	edited := filepath.Join(dir, "vendors.go")
	write(t, edited, changedList(t))
	overlay := struct{ Replace map[string]string }{map[string]string{filepath.Join(root(t), list): edited}}
	for file, source := range vendorFiles(t) {
		if strings.HasPrefix(file, "internal/") {
			overlay.Replace[filepath.Join(root(t), filepath.FromSlash(file))] = source
		}
	}
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(dir, "overlay.json")
	write(t, overlayFile, text)
	for _, suite := range suites {
		binary := filepath.Join(dir, strings.ReplaceAll(suite.dir, "/", "_")+".test")
		compile := exec.CommandContext(t.Context(), goTool, "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlayFile, "-o", binary, "./"+suite.dir)
		compile.Dir = root(t)
		if output, err := compile.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", suite.dir, err, output)
		}
		binaries = append(binaries, binary)
	}
	return binaries
}

// copyRepository copies the repository with the vendor's files in it, and without this test, which names the vendor.
func copyRepository(t *testing.T, to string) {
	t.Helper()
	this, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root(t), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root(t), path)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (path == this || slices.Contains([]string{".git", "bin", "dist", "reports"}, relative)):
			return filepath.SkipDir
		case entry.Type().IsRegular():
			write(t, filepath.Join(to, relative), read(t, path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, source := range vendorFiles(t) {
		write(t, filepath.Join(to, filepath.FromSlash(file)), read(t, source))
	}
	write(t, filepath.Join(to, list), changedList(t))
}

// vendorFiles are the vendor's files: where they are, by their slash-separated paths in a repository that has them.
func vendorFiles(t *testing.T) map[string]string {
	t.Helper()
	folder, err := filepath.Abs(tree)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		out[filepath.ToSlash(relative)] = path
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changedList is the list of vendors with the vendor in it.
func changedList(t *testing.T) []byte {
	t.Helper()
	text := read(t, filepath.Join(root(t), list))
	for _, line := range lines {
		if bytes.Count(text, []byte(line[0])) != 1 {
			t.Fatalf("%s has no single %q", list, line[0])
		}
		text = bytes.Replace(text, []byte(line[0]), []byte(line[0]+line[1]), 1)
	}
	return text
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := checkout.Root()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
