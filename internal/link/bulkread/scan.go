package bulkread

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// scan is one walk of one list, and the reads that wait for it. The refresher's lock guards it.
type scan[L any] struct {
	*Reader[L]
	window    *window[L]
	scope     string
	scheduler scheduler

	cursor    string            // where the next page begins
	visited   map[string]bool   // where pages began
	listed    map[string]bool   // ids on any page
	unclaimed map[string]L      // what pages said and no read has asked for yet
	samples   map[string]L      // links read singly, to be compared with what pages say of them
	queue     []*pendingRead[L] // in the order in which they came

	cancelPage, cancelBatch context.CancelFunc // of what is under way; nil while nothing is
}

// pendingRead is one read that waits for a page to show its link, or for its turn to be made singly.
type pendingRead[L any] struct {
	id      string
	ctx     context.Context // of the read: a page's request takes its values
	inBatch bool            // in the batch that is under way
	reply   chan delivery[L]
}

// delivery ends a wait: here is the answer, or it is this read's turn.
type delivery[L any] struct {
	answer L
	found  bool
}

// schedule takes steps until something has to come back first.
func (s *scan[L]) schedule() {
	for {
		var idle []*pendingRead[L]
		for _, w := range s.queue {
			if !w.inBatch {
				idle = append(idle, w)
			}
		}
		switch s.scheduler.next(len(idle), &s.window.getsLeft) {
		case stepGet:
			s.deliver(idle[0], delivery[L]{})
		case stepBatch:
			s.fetchBatch(idle[:min(len(idle), s.Batcher.MaxBatch())])
		case stepPage:
			s.fetchPage(idle[0].ctx)
		case stepNone:
			return
		}
	}
}

func (s *scan[L]) deliver(w *pendingRead[L], v delivery[L]) {
	s.queue = slices.DeleteFunc(s.queue, func(other *pendingRead[L]) bool { return other == w })
	w.reply <- v
}

// fetchPage reads the next page on behalf of all: within a retry budget of its own, and until nobody waits any more.
func (s *scan[L]) fetchPage(ctx context.Context) {
	ctx, s.cancelPage = context.WithCancel(rest.WithRetryBudget(context.WithoutCancel(ctx)))
	at := s.cursor
	go func() {
		page, err := s.Pager.PageAt(ctx, s.scope, at)
		s.mu.Lock()
		defer s.mu.Unlock()
		canceled := ctx.Err() != nil // up: nobody waited for it; it can be asked for again
		s.cancelPage()
		s.cancelPage = nil
		s.scheduler.pageInFlight = false
		s.scheduler.pages++
		switch {
		case err == nil:
			s.handlePage(ctx, page)
		case !canceled:
			s.scheduler.listDone = true
			tflog.Debug(ctx, "A page of the list could not be read: the other links are read singly", map[string]any{"vendor": s.Vendor, "error": err.Error()})
		}
		s.schedule()
	}()
}

// handlePage hands a page's links to the reads that wait for them and keeps the others. A page that leads back, or shows nothing
// new, ends the walk: it is only a help, and needs no whole list.
func (s *scan[L]) handlePage(ctx context.Context, page paging.Page[L, string]) {
	s.visited[s.cursor] = true
	anyNew := false
	for _, answer := range page.Links {
		id := s.ID(answer)
		if s.listed[id] {
			continue
		}
		s.listed[id], anyNew = true, true
		s.handleItem(ctx, id, answer)
	}
	if page.Next == nil || !anyNew || s.visited[*page.Next] {
		s.scheduler.listDone = true
		return
	}
	s.cursor = *page.Next
}

func (s *scan[L]) handleItem(ctx context.Context, id string, answer L) {
	key := driver.Key{Scope: s.scope, ID: id}
	if s.dirty[key] || s.scheduler.pagesDisabled {
		return
	}
	for _, w := range s.queue {
		if w.id == id {
			s.deliver(w, delivery[L]{answer, true})
			return
		}
	}
	if got, ok := s.samples[id]; ok && s.IsPartial(answer, got) {
		s.disablePages(ctx)
		return
	}
	if s.window.reads[key] == 0 {
		s.unclaimed[id] = answer
	}
}

// disablePages gives the walk up: the vendor's list says less of a link than the link itself does.
func (s *scan[L]) disablePages(ctx context.Context) {
	s.scheduler.disablePages()
	clear(s.unclaimed)
	tflog.Debug(ctx, "The list says less of links than they do themselves: they are read singly", map[string]any{"vendor": s.Vendor})
}

// fetchBatch asks for several links at once. What the vendor does not find is read singly.
func (s *scan[L]) fetchBatch(asked []*pendingRead[L]) {
	ctx, end := context.WithCancel(rest.WithRetryBudget(context.WithoutCancel(asked[0].ctx)))
	s.cancelBatch = end
	asked = slices.Clone(asked)
	ids := make([]string, 0, len(asked))
	for _, w := range asked {
		w.inBatch = true
		ids = append(ids, w.id)
	}
	go func() {
		answers, err := s.Batcher.Batch(ctx, s.scope, ids)
		s.mu.Lock()
		defer s.mu.Unlock()
		canceled := ctx.Err() != nil
		end()
		s.cancelBatch = nil
		s.scheduler.batchInFlight = false
		if err != nil {
			answers = nil
		}
		if err != nil && !canceled {
			s.scheduler.batches = false
			tflog.Debug(ctx, "Links could not be asked for together: they are read singly", map[string]any{"vendor": s.Vendor, "error": err.Error()})
		}
		s.handleBatch(asked, answers, err)
		s.schedule()
	}()
}

func (s *scan[L]) handleBatch(asked []*pendingRead[L], answers []L, err error) {
	found := map[string]L{}
	for _, answer := range answers {
		found[s.ID(answer)] = answer
	}
	for _, w := range asked {
		w.inBatch = false
		if !slices.Contains(s.queue, w) {
			continue
		}
		answer, ok := found[w.id]
		switch {
		case ok && !s.dirty[driver.Key{Scope: s.scope, ID: w.id}] && !s.scheduler.pagesDisabled:
			s.deliver(w, delivery[L]{answer, true})
		case err == nil:
			s.scheduler.getsInFlight++
			s.deliver(w, delivery[L]{})
		}
	}
}
