package messages_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	// So that the result is not taken from the test cache after a change of what is read here.
	_ "github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

const module = "github.com/paymentlinks/terraform-provider-paymentlinks/"

// source is one package of the provider, read and type-checked without its tests.
type source struct {
	name  string // "internal/link"
	files []*ast.File
	info  *types.Info
	types *types.Package
}

// program is all of the module that ends up in the provider: what is linked into it can speak, whatever its name.
type program struct {
	fset    *token.FileSet
	sources []*source
	decls   map[*types.Func]*ast.FuncDecl
	homes   map[*types.Func]*source
	owners  map[*types.Var]*types.Func // of parameters
	places  map[*types.Var]int         // of parameters
}

type listed struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
}

// load asks the Go command for the packages, so that a new one is there by itself.
func load(t *testing.T) *program {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles", "./internal/vendors")
	command.Dir = filepath.Join("..", "..")
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %s\n%s", err, &complaints)
	}
	var own []listed
	exports := map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, module) {
			own = append(own, p)
		}
	}
	p := &program{
		fset: token.NewFileSet(), decls: map[*types.Func]*ast.FuncDecl{}, homes: map[*types.Func]*source{},
		owners: map[*types.Var]*types.Func{}, places: map[*types.Var]int{},
	}
	foreign := importer.ForCompiler(p.fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	checked := map[string]*types.Package{}
	for _, each := range own { // dependencies first
		p.add(t, each, func(path string) (*types.Package, error) {
			if known := checked[path]; known != nil {
				return known, nil
			}
			return foreign.Import(path)
		})
		checked[each.ImportPath] = p.sources[len(p.sources)-1].types
	}
	return p
}

type importing func(path string) (*types.Package, error)

func (f importing) Import(path string) (*types.Package, error) { return f(path) }

func (p *program) add(t *testing.T, from listed, imported importing) {
	t.Helper()
	s := &source{name: strings.TrimPrefix(from.ImportPath, module), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{}, Implicits: map[ast.Node]types.Object{},
	}}
	for _, name := range from.GoFiles {
		file, err := parser.ParseFile(p.fset, filepath.Join(from.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		s.files = append(s.files, file)
	}
	var err error
	if s.types, err = (&types.Config{Importer: imported}).Check(from.ImportPath, p.fset, s.files, s.info); err != nil {
		t.Fatal(err)
	}
	p.sources = append(p.sources, s)
	for _, file := range s.files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			of, _ := s.info.Defs[fn.Name].(*types.Func)
			p.decls[of], p.homes[of] = fn, s
			for i := range of.Signature().Params().Len() {
				p.owners[of.Signature().Params().At(i)], p.places[of.Signature().Params().At(i)] = of, i
			}
		}
	}
}

// place is where something stands, without a line: an edit elsewhere must not move it.
func (p *program) file(s *source, at token.Pos) string {
	return s.name + "/" + filepath.Base(p.fset.Position(at).Filename)
}
