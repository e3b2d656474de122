package link

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// RefreshMode is how a plan reads the links of a state: the provider's `refresh`.
type RefreshMode string

const (
	RefreshAuto RefreshMode = "auto" // singly at first, then pages of the list and single reads in turn
	RefreshList RefreshMode = "list" // by the list; singly what it does not show
	RefreshGet  RefreshMode = "get"  // one request per link
)

// RefreshModes are the values of `refresh`, the default first.
var RefreshModes = []RefreshMode{RefreshAuto, RefreshList, RefreshGet}

// Pager is a Client whose list a refresh can read one page at a time.
type Pager[L any] interface {
	// PageAt reads, by one request, the page at a place that the page before it named; "" is the first. Only the links of
	// the Page and its Next are used.
	PageAt(ctx context.Context, scope, at string) (Page[L, string], error)
}

// Batcher is a Client that can ask for several links by one request.
type Batcher[L any] interface {
	// Batch leaves out what the vendor does not find.
	Batch(ctx context.Context, scope string, ids []string) ([]L, error)
	// MaxBatch is how many ids one request may hold.
	MaxBatch() int
}

// NumberedPage is PageAt for a list whose pages are counted, by number or by offset.
func NumberedPage[L any](at string, first int, page func(int) (Page[L, int], error)) (Page[L, string], error) {
	number := first
	if at != "" {
		var err error
		if number, err = strconv.Atoi(at); err != nil {
			return Page[L, string]{}, err
		}
	}
	numbered, err := page(number)
	out := Page[L, string]{Links: numbered.Links, Total: numbered.Total}
	if numbered.Next != nil {
		next := strconv.Itoa(*numbered.Next)
		out.Next = &next
	}
	return out, err
}

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

// Reader reads the links of one vendor for everything of one provider configuration: all reads share one walk of the
// vendor's list, page by page. What the walk has not shown is read singly: absence from a list proves nothing.
type Reader[L any] struct {
	pager    Pager[L]
	batcher  Batcher[L] // nil where ids cannot be asked for together
	listOnly bool
	clock    clock.Clock
	vendor   string // for the log
	id       func(L) string
	// isPartial: the listed link says less than the same link read by itself.
	isPartial func(listed, got L) bool

	mu sync.Mutex
	// dirty: this process has written to them. Lists may lag, so that no page is believed about them any more.
	dirty         map[Key]bool
	window        *window[L]
	inFlight      int       // reads under way
	lastReadEnded time.Time // when the last of them ended
}

// perVendor gives what a vendor's resources and actions have in common under one configuration; the first to ask makes it.
func perVendor[T any](r *ProviderData, vendor string, build func() T) T {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.readers == nil {
		r.readers = map[string]any{}
	}
	if have, ok := r.readers[vendor].(T); ok {
		return have
	}
	made := build()
	r.readers[vendor] = made
	return made
}

// bulkReader is nil where every link is read singly.
func (a *configured[M, L, PM]) bulkReader() *Reader[L] {
	pager, ok := a.client.(Pager[L])
	if !ok || a.data == nil || a.data.RefreshMode == RefreshGet {
		return nil
	}
	return perVendor(a.data, a.info.Name, func() *Reader[L] {
		batcher, _ := a.client.(Batcher[L])
		return &Reader[L]{
			pager: pager, batcher: batcher, listOnly: a.data.RefreshMode == RefreshList, clock: a.clock, vendor: a.info.Name,
			id: a.idOf, isPartial: a.isPartial, dirty: map[Key]bool{},
		}
	})
}

func (a *configured[M, L, PM]) idOf(answer L) string {
	m := a.vendor.Model(answer)
	return PM(&m).Common().ID.ValueString()
}
