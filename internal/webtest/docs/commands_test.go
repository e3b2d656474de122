package docs

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notRun are the reasons for which a block of commands cannot be run here.
var notRun = map[string]string{
	"product": "another product than Terraform and OpenTofu runs it",
	"release": "it checks a published release",
}

// Every block that is no configuration, such as commands, a pipeline or output, says which test runs or reads it, or why none can.
func TestCommandsAreRun(t *testing.T) {
	t.Parallel()
	found := 0
	for _, b := range allBlocks(t, written(t)) {
		if configuration(b.lang) {
			continue
		}
		found++
		if wrong := b.untested(); wrong != "" {
			t.Errorf("%s: %s", b.at(b.line), wrong)
		}
	}
	if found == 0 {
		t.Error("no page has a block of commands")
	}
}

// untested is why nobody knows whether a block of commands is right; empty for one that is run or read.
func (b block) untested() string {
	_, file := b.keys["file"] // of a folder, which is applied
	why, excused := b.keys["not-run"]
	switch {
	case excused && notRun[why] == "":
		return why + " is no reason to run nothing"
	case !file && !excused && b.keys["test"] == "":
		return "no test runs this block: add a comment <!-- block: test=FILE -->, and run it there"
	}
	return ""
}

// A block that leaves itself to another test names one that reads its page.
func TestOtherTestsReadThePage(t *testing.T) {
	t.Parallel()
	for _, b := range allBlocks(t, written(t)) {
		file := b.keys["test"]
		if file == "" {
			continue
		}
		source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil || !strings.HasSuffix(file, "_test.go") || !strings.Contains(string(source), path.Base(b.shown())) {
			t.Errorf("%s: %s is no test that reads this page: %v", b.at(b.line), file, err)
		}
	}
}

func TestUntestedCommandsAreNoticed(t *testing.T) {
	t.Parallel()
	for comment, want := range map[string]bool{
		"":                                     true,
		"<!-- block: test=a_test.go -->\n":     false,
		"<!-- block: name=x file=a.json -->\n": false,
		"<!-- block: not-run=product -->\n":    false,
		"<!-- block: not-run=later -->\n":      true,
	} {
		blocks, err := parsePage("p.md", []byte(comment+"\n```shell\nls\n```\n")).blocks()
		if err != nil || len(blocks) != 1 {
			t.Fatalf("%q: %d blocks, error %v", comment, len(blocks), err)
		}
		if got := blocks[0].untested(); (got != "") != want {
			t.Errorf("%q: %q", comment, got)
		}
	}
}

var folderName = regexp.MustCompile(`([\w.-]+)/(?:[\s,]|$)`)

// The layout in CONTRIBUTING.md names folders that exist.
func TestLayoutNamesFolders(t *testing.T) {
	t.Parallel()
	folders := map[string]bool{}
	err := filepath.WalkDir(root, func(name string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			if entry.Name() == ".git" || entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			folders[entry.Name()] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range readPages(t, "CONTRIBUTING.md") {
		for _, b := range allBlocks(t, []*page{p}) {
			if b.lang != "text" {
				continue
			}
			named := folderName.FindAllStringSubmatch(b.text, -1)
			for _, match := range named {
				if !folders[match[1]] {
					t.Errorf("%s: there is no folder %s", b.at(b.line), match[1])
				}
			}
			if len(named) < 40 {
				t.Errorf("%s: %d folders", b.at(b.line), len(named))
			}
		}
	}
}

var (
	makeTarget = regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)")
	target     = regexp.MustCompile(`(?m)^([a-z-]+):(?: |$)`)
	goTest     = regexp.MustCompile("`go test \\./([\\w/]+?)(?:/\\.\\.\\.)?(?: -run '?(Test[^' `]+))?[' `]")
	goProgram  = regexp.MustCompile(`go run \./(\S+?)[\s` + "`" + `]`)
)

// The targets of make, the packages and the tests that pages name exist.
func TestNamedTargetsAndTestsExist(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile(filepath.Join(root, "GNUmakefile"))
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]bool{}
	for _, match := range target.FindAllStringSubmatch(string(makefile), -1) {
		targets[match[1]] = true
	}
	found := [3]int{}
	for _, p := range written(t) {
		text := string(p.source)
		for _, match := range makeTarget.FindAllStringSubmatch(text, -1) {
			if found[0]++; !targets[match[1]] {
				t.Errorf("%s: make has no %s", p.name, match[1])
			}
		}
		for _, match := range goProgram.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, match[1], "main.go")); err != nil {
				t.Errorf("%s: %v", p.name, err)
			}
			found[1]++
		}
		for _, match := range goTest.FindAllStringSubmatch(text, -1) {
			for _, name := range strings.FieldsFunc(match[2], func(r rune) bool { return r == '|' || r == '\\' }) {
				name, _, _ = strings.Cut(name, "/")
				if found[2]++; !hasTest(t, match[1], name) {
					t.Errorf("%s: no test of %s begins with %s", p.name, match[1], name)
				}
			}
		}
	}
	if slices.Contains(found[:], 0) {
		t.Errorf("the pages name %v targets, programs and tests", found)
	}
}

// hasTest tells whether a test of a package begins with a name.
func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(file string) bool {
		source, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(source), "\nfunc "+name)
	})
}
