package messages_test

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// reason stands for an error's own words.
const reason = hole("reason")

// maxDepth is how many calls deep a text is followed.
const maxDepth = 8

// text is what an expression comes to.
func (r *reader) text(e ast.Expr, k known) node {
	if value := r.s.info.Types[e].Value; value != nil {
		if value.Kind() == constant.String {
			return lit(constant.StringVal(value))
		}
		return lit(value.ExactString())
	}
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return join(r.text(sum.X, k), r.text(sum.Y, k))
	}
	if name, ok := named(r.file(r.s, e.Pos()), r.name(), types.ExprString(e)); ok {
		return hole(name)
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.text(e.X, k)
	case *ast.CallExpr:
		return r.called(e, k)
	case *ast.Ident:
		if n := r.variable(e, k); n != nil {
			return n
		}
	case *ast.SelectorExpr:
		if selection := r.s.info.Selections[e]; selection != nil && selection.Kind() == types.FieldVal {
			if n := r.field(selection.Obj(), e); n != nil {
				return n
			}
		} else if object := r.s.info.Uses[e.Sel]; object != nil {
			if value := r.global(object); value != nil {
				return value
			}
		}
	}
	if isError(r.s.info.TypeOf(e)) {
		return reason
	}
	return r.unknown(e)
}

func (r *reader) unknown(e ast.Expr) node {
	return opaque{types.ExprString(e), r.file(r.s, e.Pos())}
}

func (r *reader) variable(name *ast.Ident, k known) node {
	object := r.s.info.ObjectOf(name)
	if n, ok := k[object]; ok && n != nil {
		return n
	}
	v, ok := object.(*types.Var)
	if !ok {
		return nil
	}
	if owner := r.owners[v]; owner != nil && isText(v.Type()) {
		return param{owner.Name(), v.Name(), v}
	}
	return r.global(object)
}

// global is a variable of a package, which holds what it was given at its declaration.
func (r *reader) global(object types.Object) node {
	at, ok := r.globals[object]
	if !ok {
		return nil
	}
	return (&reader{gatherer: r.gatherer, s: at.s, silent: true, depth: r.depth + 1}).text(at.value, known{})
}

// field is what any literal of the struct puts into the field: it is one of them.
func (r *reader) field(object types.Object, e *ast.SelectorExpr) node {
	var all []node
	if v, ok := object.(*types.Var); ok {
		object = v.Origin()
	}
	if r.depth > maxDepth {
		return nil
	}
	for _, at := range r.fields[object] {
		inner := &reader{gatherer: r.gatherer, s: at.s, fn: at.fn, silent: true, depth: r.depth + 1}
		all = append(all, substitute(inner.text(at.value, known{}), func(p param) node { return hole(p.name) }))
	}
	if len(all) == 0 {
		return nil
	}
	return either(all...)
}

// formatted is a format with its values put in.
func (r *reader) formatted(call *ast.CallExpr, k known) node {
	format := r.s.info.Types[call.Args[0]].Value
	if format == nil {
		return r.unknown(call)
	}
	var out []node
	args := call.Args[1:]
	rest := constant.StringVal(format)
	for {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			return join(append(out, lit(rest))...)
		}
		out = append(out, lit(rest[:at]))
		end := at + 1
		for end < len(rest) && strings.IndexByte("#+-0123456789. ", rest[end]) >= 0 {
			end++
		}
		verb := rest[end]
		rest = rest[end+1:]
		if verb == '%' {
			out = append(out, lit("%"))
			continue
		}
		if len(args) == 0 {
			return r.unknown(call)
		}
		value := r.text(args[0], k)
		if isType(r.s.info.TypeOf(args[0])) || verb == 'T' {
			value = opaque{"%" + string(verb) + " of " + types.ExprString(args[0]), r.file(r.s, call.Pos())}
		}
		args = args[1:]
		if verb == 'q' {
			value = join(lit(`"`), value, lit(`"`))
		}
		out = append(out, value)
	}
}

// isType: the name of a Go type says nothing to a user.
func isType(t types.Type) bool { return t != nil && fmt.Sprint(t) == "reflect.Type" }
