package createonce

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// settle settles what killed runs left of this content, one after another, until one is taken over: the link of an answered create
// that can still be paid or was, or the one that a search finds of an unanswered create. Without one it returns what came to nothing.
// An error leaves everything as it is.
func (c *Creator[M, L]) settle(ctx context.Context, a attempt[M]) (taken *Created[L], nothing []journal.Leftover, failed diag.Diagnostics) {
	leftovers := a.turn.Leftovers()
	for i, left := range leftovers {
		settleOne := c.readLeftover
		if left.ID == "" {
			a.evidence, a.open = left.Evidence, len(leftovers)-i
			settleOne = c.searchLeftover
		}
		found, gone, failed := settleOne(ctx, a, left)
		if failed.HasError() {
			return nil, nil, failed
		}
		if found != nil {
			a.turn.TakeOver(left, c.ID(found.answer))
			return &Created[L]{Answer: found.answer, Began: left.Began, Warnings: c.leftoverWarning(*found, left)}, nil, nil
		}
		if gone {
			nothing = append(nothing, left)
		}
	}
	return nil, nothing, nil
}

// readLeftover reads the link of an answered create. gone is false for one that other credentials may still find.
func (c *Creator[M, L]) readLeftover(ctx context.Context, a attempt[M], left journal.Leftover) (found *candidate[L], gone bool, failed diag.Diagnostics) {
	key := driver.Key{Scope: c.Scope(a.value), ID: left.ID}
	if c.Registry.IsKnown(key) {
		return nil, true, nil
	}
	answer, err := c.Find(ctx, key, left.Began)
	switch {
	case err != nil:
		return nil, false, c.leftoverError(left, c.Explain(err), nil)
	case answer == nil:
		return nil, false, nil
	}
	value, diags := c.Value(ctx, *answer)
	if diags.HasError() {
		return nil, false, diags
	}
	state := driver.State(diff.String(diff.Attributes(value)["state"]))
	if state == driver.Revoked || state == driver.Expired {
		return nil, true, nil
	}
	c.Registry.MarkKnown(key)
	return &candidate[L]{*answer, value}, false, nil
}

// searchLeftover searches for the link of a create that got no answer, for as long as its request may be under way. Of several such
// creates of one content, any link is whose you like.
func (c *Creator[M, L]) searchLeftover(ctx context.Context, a attempt[M], left journal.Leftover) (_ *candidate[L], gone bool, failed diag.Diagnostics) {
	if !c.canSearch() {
		return nil, false, c.leftoverError(left, c.Info.Title+" has no call that lists links, so the provider could not search for it.", nil)
	}
	a.until = left.Began.Add(c.InFlight)
	if latest := c.Clock.Now().Add(c.InFlight); a.until.After(latest) {
		a.until = latest // the clock was set back
	}
	found, err := c.searchWithRetry(ctx, a)
	links := found.links
	switch {
	case err != nil:
		return nil, false, c.leftoverError(left, "The search for it failed: "+c.Explain(err), nil)
	case len(links) > 0 && len(links) <= a.open && found.dated:
		c.Registry.MarkKnown(c.Key(links[0].value))
		return &links[0], false, nil
	case len(links)+len(found.near) > 0:
		return nil, false, c.leftoverError(left, "", append(links, found.near...))
	case c.Clock.Now().Before(a.until):
		return nil, false, c.leftoverError(left, "Its request may still be under way: apply again when "+c.InFlight.String()+" have passed.", nil)
	}
	return nil, true, nil
}
