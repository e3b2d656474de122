package messages_test

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

const (
	framework  = "github.com/hashicorp/terraform-plugin-framework/"
	diagnostic = framework + "diag"
)

// kind is what a message is.
type kind string

const (
	isAnError  kind = "error"
	isAWarning kind = "warning"
	ofFunction kind = "error of a function"
	isProgress kind = "progress of an action"
	isReason   kind = "reason"
	isNote     kind = "note"
	isPart     kind = "part"
	isRule     kind = "rule of a validator"
	isLine     kind = "line of an answer"
)

// makers are all ways to make a message: which arguments are its summary and its detail.
var makers = map[string]struct {
	kind            kind
	summary, detail int // -1: none
}{
	"(*" + diagnostic + ".Diagnostics).AddError":            {isAnError, 0, 1},
	"(*" + diagnostic + ".Diagnostics).AddWarning":          {isAWarning, 0, 1},
	"(*" + diagnostic + ".Diagnostics).AddAttributeError":   {isAnError, 1, 2},
	"(*" + diagnostic + ".Diagnostics).AddAttributeWarning": {isAWarning, 1, 2},
	diagnostic + ".NewErrorDiagnostic":                      {isAnError, 0, 1},
	diagnostic + ".NewWarningDiagnostic":                    {isAWarning, 0, 1},
	diagnostic + ".NewAttributeErrorDiagnostic":             {isAnError, 1, 2},
	diagnostic + ".NewAttributeWarningDiagnostic":           {isAWarning, 1, 2},
	framework + "function.NewFuncError":                     {ofFunction, 0, -1},
	framework + "function.NewArgumentFuncError":             {ofFunction, 1, -1},
}

// passing are calls that move messages about and make none.
var passing = []string{"Append", "HasError", "Errors", "Warnings", "ErrorsCount", "WarningsCount", "Severity", "Summary", "Detail", "Equal", "Contains", "Error", "Len", "Path"}

// guard refuses ways around the makers.
func (g *gatherer) guard(s *source) {
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				switch name := strings.TrimPrefix(s.info.TypeOf(n).String(), "*"); {
				case name == framework+"function.FuncError", strings.HasSuffix(name, "tfprotov6.Diagnostic"), strings.HasSuffix(name, "tfprotov6.FunctionError"),
					strings.HasPrefix(name, diagnostic+".") && name != diagnostic+".Diagnostics":
					g.t.Errorf("%s: a message is made as a literal %s; make it with one of the makers in makers_test.go, so that it is gathered", g.fset.Position(n.Pos()), name)
				}
			case *ast.CallExpr:
				fn := (&reader{gatherer: g, s: s}).callee(n)
				if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != diagnostic && !strings.Contains(fn.FullName(), "FuncError") {
					return true
				}
				if _, ok := makers[fn.FullName()]; !ok && !slices.Contains(passing, fn.Name()) && g.decls[fn] == nil {
					g.t.Errorf("%s: %s is no maker that makers_test.go knows", g.fset.Position(n.Pos()), fn.FullName())
				}
			}
			return true
		})
	}
	scope := s.types.Scope()
	for _, name := range scope.Names() {
		if hasMethod(scope.Lookup(name).Type(), "Summary") && hasMethod(scope.Lookup(name).Type(), "Severity") {
			g.t.Errorf("%s.%s is a diagnostic of its own, which nobody would gather", s.name, name)
		}
	}
}

func hasMethod(t types.Type, name string) bool {
	object, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := object.(*types.Func)
	return ok
}
