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
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

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
var suites = []suite{
	{"internal/" + name, ".", 85},
	{"internal/sandbox/" + name, ".", 12},
	{"internal/conformance", "./^" + name + "$", 55},
	{"internal/conformance/descriptor", "./^" + name + "$", 1},
	{"internal/conformance/faultmatrix", "./^" + name + "$", 60},
	{"internal/conformance/deviations", "./^" + name + "$", 300},
	{"internal/conformance/notfound", "./^" + name + "$", 40},
	{"internal/conformance/lifecycle", "./^" + name + "$", 12},
}

type suite struct {
	dir, run string
	least    int
}

// generated is the test of a page that "make generate" writes.
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
	recipe  = regexp.MustCompile("(?s)```sh\n(.*?\n)# In " + regexp.QuoteMeta(list) + ":.*?\n(.*?)```")
	newName = regexp.MustCompile(`(?m)^new=(\w+) `)
)

// The recipe in CONTRIBUTING makes the same vendor under another name, whose tests it then runs.
func TestContributingMakesAVendor(t *testing.T) {
	t.Parallel()
	commands := recipe.FindSubmatch(read(t, filepath.Join(root(t), "CONTRIBUTING.md")))
	if commands == nil {
		t.Fatal("CONTRIBUTING.md has no recipe")
	}
	made := string(newName.FindSubmatch(commands[1])[1])
	dir := t.TempDir()
	copyFiles(t, dir, "docs")
	run := exec.CommandContext(t.Context(), "sh", "-ec", string(commands[1]))
	run.Dir = dir
	if said, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	renamed := func(text string) string {
		return strings.NewReplacer(name, made, title(name), title(made), strings.ToUpper(name), strings.ToUpper(made)).Replace(text)
	}
	for file, source := range vendorFiles(t) {
		want, got := []byte(renamed(string(read(t, source)))), read(t, filepath.Join(dir, filepath.FromSlash(renamed(file))))
		if strings.HasSuffix(file, ".go") {
			var err error
			if want, err = format.Source(want); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not the vendor's file under another name", renamed(file))
		}
	}
	for _, suite := range suites[:2] { // which the recipe's last line runs first
		if at := strings.ReplaceAll(suite.dir, name, "$new"); !strings.Contains(string(commands[2]), "./"+at) {
			t.Errorf("the recipe does not test %s", at)
		}
	}
}

func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

var capability = regexp.MustCompile(`(?m)^type ([A-Z]\w+)\b.* interface \{$`)

// Whoever adds a vendor finds everything that it may be able to do, and where, in CONTRIBUTING.
func TestContributingNamesEveryCapability(t *testing.T) {
	t.Parallel()
	page := string(read(t, filepath.Join(root(t), "CONTRIBUTING.md")))
	found := capability.FindAllSubmatch(read(t, filepath.Join(root(t), "internal/link/driver/optional.go")), -1)
	if len(found) == 0 {
		t.Error("there are no capabilities")
	}
	for _, match := range found {
		if !strings.Contains(page, "`"+string(match[1])+"`") {
			t.Errorf("CONTRIBUTING.md does not name %s", match[1])
		}
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
	for i, some := range [][]suite{suites[:1], suites[1:]} { // two packages of one name cannot be built at once
		into := filepath.Join(dir, fmt.Sprint("built", i)) + string(filepath.Separator)
		args := []string{"test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlayFile, "-o", into}
		for _, suite := range some {
			args = append(args, "./"+suite.dir)
			binaries = append(binaries, filepath.Join(into, path.Base(suite.dir)+".test"))
		}
		compile := exec.CommandContext(t.Context(), goTool, args...)
		compile.Dir = root(t)
		if output, err := compile.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	return binaries
}
