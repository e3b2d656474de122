package messages_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"
)

// visit takes note of every call in an expression.
func (r *reader) visit(e ast.Expr, k known) {
	if r.silent {
		return
	}
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			inner := &reader{gatherer: r.gatherer, s: r.s, inside: r.fn, depth: r.depth}
			inner.block(n.Body.List, maps.Clone(k))
			return false
		case *ast.CallExpr:
			r.call(n, k)
		case *ast.CompositeLit:
			r.reasoned(n, k)
		case *ast.UnaryExpr:
			if name, ok := n.X.(*ast.Ident); ok && n.Op == token.AND { // somebody else fills it in
				delete(k, r.s.info.ObjectOf(name))
			}
		}
		return true
	})
}

func (r *reader) call(c *ast.CallExpr, k known) {
	fn := r.callee(c)
	if fn == nil {
		name, ok := c.Fun.(*ast.Ident)
		if ok && name.Name == "add" && r.fn != nil && r.fn.FullName() == "(*"+module+"internal/rest.Error).Detail" {
			r.emit(message{kind: isLine, summary: join(r.text(c.Args[0], k), r.text(c.Args[1], k)), detail: lit(""), order: c.Pos()})
		}
		if ok && name.Name == "say" && len(c.Args) > 0 {
			r.emit(message{kind: isProgress, summary: r.formatted(c, k), detail: lit(""), order: c.Pos()})
		}
		return
	}
	name := fn.FullName()
	if m, ok := makers[name]; ok {
		out := message{kind: m.kind, summary: r.text(c.Args[m.summary], k), detail: lit(""), order: c.Pos()}
		if m.detail >= 0 {
			out.detail = r.text(c.Args[m.detail], k)
		}
		r.emit(out)
		return
	}
	if fn.Name() == "RegexMatches" && len(c.Args) == 2 { // the framework's validator, with words of ours
		r.emit(message{kind: isRule, summary: r.text(c.Args[1], k), detail: lit(""), order: c.Pos()})
		return
	}
	if name == "errors.New" || name == "fmt.Errorf" {
		r.emit(message{kind: isReason, summary: r.called(c, k), detail: lit(""), order: c.Pos()})
		return
	}
	if r.decls[fn] != nil && r.depth == 0 {
		made := call{from: r, at: c.Pos(), calls: fn}
		for i, arg := range c.Args {
			var n node
			if i < fn.Signature().Params().Len() && isText(fn.Signature().Params().At(i).Type()) {
				n = r.text(arg, k)
			}
			made.args = append(made.args, n)
		}
		r.calls[fn] = append(r.calls[fn], made)
	}
}

// noted is what our side adds to a failed call's words: a RetryNote, a Hint, or why it was not repeated.
func (r *reader) noted(s *ast.AssignStmt, k known) {
	if r.silent {
		return
	}
	for i, left := range s.Lhs {
		selector, ok := left.(*ast.SelectorExpr)
		if ok && (selector.Sel.Name == "RetryNote" || selector.Sel.Name == "Hint") && len(s.Rhs) == len(s.Lhs) && strings.HasSuffix(r.s.info.TypeOf(selector.X).String(), "rest.Error") {
			r.emit(message{kind: isNote, summary: r.text(s.Rhs[i], k), detail: lit(""), order: s.Pos()})
		}
	}
}

// reasoned is a reason that the retry policy gives.
func (r *reader) reasoned(of *ast.CompositeLit, k known) {
	if !strings.HasSuffix(r.s.info.TypeOf(of).String(), "rest.decision") {
		return
	}
	for _, element := range of.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok && types.ExprString(pair.Key) == "reason" {
			r.emit(message{kind: isNote, summary: r.text(pair.Value, k), detail: lit(""), order: of.Pos()})
		}
	}
}

func (r *reader) emit(m message) {
	if r.silent || passedOn(m) {
		return
	}
	m.file = r.file(r.s, m.order)
	m.function, m.maker, m.in = r.name(), m.order, r.around()
	r.messages = append(r.messages, m)
}

// passedOn: nothing but what another message said.
func passedOn(m message) bool {
	switch m.kind {
	case isAnError, isAWarning:
		return m.summary == hole("summary of another message") && m.detail == hole("its detail")
	case isReason, isNote, ofFunction:
		_, bare := m.summary.(hole)
		return bare
	}
	return false
}
