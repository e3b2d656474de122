package messages_test

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// message is one that can be given.
type message struct {
	file, function  string
	kind            kind
	summary, detail node
	order           token.Pos   // where it is said
	maker           token.Pos   // where it is made
	in              *types.Func // that makes it
	given           []node      // what in is called with, where that matters
}

// use is where a value is written: of a field, of a variable of a package, of a parameter.
type use struct {
	s     *source
	fn    *types.Func
	value ast.Expr
}

type gatherer struct {
	*program
	t        *testing.T
	fields   map[types.Object][]use
	globals  map[types.Object]use
	calls    map[*types.Func][]call
	messages []message
}

// call is one of a function of ours, with the texts that it is given.
type call struct {
	from  *reader
	at    token.Pos
	args  []node
	calls *types.Func
}

func gather(t *testing.T, p *program) []message {
	t.Helper()
	g := &gatherer{program: p, t: t, fields: map[types.Object][]use{}, globals: map[types.Object]use{}, calls: map[*types.Func][]call{}}
	for _, s := range p.sources {
		g.index(s)
		g.guard(s)
	}
	for _, s := range p.sources {
		for _, file := range s.files {
			for _, decl := range file.Decls {
				g.read(s, decl)
			}
		}
	}
	var out []message
	for _, m := range g.messages {
		out = append(out, g.expand(m, 0)...)
	}
	seen := map[string]bool{}
	out = slices.DeleteFunc(out, func(m message) bool { // an attribute's and the resource's are one text
		key := strings.Join([]string{m.file, m.function, string(m.kind), m.summary.String(), m.detail.String()}, "\n")
		again := seen[key]
		seen[key] = true
		return again
	})
	slices.SortStableFunc(out, func(a, b message) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.order, b.order))
	})
	return out
}

// read follows one declaration.
func (g *gatherer) read(s *source, decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		fn, _ := s.info.Defs[d.Name].(*types.Func)
		if d.Body == nil {
			return
		}
		r := &reader{gatherer: g, s: s, fn: fn}
		k := known{}
		r.start(k)
		r.block(d.Body.List, k)
		r.spoken(d)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok {
				r := &reader{gatherer: g, s: s}
				for _, each := range value.Values {
					r.visit(each, known{})
				}
			}
		}
	}
}

// spoken is what an error type of ours says.
func (r *reader) spoken(d *ast.FuncDecl) {
	if slices.Contains(apart, d.Name.Name) {
		for _, each := range r.returns {
			if each[0] != lit("") {
				r.emit(message{kind: isPart, summary: each[0], detail: lit(""), order: d.Pos()})
			}
		}
	}
	if d.Recv == nil || d.Name.Name != "Error" || len(d.Type.Params.List) > 0 {
		return
	}
	for _, each := range r.returns {
		if each[0] != reason {
			r.emit(message{kind: isReason, summary: each[0], detail: lit(""), order: d.Pos()})
		}
	}
}
