package createonce

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/diff"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const (
	// clockAllowance is how far a vendor's clock may be behind ours, where no answer has told its time yet.
	clockAllowance = 2 * time.Minute
	// timestampGranularity is what a vendor's creation time may have lost in its rounding to seconds.
	timestampGranularity = time.Second
	// searchGrace bounds the search for a link that may exist once the create's own context has ended.
	searchGrace = 30 * time.Second
)

// searchDelays are the waits before further looks: a list may lag.
var searchDelays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}

// candidate is a link that could be what a create left behind.
type candidate[L any] struct {
	answer L
	value  tftypes.Value
}

// canSearch reports whether the vendor lists its links.
func (c *Creator[M, L]) canSearch() bool {
	_, ok := c.Client.(driver.Lister[L])
	return ok
}

// searchWithRetry searches at once and, while nothing shows, a little later, within the budget. conclusive is false where the
// vendor gives no evidence of when a link was created.
func (c *Creator[M, L]) searchWithRetry(ctx context.Context, a attempt[M]) (found []candidate[L], conclusive bool, err error) {
	if !c.canSearch() {
		return nil, false, nil
	}
	deadline := c.Clock.Now().Add(c.Budget)
	for try := 0; ; try++ {
		found, conclusive, err = c.search(ctx, a)
		if err == nil && len(found) > 0 || try == len(searchDelays) {
			return found, conclusive, err
		}
		wait := searchDelays[try]
		if c.Clock.Now().Add(wait).After(deadline) || c.Clock.Sleep(ctx, wait) != nil {
			return found, conclusive, err
		}
	}
}

// search lists the links that could be what the create left behind: the whole content, created since it began, in no state,
// not ended. Where there is none, it lists those that differ only where the vendor may write another form: they are doubt, named
// and never taken over.
func (c *Creator[M, L]) search(ctx context.Context, a attempt[M]) (found []candidate[L], conclusive bool, err error) {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), searchGrace)
		defer cancel()
	}
	conclusive = true
	var nearMatches []candidate[L]
	for answer, err := range c.listCandidates(ctx, a) {
		if err != nil {
			return nil, false, err
		}
		value, diags := c.Value(ctx, answer)
		similar, exact := c.compareContent(a.value, value)
		if diags.HasError() || driver.State(diff.String(diff.Attributes(value)["state"])).Ended() || !similar {
			continue
		}
		key := c.Key(value)
		since, known := c.createdSince(answer, key, a)
		if !since || c.Registry.IsManaged(key) {
			continue
		}
		if !exact {
			nearMatches = append(nearMatches, candidate[L]{answer, value})
			continue
		}
		conclusive = conclusive && known
		found = append(found, candidate[L]{answer, value})
	}
	if len(found) == 0 && len(nearMatches) > 0 {
		return nearMatches, false, nil
	}
	return found, conclusive, nil
}

// compareContent compares a plan with an answer: similar but for what the vendor may write in another form, exact without
// exception. What the answer hides proves nothing either way.
func (c *Creator[M, L]) compareContent(plan, answer tftypes.Value) (similar, exact bool) {
	_, forms := c.Diff.MergeCreated(plan, answer)
	normalizer, ok := c.Vendor.(driver.Normalizer)
	for at := range forms {
		if !ok || !normalizer.MayNormalize(at) {
			return false, false
		}
	}
	return true, len(forms) == 0
}

// listCandidates ranges over the part of the vendor's list where the new link would be.
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

// createdSince tells whether a link was created since the attempt began: by its creation time or, where there is none, by what
// existed before. known is false where neither tells.
func (c *Creator[M, L]) createdSince(answer L, key driver.Key, a attempt[M]) (since, known bool) {
	if at := c.Vendor.Created(answer); !at.IsZero() {
		return !at.Before(c.toVendorTime(a.began).Add(-timestampGranularity)), true
	}
	existed, counted := c.Registry.Preexisted(key)
	return !existed, counted
}

// toVendorTime converts a moment of our clock to the vendor's.
func (c *Creator[M, L]) toVendorTime(ours time.Time) time.Time {
	if skewer, ok := c.Client.(driver.ClockSkewer); ok {
		if ahead, known := skewer.ClockSkew(); known {
			return ours.Add(ahead)
		}
	}
	return ours.Add(-clockAllowance)
}

// snapshotExisting notes, before the first create, the links of a vendor whose answers do not tell when a link was created.
func (c *Creator[M, L]) snapshotExisting(ctx context.Context, plan tftypes.Value) {
	if !c.Info.NoCreationTime || !c.canSearch() {
		return
	}
	c.Registry.Snapshot(func(yield func(driver.Key, error) bool) {
		for answer, err := range c.listAll(ctx, c.Scope(plan)) {
			if err != nil {
				yield(driver.Key{}, err)
				return
			}
			// What cannot be mapped is no candidate later on either.
			if value, diags := c.Value(ctx, answer); !diags.HasError() && !yield(c.Key(value), nil) {
				return
			}
		}
	})
}
