package bulkread

import (
	"context"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

const (
	// initialGets are made singly before the first page: about as many as Terraform asks for at a time. So a small state costs
	// no page of an account that may be large.
	initialGets = 10
	// pageTTL is how long a page is believed. While reads are under way that time stands still: where requests are
	// limited a plan of thousands of links takes minutes, and the link that is read last by itself is not newer than the one
	// that was read first. A read after a pause belongs to something else, such as a long apply, and people pay meanwhile.
	pageTTL = time.Minute
	// newWindowAfter is how many links may be read a second time before that is taken for another refresh.
	newWindowAfter = initialGets
	// maxSamples is how many single reads are kept to be compared with what pages say of the same links.
	maxSamples = 2 * initialGets
)

// Config is what a Reader reads with.
type Config[L any] struct {
	Pager   driver.Pager[L]
	Batcher driver.Batcher[L] // nil where ids cannot be asked for together
	// ListOnly reads by the list alone, and one by one only what it does not show.
	ListOnly bool
	Clock    clock.Clock
	Vendor   string // for the log
	ID       func(L) string
	// IsPartial reports whether the listed link says less than the same link read by itself.
	IsPartial func(listed, got L) bool
}

// Reader reads the links of one vendor for everything of one provider configuration: all reads share one walk of the
// vendor's list, page by page. What the walk has not shown is read by itself: absence from a list proves nothing.
// It is safe for concurrent use. A nil Reader has no pages, and Invalidate does nothing.
type Reader[L any] struct {
	Config[L]

	mu sync.Mutex
	// dirty holds the links that this process has written to. Lists may lag, so that no page is believed about them any more.
	dirty         map[driver.Key]bool
	window        *window[L]
	inFlight      int // reads under way
	lastReadEnded time.Time
}

// New returns a Reader that has read nothing yet.
func New[L any](config Config[L]) *Reader[L] {
	return &Reader[L]{Config: config, dirty: map[driver.Key]bool{}}
}

// Read returns one link: what a page says of it, where accept takes that, else what get returns. It waits for pages for at
// most patience. fromPage tells which it is.
func (r *Reader[L]) Read(ctx context.Context, key driver.Key, patience time.Duration, get func(context.Context) (L, error), accept func(listed L) bool) (answer L, fromPage bool, err error) {
	queueCtx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r.beginRead()
	defer r.endRead()
	found := r.lookUp(ctx, queueCtx, key)
	if found.found && accept(found.answer) {
		return found.answer, true, nil
	}
	answer, err = get(ctx)
	found.report(ctx, answer, err)
	return answer, false, err
}
