package messages_test

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// compared is the variable that a condition compares with the empty text, if that is what it does.
func (r *reader) compared(condition ast.Expr) (object types.Object, equal, ok bool) {
	c, ok := condition.(*ast.BinaryExpr)
	if !ok || c.Op != token.EQL && c.Op != token.NEQ {
		return nil, false, false
	}
	empty := r.s.info.Types[c.Y].Value
	name, isName := c.X.(*ast.Ident)
	if !isName || empty == nil || empty.Kind() != constant.String || constant.StringVal(empty) != "" {
		return nil, false, false
	}
	return r.s.info.ObjectOf(name), c.Op == token.EQL, true
}

// holds decides a comparison with the empty text, where what is known decides it.
func (r *reader) holds(condition ast.Expr, k known) (value, sure bool) {
	object, equal, ok := r.compared(condition)
	if !ok || k[object] == nil {
		return false, false
	}
	if k[object] == node(lit("")) {
		return equal, true
	}
	if c, ok := k[object].(choice); ok {
		return !equal, !slices.Contains(c, node(lit(""))) && allWritten(c)
	}
	return !equal, allWritten(choice{k[object]})
}

// allWritten: in each of the texts something is written for certain.
func allWritten(texts choice) bool {
	for _, each := range texts {
		if !slices.ContainsFunc(parts(each), func(part node) bool {
			inner, isChoice := part.(choice)
			text, isLit := part.(lit)
			return isLit && text != "" || isChoice && allWritten(inner)
		}) {
			return false
		}
	}
	return true
}

// refined is what is known where a condition holds, and where it does not.
func (r *reader) refined(condition ast.Expr, k known) (when, otherwise known) {
	when, otherwise = maps.Clone(k), maps.Clone(k)
	object, equal, ok := r.compared(condition)
	if !ok {
		return when, otherwise
	}
	c, ok := k[object].(choice)
	if !ok || !slices.Contains(c, node(lit(""))) {
		return when, otherwise
	}
	filled, empty := when, otherwise
	if equal {
		filled, empty = otherwise, when
	}
	filled[object] = either(slices.DeleteFunc(slices.Clone(c), func(n node) bool { return n == node(lit("")) })...)
	empty[object] = lit("")
	return when, otherwise
}
