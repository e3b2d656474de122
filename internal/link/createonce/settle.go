package createonce

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// settle settles what killed runs left of this content, one after another, until one is taken over: the link of an answered create
// that can still be paid or was, or the one that a search finds of an unanswered create. Without one it returns the creates that made no link.
// An error leaves everything as it is.
func (c *Creator[M, L]) settle(ctx context.Context, a attempt[M]) (taken *Created[L], nothing []journal.Leftover, failed diag.Diagnostics) {
	leftovers := a.entry.Leftovers()
	if failed := c.refuseHidden(leftovers); failed.HasError() {
		return nil, nil, failed
	}
	for i, left := range leftovers {
		settleOne := c.readLeftover
		if left.ID == "" {
			a.evidence, a.open, a.began = left.Evidence, len(leftovers)-i, left.Began
			settleOne = c.searchLeftover
		}
		found, gone, failed := settleOne(ctx, a, left)
		if failed.HasError() {
			return nil, nil, failed
		}
		if found != nil {
			a.entry.TakeOver(left, c.ID(found.answer))
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

// searchLeftover searches for the link of a create that got no answer, for as long as its request may be under way. If several such
// creates have the same content, their links are interchangeable.
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

// CheckWhole returns an error for a create whose link a killed run may have made, in a run about a part of a configuration: another part, of
// equal content, may have that link in the state, and is not shown.
func (c *Creator[M, L]) CheckWhole(ctx context.Context, plan tftypes.Value) diag.Diagnostics {
	if !c.Journal.InPart() {
		return nil
	}
	return c.refuseHidden(c.Journal.Leftovers(ctx, c.content(plan)))
}

func (c *Creator[M, L]) refuseHidden(leftovers []journal.Leftover) diag.Diagnostics {
	var ids []string
	for _, one := range leftovers {
		if one.ID != "" { // else no state can have it
			ids = append(ids, one.ID)
		}
	}
	if len(ids) == 0 || !c.Journal.InPart() {
		return nil
	}
	return diag.Diagnostics{diag.NewErrorDiagnostic("A run was killed: apply the whole configuration first",
		fmt.Sprintf("A run that was killed created %s with exactly this content at %s: %s. With `-target` or `-exclude` the provider cannot tell whether another resource already has it in state, and two resources must not share one link. "+
			"Nothing was created.\n\nApply once without such a flag: links that are in no state are then adopted. If that is not possible, import the link that no resource has.", pluralLinks(len(ids)), c.Info.Title, strings.Join(ids, ", ")))}
}
