package link

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// Refresh is how a plan reads the links of a state: the provider's `refresh`.
type Refresh string

const (
	RefreshAuto Refresh = "auto" // singly at first, then pages of the list and single reads in turn
	RefreshList Refresh = "list" // by the list; singly what it does not show
	RefreshGet  Refresh = "get"  // one request per link
)

// Refreshes are the values of `refresh`, the default first.
var Refreshes = []Refresh{RefreshAuto, RefreshList, RefreshGet}

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
	// freeReads are made singly before the first page: about as many as Terraform asks for at a time. So a small state costs
	// no page of an account that may be large.
	freeReads = 10
	// believable is how long a page is believed. While reads are under way that time stands still: where requests are
	// limited a plan of thousands of links takes minutes, and the link that is read last by itself is not newer than the one
	// that was read first. A read after a pause belongs to something else, such as a long apply, and people pay meanwhile.
	believable = time.Minute
	// maxRepeats is how many links may be read a second time before that is taken for another refresh.
	maxRepeats = freeReads
	// maxSamples is how many single reads are kept to be compared with what pages say of the same links.
	maxSamples = 2 * freeReads
)

// refresher reads the links of one vendor for everything of one provider configuration: all reads share one walk of the
// vendor's list, page by page. What the walk has not shown is read singly: absence from a list proves nothing.
type refresher[L any] struct {
	pager    Pager[L]
	batcher  Batcher[L] // nil where ids cannot be asked for together
	listOnly bool
	clock    clock.Clock
	vendor   string // for the log
	id       func(L) string
	// thinner: the listed link says less than the same link read by itself.
	thinner func(listed, got L) bool

	mu sync.Mutex
	// written: this process has written to them. Lists may lag, so that no page is believed about them any more.
	written map[Key]bool
	round   *round[L]
	present int       // reads under way
	left    time.Time // when the last of them ended
}

// share gives what a vendor's resources and actions have in common under one configuration; the first to ask makes it.
func share[T any](r *Runtime, vendor string, build func() T) T {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shared == nil {
		r.shared = map[string]any{}
	}
	if have, ok := r.shared[vendor].(T); ok {
		return have
	}
	made := build()
	r.shared[vendor] = made
	return made
}

// refresher is nil where every link is read singly.
func (a *access[M, L, PM]) refresher() *refresher[L] {
	pager, ok := a.client.(Pager[L])
	if !ok || a.runtime == nil || a.runtime.Refresh == RefreshGet {
		return nil
	}
	return share(a.runtime, a.about.Name, func() *refresher[L] {
		batcher, _ := a.client.(Batcher[L])
		return &refresher[L]{
			pager: pager, batcher: batcher, listOnly: a.runtime.Refresh == RefreshList, clock: a.clock, vendor: a.about.Name,
			id: a.idOf, thinner: a.thinner, written: map[Key]bool{},
		}
	})
}

func (a *access[M, L, PM]) idOf(answer L) string {
	m := a.vendor.Model(answer)
	return PM(&m).base().ID.ValueString()
}
