package link_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	docRule = regexp.MustCompile(`(?m)^//   - .*\n(//     .*\n)*`)
	docFile = regexp.MustCompile(`\b[a-z]+/[a-z_/]+\.go\b`)
	docTest = regexp.MustCompile(`(?:([a-z0-9]+) )?\b((?:Test|Fuzz)\w+)`)
)

// Every rule of the index names a file that exists and a test that exists: in the folder of one of its files, or in the folder that
// is named with it.
func TestIndexOfRules(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rules, _ := strings.Cut(string(text), "# Rules")
	found := docRule.FindAllString(rules, -1)
	if len(found) < 30 {
		t.Fatalf("%d rules: is this the index?", len(found))
	}
	for _, rule := range found {
		files, tests := docFile.FindAllString(rule, -1), docTest.FindAllStringSubmatch(rule, -1)
		if len(files) == 0 || len(tests) == 0 {
			t.Errorf("no file or no test: %s", rule)
		}
		folders := map[string]bool{}
		for _, file := range files {
			folders[filepath.Dir(file)] = true
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(file))); err != nil {
				t.Errorf("%s: %s", err, rule)
			}
		}
		for _, test := range tests {
			where := folders
			if test[1] != "" {
				where = map[string]bool{test[1]: true}
			}
			if !declaredIn(t, where, test[2]) {
				t.Errorf("no test %s: %s", test[0], rule)
			}
		}
	}
}

func declaredIn(t *testing.T, folders map[string]bool, test string) bool {
	t.Helper()
	for folder := range folders {
		files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "\nfunc "+test+"(") {
				return true
			}
		}
	}
	return false
}
