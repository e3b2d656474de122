package messages_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
)

// known is what the variables of a function hold where it has been read so far.
type known map[types.Object]node

// reader follows a function from its first statement to its last, both ways at every branch, and remembers what its texts
// are. It hands every call to its gatherer, unless it only works out what a function returns.
type reader struct {
	*gatherer
	s       *source
	fn      *types.Func // nil in a function literal, whose returns are its own
	inside  *types.Func // around a function literal
	silent  bool
	depth   int
	returns [][]node
	// broken and continued are the ways out of the loop or switch that is being read.
	broken, continued []known
}

// name is the function that people find in the file.
func (r *reader) name() string {
	if fn := r.around(); fn != nil {
		return fn.Name()
	}
	return ""
}

func (r *reader) around() *types.Func {
	if r.fn != nil {
		return r.fn
	}
	return r.inside
}

// block reads statements one after another; ended is true where none after them is reached.
func (r *reader) block(list []ast.Stmt, k known) (out known, ended bool) {
	for _, statement := range list {
		if k, ended = r.statement(statement, k); ended {
			return k, true
		}
	}
	return k, false
}

func (r *reader) statement(statement ast.Stmt, k known) (known, bool) {
	switch s := statement.(type) {
	case *ast.AssignStmt:
		r.assign(s, k)
	case *ast.DeclStmt:
		if decl, ok := s.Decl.(*ast.GenDecl); ok {
			for _, spec := range decl.Specs {
				if value, ok := spec.(*ast.ValueSpec); ok {
					r.declare(value, k)
				}
			}
		}
	case *ast.ExprStmt:
		r.visit(s.X, k)
	case *ast.DeferStmt:
		r.visit(s.Call, k)
	case *ast.GoStmt:
		r.visit(s.Call, k)
	case *ast.SendStmt:
		r.visit(s.Value, k)
	case *ast.ReturnStmt:
		r.leave(s, k)
		return k, true
	case *ast.BranchStmt:
		switch s.Tok {
		case token.BREAK:
			r.broken = append(r.broken, k)
		case token.CONTINUE:
			r.continued = append(r.continued, k)
		}
		return k, s.Tok != token.FALLTHROUGH
	case *ast.BlockStmt:
		return r.block(s.List, k)
	case *ast.LabeledStmt:
		return r.statement(s.Stmt, k)
	case *ast.IfStmt:
		return r.branch(s, k)
	case *ast.SwitchStmt:
		k = r.before(s.Init, k)
		if s.Tag != nil {
			r.visit(s.Tag, k)
		}
		return r.clauses(s.Body, k)
	case *ast.TypeSwitchStmt:
		k = r.before(s.Init, k)
		return r.clauses(s.Body, k)
	case *ast.SelectStmt:
		return r.clauses(s.Body, k)
	case *ast.ForStmt:
		k = r.before(s.Init, k)
		if s.Cond != nil {
			r.visit(s.Cond, k)
		}
		return r.repeated(s.Body, k), s.Cond == nil && !breaks(s.Body)
	case *ast.RangeStmt:
		r.visit(s.X, k)
		return r.repeated(s.Body, k), false
	}
	return k, false
}

func (r *reader) before(init ast.Stmt, k known) known {
	if init != nil {
		k, _ = r.statement(init, k)
	}
	return k
}

func (r *reader) branch(s *ast.IfStmt, k known) (known, bool) {
	k = r.before(s.Init, k)
	r.visit(s.Cond, k)
	if value, sure := r.holds(s.Cond, k); sure && value {
		return r.block(s.Body.List, k)
	} else if sure && s.Else == nil {
		return k, false
	}
	when, otherwise := r.refined(s.Cond, k)
	then, endedThen := r.block(s.Body.List, when)
	other, endedOther := otherwise, false
	if s.Else != nil {
		other, endedOther = r.statement(s.Else, otherwise)
	}
	switch {
	case endedThen && endedOther:
		return k, true
	case endedThen:
		return other, false
	case endedOther:
		return then, false
	}
	return merge(other, then), false
}

func (r *reader) clauses(body *ast.BlockStmt, k known) (known, bool) {
	around := r.broken
	r.broken = nil
	var ends []known
	whole := false // some clause is taken in any case
	for _, each := range body.List {
		var list []ast.Stmt
		switch c := each.(type) {
		case *ast.CaseClause:
			for _, condition := range c.List {
				r.visit(condition, k)
			}
			list, whole = c.Body, whole || c.List == nil
		case *ast.CommClause:
			list, whole = c.Body, true
		}
		if end, ended := r.block(list, maps.Clone(k)); !ended {
			ends = append(ends, end)
		}
	}
	ends = append(ends, r.broken...)
	r.broken = around
	if !whole {
		ends = append(ends, k)
	}
	if len(ends) == 0 {
		return k, true
	}
	out := ends[len(ends)-1]
	for i := len(ends) - 2; i >= 0; i-- {
		out = merge(out, ends[i])
	}
	return out, false
}

// repeated is a loop: what one round adds to a text, any number of rounds may add.
func (r *reader) repeated(body *ast.BlockStmt, k known) known {
	broken, continued := r.broken, r.continued
	r.broken, r.continued = nil, nil
	after, ended := r.block(body.List, maps.Clone(k))
	if ended {
		after = k
	}
	for _, each := range append(r.continued, r.broken...) {
		after = merge(after, each)
	}
	r.broken, r.continued = broken, continued
	out := maps.Clone(k)
	for object, before := range k {
		if now := after[object]; now.String() != before.String() {
			out[object] = grown(before, now)
		}
	}
	return out
}

// grown is before, and what a round of a loop has put behind it, any number of times.
func grown(before, now node) node {
	joined := fork(before, now)
	all := parts(joined)
	if added, ok := lastOf(all).(choice); ok && len(added) == 2 && added[1] == lit("") {
		return join(append(all[:len(all)-1:len(all)-1], many{added[0]})...)
	}
	return joined
}

func breaks(body *ast.BlockStmt) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = found || s.Tok == token.BREAK
		}
		return true
	})
	return found
}

func merge(a, b known) known {
	out := known{}
	for object, one := range a {
		if other, ok := b[object]; ok {
			out[object] = either(one, other)
		} else {
			out[object] = one
		}
	}
	for object, other := range b {
		if _, ok := a[object]; !ok {
			out[object] = other
		}
	}
	return out
}

func isText(t types.Type) bool {
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool { return t != nil && types.Identical(t, errorType) }
