package conformance_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// vendorList is the one Go file outside a vendor's own folders that names it.
const vendorList = "internal/vendors/vendors.go"

// aboutFunctions is the test of the functions that configurations call, one of which is named after its vendor.
const aboutFunctions = "internal/e2e/functions_test.go"

// aboutExamples is the test of the folders in examples/, which name vendors as their readers do.
const aboutExamples = "internal/e2e/example_folders_test.go"

// machinery are files that build, test and release; all other files that are not Go are read by people, or golden.
var machinery = []string{"GNUmakefile", ".ci/run", ".golangci.yml", ".goreleaser.yml"}

// ownFiles tells whether a file is a vendor's own: its folder, its folder in the sandbox, its descriptor.
func ownFiles(name, file string) bool {
	return strings.HasPrefix(file, "internal/"+name+"/") || strings.HasPrefix(file, "internal/sandbox/"+name+"/") ||
		file == "internal/conformance/descriptor/"+name+".go"
}

// A vendor is its folder, its folder in the sandbox, its descriptor, and one line. No other code names it, so that a new
// vendor has no other place to be added to.
func TestNoGenericFileNamesAVendor(t *testing.T) {
	t.Parallel()
	names := map[string]*regexp.Regexp{}
	for _, d := range descriptor.All() {
		names[d.Name] = regexp.MustCompile(`(?i)(?:\b|_)` + regexp.QuoteMeta(d.Name)) // "economy" names nobody
	}
	listed := map[string]bool{}
	for file, text := range code(t) {
		for name, pattern := range names {
			if !pattern.MatchString(text) || ownFiles(name, file) || file == aboutFunctions || file == aboutExamples {
				continue
			}
			if file == vendorList {
				listed[name] = true
				continue
			}
			line := strings.Count(text[:pattern.FindStringIndex(text)[0]], "\n") + 1
			t.Errorf("%s:%d names %s", file, line, name)
		}
	}
	for name := range names {
		if !listed[name] {
			t.Errorf("%s does not list %s", vendorList, name)
		}
	}
}

// code are the repository's Go files and its machinery, by their slash-separated paths.
func code(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file := filepath.ToSlash(relative)
		if entry.IsDir() {
			if slices.Contains([]string{".git", "bin", "dist", "reports"}, file) {
				return filepath.SkipDir
			}
			return nil
		}
		workflow := strings.HasPrefix(file, ".github/workflows/")
		if !strings.HasSuffix(file, ".go") && !workflow && !slices.Contains(machinery, file) {
			return nil
		}
		text, err := os.ReadFile(path)
		out[file] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
