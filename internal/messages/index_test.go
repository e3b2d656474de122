package messages_test

import (
	"go/ast"
	"go/types"
)

// index notes what is written into every field and every variable of a package.
func (g *gatherer) index(s *source) {
	for _, file := range s.files {
		for _, decl := range file.Decls {
			fn := (*types.Func)(nil)
			if d, ok := decl.(*ast.FuncDecl); ok {
				fn, _ = s.info.Defs[d.Name].(*types.Func)
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					g.literal(s, fn, n)
				case *ast.ValueSpec:
					for i, name := range n.Names {
						if object := s.info.Defs[name]; fn == nil && object != nil && i < len(n.Values) && len(n.Values) == len(n.Names) {
							g.globals[object] = use{s, nil, n.Values[i]}
						}
					}
				}
				return true
			})
		}
	}
}

func (g *gatherer) literal(s *source, fn *types.Func, of *ast.CompositeLit) {
	t := s.info.TypeOf(of)
	if pointer, ok := t.(*types.Pointer); ok {
		t = pointer.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, element := range of.Elts {
		var field *types.Var
		value := element
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			name, _ := pair.Key.(*ast.Ident)
			field, _ = s.info.Uses[name].(*types.Var)
			value = pair.Value
		} else {
			field = structure.Field(i)
		}
		if field != nil {
			g.fields[field.Origin()] = append(g.fields[field.Origin()], use{s, fn, value})
		}
	}
}
