package link_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

// The files of a package build on each other one way: no file uses a declaration of a file that uses its own, directly or through
// others.
func TestFilesImportOneWay(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{".", "driver", "diff", "createonce", "bulkread", "paging", "memdriver", "../protoserver", "../provider"} {
		uses := usesOf(t, folder)
		for _, file := range slices.Sorted(maps.Keys(uses)) {
			if circle := pathBack(uses, file, file, map[string]bool{}); circle != nil {
				t.Errorf("%s: %s", folder, strings.Join(append([]string{file}, circle...), " uses "))
				break
			}
		}
	}
}

// usesOf returns, by file of a package, the other files whose declarations it uses. A method counts if the package has only one of its
// name.
func usesOf(t *testing.T, folder string) map[string]map[string]bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[filepath.Base(name)], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		t.Fatalf("no files in %s", folder)
	}
	declaredIn, methodIn, methods := map[string]string{}, map[string]string{}, map[string]int{}
	for name, file := range files {
		for object := range file.Scope.Objects {
			declaredIn[object] = name
		}
		for _, declaration := range file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv != nil {
				methodIn[f.Name.Name] = name
				methods[f.Name.Name]++
			}
		}
	}
	uses := map[string]map[string]bool{}
	for name, file := range files {
		uses[name] = map[string]bool{}
		use := func(other string) {
			if other != "" && other != name {
				uses[name][other] = true
			}
		}
		for _, identifier := range file.Unresolved {
			use(declaredIn[identifier.Name])
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && methods[s.Sel.Name] == 1 && !ast.IsExported(s.Sel.Name) {
				use(methodIn[s.Sel.Name])
			}
			return true
		})
	}
	return uses
}

// pathBack returns the files by which a file uses target; nil for none.
func pathBack(uses map[string]map[string]bool, file, target string, seen map[string]bool) []string {
	for _, other := range slices.Sorted(maps.Keys(uses[file])) {
		if other == target {
			return []string{target}
		}
		if seen[other] {
			continue
		}
		seen[other] = true
		if back := pathBack(uses, other, target, seen); back != nil {
			return append([]string{other}, back...)
		}
	}
	return nil
}
