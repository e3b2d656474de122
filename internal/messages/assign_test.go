package messages_test

import (
	"go/ast"
	"go/token"
)

func (r *reader) declare(value *ast.ValueSpec, k known) {
	for _, each := range value.Values {
		r.visit(each, k)
	}
	for i, name := range value.Names {
		object := r.s.info.Defs[name]
		switch {
		case object == nil || !isText(object.Type()):
		case len(value.Values) == len(value.Names):
			k[object] = r.text(value.Values[i], k)
		case len(value.Values) == 0:
			k[object] = lit("")
		}
	}
}

func (r *reader) assign(s *ast.AssignStmt, k known) {
	for _, each := range s.Rhs {
		r.visit(each, k)
	}
	r.noted(s, k)
	values := make([]node, len(s.Lhs))
	if len(s.Rhs) == 1 && len(s.Lhs) > 1 {
		if call, ok := s.Rhs[0].(*ast.CallExpr); ok {
			for i := range values {
				values[i] = r.result(call, i, k)
			}
		}
	} else {
		for i, each := range s.Rhs {
			if isText(r.s.info.TypeOf(s.Lhs[i])) || isError(r.s.info.TypeOf(s.Lhs[i])) {
				values[i] = r.text(each, k)
			}
		}
	}
	for i, left := range s.Lhs {
		name, ok := left.(*ast.Ident)
		if !ok || values[i] == nil {
			continue
		}
		object := r.s.info.ObjectOf(name)
		switch {
		case object == nil:
		case s.Tok == token.ADD_ASSIGN:
			k[object] = join(r.text(name, k), values[i])
		default:
			k[object] = values[i]
		}
	}
}

// leave is a return: every result that is a text.
func (r *reader) leave(s *ast.ReturnStmt, k known) {
	for _, each := range s.Results {
		r.visit(each, k)
	}
	if r.fn == nil {
		return
	}
	results := r.fn.Signature().Results()
	out := make([]node, results.Len())
	for i := range out {
		switch {
		case !isText(results.At(i).Type()):
		case len(s.Results) == len(out):
			out[i] = r.text(s.Results[i], k)
		case len(s.Results) == 0:
			out[i] = k[results.At(i)]
		}
	}
	r.returns = append(r.returns, out)
}
