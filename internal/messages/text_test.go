package messages_test

import (
	"go/types"
	"slices"
	"strings"
)

// node is a text as far as the source tells it.
type node interface{ String() string }

type (
	lit    string // written in the source
	hole   string // what is put in, by its name
	choice []node // one of several; an empty text among them means that it may be missing
	seq    []node
	many   struct{ of node } // any number of times
	// param is a parameter of the function that is being read: its callers know.
	param struct {
		owner string
		name  string
		of    *types.Var
	}
	// opaque is an expression of which nothing is known: it must not come into a message.
	opaque struct{ expr, at string }
)

// The marks of the golden file. No text of ours holds them otherwise; braces may, and are escaped.
const (
	opening, separator, closing, again = "⟨", " ∣ ", "⟩", "⟩…"
)

func (l lit) String() string { return strings.ReplaceAll(string(l), "{", `\{`) }

func (h hole) String() string { return "{" + string(h) + "}" }

func (c choice) String() string {
	parts := make([]string, len(c))
	for i, each := range c {
		parts[i] = each.String()
	}
	return opening + strings.Join(parts, separator) + closing
}

func (s seq) String() string {
	var out strings.Builder
	for _, each := range s {
		out.WriteString(each.String())
	}
	return out.String()
}

func (m many) String() string   { return opening + m.of.String() + again }
func (p param) String() string  { return "{" + p.owner + "." + p.name + "?}" }
func (o opaque) String() string { return "{?" + o.expr + "?}" }

// join puts texts behind one another.
func join(nodes ...node) node {
	var out seq
	for _, each := range nodes {
		parts, ok := each.(seq)
		if !ok {
			parts = seq{each}
		}
		for _, part := range parts {
			if text, ok := part.(lit); ok {
				if text == "" {
					continue
				}
				if last, ok := lastOf(out).(lit); ok {
					out[len(out)-1] = last + text
					continue
				}
			}
			out = append(out, part)
		}
	}
	switch len(out) {
	case 0:
		return lit("")
	case 1:
		return out[0]
	}
	return out
}

func lastOf(s seq) node {
	if len(s) == 0 {
		return nil
	}
	return s[len(s)-1]
}

// either is one of the texts. What they begin with in common is said once.
func either(nodes ...node) node {
	if len(nodes) == 2 { // one that goes on where the other, itself a choice, ends
		a, b := parts(nodes[0]), parts(nodes[1])
		if len(a) > 0 && len(b) > 0 && len(a) != len(b) && a[0].String() == b[0].String() {
			return fork(nodes[0], nodes[1])
		}
	}
	var out choice
	seen := map[string]bool{}
	for _, each := range nodes {
		inner, ok := each.(choice)
		if !ok {
			inner = choice{each}
		}
		for _, one := range inner {
			if !seen[one.String()] {
				seen[one.String()] = true
				out = append(out, one)
			}
		}
	}
	switch len(out) {
	case 1:
		return out[0]
	case 2:
		return fork(out[0], out[1])
	}
	return emptyLast(out)
}

// emptyLast: a text that may be missing reads best so.
func emptyLast(c choice) choice {
	slices.SortStableFunc(c, func(a, b node) int {
		switch {
		case a == lit("") && b != lit(""):
			return 1
		case a != lit("") && b == lit(""):
			return -1
		}
		return 0
	})
	return c
}

func fork(a, b node) node {
	one, other := parts(a), parts(b)
	var common seq
	for len(one) > 0 && len(other) > 0 {
		if one[0].String() == other[0].String() {
			common, one, other = append(common, one[0]), one[1:], other[1:]
			continue
		}
		x, okX := one[0].(lit)
		y, okY := other[0].(lit)
		if !okX || !okY {
			break
		}
		switch { // the text before an addition, which has become one with it
		case strings.HasPrefix(string(x), string(y)) && len(other) == 1:
			common, one, other = append(common, y), append(seq{x[len(y):]}, one[1:]...), nil
		case strings.HasPrefix(string(y), string(x)) && len(one) == 1:
			common, one, other = append(common, x), nil, append(seq{y[len(x):]}, other[1:]...)
		}
		break
	}
	return join(append(common, emptyLast(choice{join(one...), join(other...)}))...)
}

func parts(n node) seq {
	if s, ok := n.(seq); ok {
		return s
	}
	if n == lit("") {
		return nil
	}
	return seq{n}
}

// substitute fills in parameters.
func substitute(n node, with func(param) node) node {
	switch n := n.(type) {
	case param:
		return with(n)
	case choice:
		out := make([]node, len(n))
		for i, each := range n {
			out[i] = substitute(each, with)
		}
		return either(out...)
	case seq:
		out := make([]node, len(n))
		for i, each := range n {
			out[i] = substitute(each, with)
		}
		return join(out...)
	case many:
		return many{substitute(n.of, with)}
	}
	return n
}

// leaves calls f with everything that is not made of other texts.
func leaves(n node, f func(node)) {
	switch n := n.(type) {
	case choice:
		for _, each := range n {
			leaves(each, f)
		}
	case seq:
		for _, each := range n {
			leaves(each, f)
		}
	case many:
		leaves(n.of, f)
	default:
		f(n)
	}
}

// ways are all the texts that a node can be, holes by name; what repeats is there once. It stops at a bound that no message
// needs.
func ways(n node) []string {
	switch n := n.(type) {
	case choice:
		var out []string
		for _, each := range n {
			out = append(out, ways(each)...)
		}
		return out
	case seq:
		out := []string{""}
		for _, each := range n {
			var longer []string
			for _, tail := range ways(each) {
				for _, head := range out {
					longer = append(longer, head+tail)
				}
			}
			if out = longer; len(out) > 4096 {
				out = out[:4096]
			}
		}
		return out
	case many:
		return ways(n.of)
	case lit:
		return []string{string(n)}
	}
	return []string{n.String()}
}
