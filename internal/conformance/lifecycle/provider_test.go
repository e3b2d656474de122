package lifecycle_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
)

var allEnded = []lifecycle.State{lifecycle.Revoked, lifecycle.Expired, lifecycle.Paid}

// isFirst: policies look at the state alone, so that one situation of a row is tried under each of them.
func (c *lifecycleCase) isFirst() bool { return c.situation == c.row.Situations()[0] }

// replaceWhens are the values of `replace_when` under which a situation is tried; nil is the default. Where a link has not
// ended, no value names its state.
func (c *lifecycleCase) replaceWhens() [][]lifecycle.State {
	switch {
	case c.row.State.IsEnded() && c.isFirst():
		return [][]lifecycle.State{nil, {}, {lifecycle.Revoked}, {lifecycle.Expired}, {lifecycle.Paid}, allEnded}
	case c.row.State.IsEnded() || c.isFirst():
		return [][]lifecycle.State{nil, allEnded}
	}
	return [][]lifecycle.State{nil}
}

// onDestroys are the values of `on_destroy` under which a situation is tried, the default first.
func (c *lifecycleCase) onDestroys() []string {
	if c.isFirst() {
		return c.v.OnDestroy
	}
	return c.v.OnDestroy[:1]
}

// forEachSituation runs a test for every situation of every row, with a sandbox and a provider of its own.
func forEachSituation(t *testing.T, test func(*lifecycleCase)) {
	t.Parallel()
	for _, d := range descriptor.All() {
		for _, row := range d.Lifecycle.Rows {
			for _, s := range row.Situations() {
				t.Run(d.Name+"/"+s.Name(), func(t *testing.T) {
					t.Parallel()
					test(newCase(t, d, row, s))
				})
			}
		}
	}
}

// TestProviderFollowsTheTable plans, imports, destroys and replaces a link in each documented status, under each policy.
func TestProviderFollowsTheTable(t *testing.T) {
	forEachSituation(t, func(c *lifecycleCase) {
		for _, replaceWhen := range c.replaceWhens() {
			c.testPlan(replaceWhen)
			for _, onDestroy := range c.onDestroys() {
				p := policies{replaceWhen: replaceWhen, onDestroy: onDestroy}
				if replaceWhen == nil { // it is read by plans alone
					c.testDestroy(p, false)
				}
				c.testDestroy(p, true)
				c.testReplacement(p)
				p.replacePaid = true
				c.testReplacement(p)
			}
		}
	})
}

// TestRenewalFollowsTheTable plans a link in each documented status shortly before its end.
func TestRenewalFollowsTheTable(t *testing.T) {
	forEachSituation(t, func(c *lifecycleCase) {
		if c.v.Expires == "" {
			return
		}
		for _, onDestroy := range c.onDestroys() {
			c.testRenewal(policies{onDestroy: onDestroy})
		}
	})
}

// TestRefusedDestroyKeepsWhatCanBePaid: a vendor refuses to end a link, with whatever status.
func TestRefusedDestroyKeepsWhatCanBePaid(t *testing.T) {
	forEachSituation(t, func(c *lifecycleCase) {
		if c.v.Call == "" || !c.isFirst() {
			return
		}
		for _, status := range []int{400, 404, 409, 422} {
			c.testRefusedDestroy(status)
		}
	})
}
