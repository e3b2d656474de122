package link_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
