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
	// clockAllowance is how far a vendor's clock may be behind the machine's, before any answer has told its time.
	clockAllowance = 2 * time.Minute
	// timestampGranularity is how much a vendor's creation time may lose by rounding to seconds.
	timestampGranularity = time.Second
	// searchGrace bounds a search that begins after the create's own context has ended.
	searchGrace = 30 * time.Second
)

// searchDelays are the waits before the search is repeated: a list may lag.
var searchDelays = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}

// searchWithRetry searches at once and, as long as it finds nothing, again after each of searchDelays, within the budget.
// conclusive is false if nothing proves when a found link was created.
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

// search returns the links that the create may have made: open, of the same content, created since it began, and in no state. If
// there is none, it returns, as not conclusive, those that differ only where the vendor may write another form: an error names
// them, and none is adopted.
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

// compareContent compares a plan with an answer. similar allows for attributes that the vendor may write in another form, exact
// does not. Hidden attributes are left out of the comparison.
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
// of what existed before. known is false if neither tells.
func (c *Creator[M, L]) createdSince(answer L, key driver.Key, a attempt[M]) (since, known bool) {
	if at := c.Vendor.Created(answer); !at.IsZero() {
		return !at.Before(c.toVendorTime(a.began).Add(-timestampGranularity)), true
	}
	existed, known := c.Registry.Preexisted(key)
	return !existed, known
}

// toVendorTime converts a moment of the machine's clock to the vendor's, at the earliest.
func (c *Creator[M, L]) toVendorTime(t time.Time) time.Time {
	if skewer, ok := c.Client.(driver.ClockSkewer); ok {
		if ahead, known := skewer.ClockSkew(); known {
			return t.Add(ahead)
		}
	}
	return t.Add(-clockAllowance)
}

// snapshotExisting records the existing links before the first create, at a vendor whose answers have no creation time.
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
			// An answer that cannot be mapped is no candidate later on either.
			if value, diags := c.Value(ctx, answer); !diags.HasError() && !yield(c.Key(value), nil) {
				return
			}
		}
	})
}
