package messages_test

import (
	"go/types"
)

// expand asks the callers where a message depends on what the function was called with.
func (g *gatherer) expand(m message, depth int) []message {
	var open *types.Func
	for _, n := range []node{m.summary, m.detail} {
		leaves(n, func(n node) {
			if p, ok := n.(param); ok && open == nil {
				open = g.owners[p.of]
			}
		})
	}
	if open == nil {
		return []message{m}
	}
	if depth > maxDepth || len(g.calls[open]) == 0 {
		g.t.Errorf("%s: %s: the message %q depends on what %s is given, and nobody is seen to call it", m.file, m.function, m.summary, open.Name())
		return nil
	}
	var out []message
	for _, c := range g.calls[open] {
		args := c.args
		if m.given != nil { // open is a caller already: what it passes on is known now
			args = make([]node, len(m.given))
			for i, each := range m.given {
				if args[i] = each; each != nil {
					args[i] = substitute(each, func(p param) node {
						if g.owners[p.of] == open {
							return c.args[g.places[p.of]]
						}
						return p
					})
				}
			}
		}
		for _, next := range g.again(m, args) {
			next.file, next.order, next.function = c.from.file(c.from.s, c.at), c.at, c.from.name()
			out = append(out, g.expand(next, depth+1)...)
		}
	}
	return out
}

// again reads a message's function once more, with the arguments of a call: what it says may hang on them.
func (g *gatherer) again(m message, args []node) []message {
	said := g.messages
	defer func() { g.messages = said }()
	g.messages = nil
	r := &reader{gatherer: g, s: g.homes[m.in], fn: m.in, depth: 1}
	k := known{}
	for i, each := range args {
		if each != nil {
			k[m.in.Signature().Params().At(i)] = each
		}
	}
	r.start(k)
	r.block(g.decls[m.in].Body.List, k)
	var out []message
	for _, each := range g.messages {
		if each.maker == m.maker {
			each.given = args
			out = append(out, each)
		}
	}
	return out
}
