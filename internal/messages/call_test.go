package messages_test

import (
	"go/ast"
	"go/types"
)

// called is the text that a call returns.
func (r *reader) called(call *ast.CallExpr, k known) node {
	if r.s.info.Types[call.Fun].IsType() { // a conversion
		return r.text(call.Args[0], k)
	}
	fn := r.callee(call)
	if fn == nil {
		return r.indirect(call, k)
	}
	switch fn.FullName() {
	case "fmt.Sprintf", "fmt.Errorf":
		return r.formatted(call, k)
	case "errors.New", "strings.TrimSpace":
		return r.text(call.Args[0], k)
	case "cmp.Or":
		var all []node
		for _, each := range call.Args {
			all = append(all, r.text(each, k))
		}
		return either(all...)
	}
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok && fn.Name() == "Error" && isError(r.s.info.TypeOf(selector.X)) {
		return r.text(selector.X, k)
	}
	return r.result(call, 0, k)
}

// result is one of the results of a call.
func (r *reader) result(call *ast.CallExpr, i int, k known) node {
	fn := r.callee(call)
	if fn == nil || r.decls[fn] == nil || r.depth > maxDepth {
		return r.lost(call, i)
	}
	results := fn.Signature().Results()
	if i >= results.Len() || !isText(results.At(i).Type()) {
		return r.lost(call, i)
	}
	return r.inline(fn, call, i, k)
}

func (r *reader) lost(call *ast.CallExpr, i int) node {
	of := r.s.info.TypeOf(call)
	if tuple, ok := of.(*types.Tuple); ok && i < tuple.Len() {
		of = tuple.At(i).Type()
	}
	if isError(of) {
		return reason
	}
	return r.unknown(call)
}

func (r *reader) inline(fn *types.Func, call *ast.CallExpr, i int, k known) node {
	inner := &reader{gatherer: r.gatherer, s: r.homes[fn], fn: fn, silent: true, depth: r.depth + 1}
	inside := known{}
	params := fn.Signature().Params()
	for j := range params.Len() {
		if v := params.At(j); j < len(call.Args) && (isText(v.Type()) || isError(v.Type())) {
			inside[v] = r.text(call.Args[j], k)
		}
	}
	inner.start(inside)
	inner.block(r.decls[fn].Body.List, inside)
	var all []node
	for _, each := range inner.returns {
		if each[i] != nil {
			all = append(all, each[i])
		}
	}
	if len(all) == 0 {
		return r.unknown(call)
	}
	return either(all...)
}

// start gives named results their zero.
func (r *reader) start(k known) {
	results := r.fn.Signature().Results()
	for i := range results.Len() {
		if v := results.At(i); v.Name() != "" && isText(v.Type()) {
			k[v] = lit("")
		}
	}
}

// indirect is a call of a function that a field holds: any that was put there.
func (r *reader) indirect(call *ast.CallExpr, k known) node {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || r.s.info.Selections[selector] == nil {
		return r.unknown(call)
	}
	object := r.s.info.Selections[selector].Obj()
	var all []node
	for _, at := range r.fields[object] {
		var name *ast.Ident
		switch value := at.value.(type) {
		case *ast.Ident:
			name = value
		case *ast.SelectorExpr:
			name = value.Sel
		}
		fn, _ := at.s.info.Uses[name].(*types.Func)
		if fn == nil || r.decls[fn.Origin()] == nil {
			return r.unknown(call)
		}
		all = append(all, r.inline(fn.Origin(), call, 0, k))
	}
	if len(all) == 0 {
		return r.unknown(call)
	}
	return either(all...)
}

func (r *reader) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	if index, ok := fun.(*ast.IndexListExpr); ok {
		fun = index.X
	}
	var name *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		name = f
	case *ast.SelectorExpr:
		name = f.Sel
	default:
		return nil
	}
	fn, _ := r.s.info.Uses[name].(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}
