package bulkread

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// errNoID keeps a list from proving that it does not show a link.
var errNoID = errors.New("the list has an entry without a readable ID, which may be this link")

// Index tells which links the vendor's list shows. It reads the list once for all links that seem to be gone. It is safe for
// concurrent use.
type Index[L any] struct {
	lister driver.Lister[L]
	id     func(L) string
	counts func(L) bool // false for a link that may be listed although it is gone
	clock  clock.Clock

	mu    sync.Mutex
	walks map[string]*indexWalk // the latest, by scope
}

// indexWalk is one walk of a list to its end.
type indexWalk struct {
	began time.Time
	done  chan struct{} // closed when ids and err are set
	ids   paging.IDs    // that count
	err   error
}

// NewIndex returns an Index that has read nothing yet. Links for which counts is false are not shown.
func NewIndex[L any](lister driver.Lister[L], id func(L) string, counts func(L) bool, clk clock.Clock) *Index[L] {
	return &Index[L]{lister: lister, id: id, counts: counts, clock: clk, walks: map[string]*indexWalk{}}
}

// Shows reports whether the list shows a link. A walk is used for a minute. If one that began before the call shows the link, the list
// is walked again: the link may have gone since.
func (x *Index[L]) Shows(ctx context.Context, key driver.Key) (bool, error) {
	walk, mine, err := x.walk(ctx, key.Scope, nil)
	if err == nil && walk.ids.Has(key.ID) && !mine {
		walk, _, err = x.walk(ctx, key.Scope, walk)
	}
	return err == nil && walk.ids.Has(key.ID), err
}

// walk returns a finished walk other than outdated, and whether this call began it. One that fails is used by those that waited for
// it, and no longer.
func (x *Index[L]) walk(ctx context.Context, scope string, outdated *indexWalk) (walk *indexWalk, mine bool, err error) {
	x.mu.Lock()
	now := x.clock.Now()
	walk = x.walks[scope]
	if walk == nil || walk == outdated || now.Sub(walk.began) >= pageTTL {
		walk, mine = &indexWalk{began: now, done: make(chan struct{}), ids: paging.IDs{}}, true
		x.walks[scope] = walk
		go x.run(rest.WithRetryBudget(context.WithoutCancel(ctx)), scope, walk)
	}
	x.mu.Unlock()
	select {
	case <-walk.done:
		return walk, mine, walk.err
	case <-ctx.Done():
		return nil, mine, ctx.Err()
	}
}

// run walks the list, for all that wait for it: none of them ends it for the others, or spends its retry budget. Package paging bounds it.
func (x *Index[L]) run(ctx context.Context, scope string, walk *indexWalk) {
	defer close(walk.done)
	for answer, err := range x.lister.List(ctx, driver.Query{Scope: scope}) {
		id := ""
		if err == nil {
			if id = x.id(answer); id == "" {
				err = errNoID
			}
		}
		if err != nil {
			walk.err = err
			x.mu.Lock()
			if x.walks[scope] == walk {
				delete(x.walks, scope)
			}
			x.mu.Unlock()
			return
		}
		if x.counts(answer) {
			walk.ids.Add(id)
		}
	}
}
