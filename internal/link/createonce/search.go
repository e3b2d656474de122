package createonce

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const (
	// clockAllowance is how far a vendor's clock may be off the machine's, before any answer has told its time.
	clockAllowance = 2 * time.Minute
	// clocksApart is how far the clocks of one vendor may be apart: the one of its answers, and the one of its links.
	clocksApart = time.Second
	// maxClockLooks is how often a link is looked at again for the vendor's time alone. Each takes a second at most.
	maxClockLooks = 5
	// searchGrace bounds a search that begins after the create's own context has ended.
	searchGrace = 30 * time.Second
)

// searchDelays are the waits before the search is repeated: a list may lag.
var searchDelays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}

// finding is what a search found of a create.
type finding[L any] struct {
	links []candidate[L] // open, of the same content, created since the create began, and not known
	// near are further links that only the spelling of their texts tells apart, or something that one of both leaves out. An error
	// names them if there are no others; none is adopted.
	near []candidate[L]
	// dated tells that all links were certainly created since.
	dated bool
	// again is when the vendor's time, told by another look, settles whether the one link was created since; zero if it cannot.
	again time.Time
}

// searchWithRetry searches at once and, as long as it finds no link of the same content, again after each of searchDelays, within the
// budget.
func (c *Creator[M, L]) searchWithRetry(ctx context.Context, a attempt[M]) (found finding[L], err error) {
	if !c.canSearch() {
		return found, nil
	}
	deadline := c.Clock.Now().Add(c.Budget)
	if end := a.until.Add(searchDelays[len(searchDelays)-1]); end.After(deadline) {
		deadline = end
	}
	for try, clockLooks := 0, 0; ; try++ {
		found, err = c.search(ctx, a)
		wait := searchDelays[min(try, len(searchDelays)-1)]
		if again := found.again; len(found.links) == 1 && !again.IsZero() && clockLooks < maxClockLooks {
			wait = again.Sub(c.Clock.Now())
			clockLooks++
		} else if len(found.links) > 0 || try >= len(searchDelays) && !c.Clock.Now().Before(a.until) {
			return found, err
		}
		if c.Clock.Now().Add(wait).After(deadline) || c.Clock.Sleep(ctx, wait) != nil {
			return found, err
		}
	}
}

// search looks once through the links that the create may have made.
func (c *Creator[M, L]) search(ctx context.Context, a attempt[M]) (finding[L], error) {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), searchGrace)
		defer cancel()
	}
	found := finding[L]{dated: true}
	for answer, err := range c.listCandidates(ctx, a) {
		if err != nil {
			return finding[L]{}, err
		}
		value, diags := c.Value(ctx, answer)
		if diags.HasError() || driver.State(diff.String(diff.Attributes(value)["state"])).Ended() {
			continue
		}
		key := c.Key(value)
		since, dated, again := c.createdSince(answer, key, a)
		if !since || c.Registry.IsKnown(key) {
			continue
		}
		switch like := c.Diff.Likeness(a.value, value, c.unique()); {
		case like == diff.Different, c.Journal.IsKnown(ctx, c.Account, key.ID):
		case like == diff.Same && key.ID != "": // without one, nothing can be done with it
			found.links = append(found.links, candidate[L]{answer, value})
			found.dated, found.again = found.dated && dated, again
		case like == diff.Same, like == diff.Similar:
			found.near = append(found.near, candidate[L]{answer, value})
		}
	}
	return found, nil
}

// listCandidates ranges over the part of the vendor's list in which the new link would be.
func (c *Creator[M, L]) listCandidates(ctx context.Context, a attempt[M]) iter.Seq2[L, error] {
	if lister, ok := c.Client.(driver.CandidateLister[M, L]); ok {
		return lister.ListCandidates(ctx, a.plan)
	}
	return c.listAll(ctx, c.Scope(a.value))
}

func (c *Creator[M, L]) listAll(ctx context.Context, scope string) iter.Seq2[L, error] {
	if lister, ok := c.Client.(driver.Lister[L]); ok {
		return lister.List(ctx, driver.Query{Scope: scope})
	}
	return func(func(L, error) bool) {}
}

// createdSince reports whether a link was created since the attempt began: by its creation time or, without one, by the snapshot
// of what existed before. known is false if neither tells for certain: both clocks are known only so far, and a link from the future
// tells that they disagree. again is then when another look settles it, if one can.
func (c *Creator[M, L]) createdSince(answer L, key driver.Key, a attempt[M]) (since, known bool, again time.Time) {
	at := c.Vendor.Created(answer)
	switch {
	case at.IsZero() && a.open > 0: // what existed was recorded by the run that was killed
		return !slices.Contains(a.evidence.Existing, key.ID), a.evidence.Counted, again
	case at.IsZero():
		return !a.existing.keys[key], a.existing.counted, again
	}
	least, most, told := c.clockSkew()
	latest, end := c.Clock.Now().Add(most+clockAllowance), at.Add(granularity(at)) // it was created before end
	if told {
		latest = c.Clock.Now().Add(most + clocksApart)
	}
	switch {
	case a.open > 0: // by now the clocks may be others
		return a.evidence.Since.Before(end), (a.evidence.Counted || !a.began.After(end)) && !at.After(latest), again
	case !a.began.Add(least).Before(end):
		return false, true, again
	case told && !at.After(latest) && a.began.Add(most).After(end):
		// A Date of the right moment in a second tells on which side of its end the attempt began.
		now := c.Clock.Now()
		again = now.Add(time.Second - now.Sub(a.began.Add(-time.Duration(end.Nanosecond())))%time.Second)
	}
	return true, !a.began.Add(most).After(end) && !at.After(latest), again
}

// granularity is what a vendor's creation time may lose by rounding.
func granularity(at time.Time) time.Duration {
	if at.Nanosecond() == 0 {
		return time.Second
	}
	return time.Millisecond
}

// clockSkew returns by how much the vendor's clock is ahead of the machine's, at least and at most. Before any answer has told its time
// it counts as behind, by the allowance at most.
func (c *Creator[M, L]) clockSkew() (least, most time.Duration, told bool) {
	if skewer, ok := c.Client.(driver.ClockSkewer); ok {
		least, most, told = skewer.ClockSkew()
	}
	if !told {
		least, most = -clockAllowance, 0
	}
	return least, most, told
}

// existingBefore returns the links that exist before a create, at a vendor whose answers have no creation time.
func (c *Creator[M, L]) existingBefore(ctx context.Context, plan tftypes.Value) snapshot {
	if !c.Info.NoCreationTime || !c.canSearch() {
		return snapshot{}
	}
	return c.Registry.Snapshot(c.class(plan), c.Clock.Now(), func() snapshot {
		out := snapshot{keys: map[driver.Key]bool{}, twins: map[string][]driver.Key{}, counted: true, at: c.Clock.Now()}
		for answer, err := range c.listAll(ctx, c.Scope(plan)) {
			if err != nil {
				return snapshot{}
			}
			// An answer that cannot be mapped is no candidate later on either.
			if value, diags := c.Value(ctx, answer); !diags.HasError() {
				out.keys[c.Key(value)] = true
				if !driver.State(diff.String(diff.Attributes(value)["state"])).Ended() {
					out.twins[c.class(value)] = append(out.twins[c.class(value)], c.Key(value))
				}
			}
		}
		return out
	})
}
