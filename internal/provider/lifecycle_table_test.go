package provider_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

var everyEnd = []lifecycle.State{lifecycle.Revoked, lifecycle.Expired, lifecycle.Paid}

// first: policies look at the state alone, so that one situation of a row is played under each of them.
func (g *stage) first() bool { return g.s == g.row.Situations()[0] }

// replaceWhens are the values of `replace_when` under which a situation is played; nil is the default. Where a link is not
// over, no value names its state.
func (g *stage) replaceWhens() [][]lifecycle.State {
	switch {
	case g.row.State.Over() && g.first():
		return [][]lifecycle.State{nil, {}, {lifecycle.Revoked}, {lifecycle.Expired}, {lifecycle.Paid}, everyEnd}
	case g.row.State.Over() || g.first():
		return [][]lifecycle.State{nil, everyEnd}
	}
	return [][]lifecycle.State{nil}
}

// onDestroys are the values of `on_destroy` under which a situation is played, the default first.
func (g *stage) onDestroys() []string {
	if g.first() {
		return g.v.OnDestroy
	}
	return g.v.OnDestroy[:1]
}

// eachSituation runs a test for every line of the table, with a sandbox and a provider of its own.
func eachSituation(t *testing.T, test func(*stage)) {
	t.Parallel()
	for _, v := range lifecycle.Vendors() {
		for _, row := range v.Rows {
			for _, s := range row.Situations() {
				t.Run(v.Name+"/"+s.Name(), func(t *testing.T) {
					t.Parallel()
					test(newStage(t, v, row, s))
				})
			}
		}
	}
}

// TestLifecycle holds the provider against the table: each documented status, planned, imported, destroyed and replaced,
// under each policy.
func TestLifecycle(t *testing.T) {
	eachSituation(t, func(g *stage) {
		for _, replaceWhen := range g.replaceWhens() {
			g.planned(replaceWhen)
			for _, onDestroy := range g.onDestroys() {
				p := policies{replaceWhen, onDestroy}
				if replaceWhen == nil { // it is read by plans alone
					g.destroyed(p, false)
				}
				g.destroyed(p, true)
				g.replaced(p)
			}
		}
	})
}

// TestLifecycleRefused: a vendor that refuses to end a link, with whatever status.
func TestLifecycleRefused(t *testing.T) {
	eachSituation(t, func(g *stage) {
		if g.v.Call == "" || !g.first() {
			return
		}
		for _, status := range []int{400, 404, 409, 422} {
			g.refused(status)
		}
	})
}
