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
	// clockAllowance is how far a vendor's clock may be behind the machine's, before any answer has told its time.
	clockAllowance = 2 * time.Minute
	// timestampGranularity is how much a vendor's creation time may lose by rounding to seconds.
	timestampGranularity = time.Second
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
	for try := 0; ; try++ {
		found, err = c.search(ctx, a)
		wait := searchDelays[min(try, len(searchDelays)-1)]
		if len(found.links) > 0 || try >= len(searchDelays) && !c.Clock.Now().Before(a.until) {
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
		since, dated := c.createdSince(answer, key, a)
		if !since || c.Registry.IsKnown(key) {
			continue
		}
		switch like := c.Diff.Likeness(a.value, value, c.unique()); {
		case like == diff.Different, c.Journal.IsKnown(ctx, c.Account, key.ID):
		case like == diff.Same && key.ID != "": // without one, nothing can be done with it
			found.links = append(found.links, candidate[L]{answer, value})
			found.dated = found.dated && dated
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
// of what existed before. known is false if neither tells for certain: without the vendor's time a link may be a little older than the
// attempt, and one from the future tells that the clocks disagree.
func (c *Creator[M, L]) createdSince(answer L, key driver.Key, a attempt[M]) (since, known bool) {
	if at := c.Vendor.Created(answer); !at.IsZero() {
		ahead, told := c.clockSkew()
		began := a.evidence.Since
		if a.open == 0 { // by now the vendor may have told its time
			began = c.earliest(a.began)
			told = told || !at.Before(a.began.Add(-timestampGranularity))
		} else {
			told = true
		}
		return !at.Before(began), told && !at.After(c.Clock.Now().Add(ahead+clockAllowance))
	}
	if a.open > 0 { // what existed was recorded by the run that was killed
		return !slices.Contains(a.evidence.Existing, key.ID), a.evidence.Counted
	}
	existed, known := c.Registry.Preexisted(key)
	return !existed, known
}

// earliest returns the creation time that a link has at the least if it was created since t, by the machine's clock.
func (c *Creator[M, L]) earliest(t time.Time) time.Time {
	ahead, told := c.clockSkew()
	if !told {
		ahead = -clockAllowance
	}
	return t.Add(ahead - timestampGranularity)
}

// clockSkew returns how far the vendor's clock is ahead of the machine's, at least; false before any answer has told its time.
func (c *Creator[M, L]) clockSkew() (time.Duration, bool) {
	if skewer, ok := c.Client.(driver.ClockSkewer); ok {
		return skewer.ClockSkew()
	}
	return 0, false
}

// snapshotExisting records the existing links before the first create, at a vendor whose answers have no creation time.
func (c *Creator[M, L]) snapshotExisting(ctx context.Context, plan tftypes.Value) {
	if !c.Info.NoCreationTime || !c.canSearch() {
		return
	}
	c.Registry.Snapshot(func(yield func(existing, error) bool) {
		for answer, err := range c.listAll(ctx, c.Scope(plan)) {
			if err != nil {
				yield(existing{}, err)
				return
			}
			// An answer that cannot be mapped is no candidate later on either.
			if value, diags := c.Value(ctx, answer); !diags.HasError() && !yield(existing{c.Key(value), c.class(value)}, nil) {
				return
			}
		}
	})
}
