package bulkread

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// scan is one pass over one list, with the reads that wait for it.
type scan[L any] struct {
	*shared[L]
	window    *window
	scope     string
	scheduler scheduler

	cursor    string              // of the next page
	visited   map[string]bool     // cursors of pages that were read
	seen      paging.Pass         // ids on any page
	onPage    int                 // links of the page under way, so far
	anyNew    bool                // the page under way has shown a link that no other has
	unclaimed map[string]func() L // links of pages that no read has asked for yet, at most maxUnclaimed
	queue     []*pendingRead[L]   // in order of arrival
	complete  bool                // the last page was read, and the list is known to lack no link
	first     FirstPage[L]
	waits     []*listWait // for the first page, or the end of the list

	pages                   paging.Ahead[entry[L], string] // that follow the first
	pagesCtx                context.Context                // of requests for pages; nil before the first, and after a cancelation
	cancelPage, cancelBatch context.CancelFunc             // nil for nothing to cancel
}

// entry is a link of a page, and what returns it.
type entry[L any] struct {
	id   string
	link func() L
}

// pendingRead is a read that waits for a page to show its link, or to be made singly.
type pendingRead[L any] struct {
	id      string
	ctx     context.Context // of the read; the request for a page takes its values
	inBatch bool            // in the batch in flight
	reply   chan func() L   // ends the wait: with what returns the link, or with nil, the order to read singly
}

// listWait waits for the first page of the list, or for its end.
type listWait struct {
	ctx       context.Context // the request for a page takes its values
	firstPage bool
	ended     chan struct{} // closed when that has come, or the list has ended, however that came
}

// awaitPages has the list read to its first page, or to its end, and returns when that was done or ctx has ended. The caller holds the
// lock, which is released meanwhile.
func (s *scan[L]) awaitPages(ctx context.Context, firstPage bool) {
	wait := &listWait{ctx, firstPage, make(chan struct{})}
	s.waits = append(s.waits, wait)
	s.schedule()
	s.mu.Unlock()
	select {
	case <-wait.ended:
	case <-ctx.Done():
	}
	s.mu.Lock()
	s.waits = slices.DeleteFunc(s.waits, func(other *listWait) bool { return other == wait })
	s.cancelUnawaited()
}

// endWaits ends the waits for the first page, or all. The caller holds the lock.
func (s *scan[L]) endWaits(all bool) {
	s.waits = slices.DeleteFunc(s.waits, func(wait *listWait) bool {
		ends := all || wait.firstPage
		if ends {
			close(wait.ended)
		}
		return ends
	})
}

// cancelUnawaited cancels the requests in flight when nothing waits for them any more.
func (s *scan[L]) cancelUnawaited() {
	if len(s.queue)+len(s.waits) > 0 {
		return
	}
	if s.scheduler.pageInFlight {
		s.cancelPage()
	}
	if s.cancelBatch != nil {
		s.cancelBatch()
	}
}

// schedule takes steps until a request in flight has to come back first.
func (s *scan[L]) schedule() {
	if s.scheduler.listDone {
		s.endWaits(true)
	} else if len(s.waits) > 0 && !s.scheduler.pageInFlight {
		s.scheduler.pageInFlight = true
		s.fetchPage(s.waits[0].ctx, paging.MaxAhead)
	}
	for {
		var idle []*pendingRead[L]
		for _, read := range s.queue {
			if !read.inBatch {
				idle = append(idle, read)
			}
		}
		switch s.scheduler.next(len(idle), &s.window.getsLeft) {
		case stepGet:
			s.deliver(idle[0], nil)
		case stepBatch:
			s.fetchBatch(idle[:min(len(idle), s.Batcher.MaxBatch())])
		case stepPage:
			s.fetchPage(idle[0].ctx, s.scheduler.ahead(len(s.pages.Following)))
		case stepNone:
			return
		}
	}
}

func (s *scan[L]) deliver(read *pendingRead[L], listed func() L) {
	s.queue = slices.DeleteFunc(s.queue, func(other *pendingRead[L]) bool { return other == read })
	read.reply <- listed
}

// fetchPage requests the next page for all waiting reads, and so many of those that follow it. They are cancelled when no read waits any
// more.
func (s *scan[L]) fetchPage(ctx context.Context, ahead int) {
	if s.pagesCtx == nil {
		s.pagesCtx, s.cancelPage = context.WithCancel(context.WithoutCancel(ctx))
	}
	ctx, cursor, first := s.pagesCtx, s.cursor, len(s.visited) == 0
	s.onPage, s.anyNew = 0, false
	if !first {
		s.scheduler.pagesAhead = s.pages.Start(ctx, cursor, ahead)
	}
	go func() {
		var page paging.Page[entry[L], string]
		var err error
		if first { // which may be the whole list, and huge: its links are used as they come
			page, err = s.readPageTo(ctx, cursor, func(id string, link func() L) {
				s.mu.Lock()
				defer s.mu.Unlock()
				s.takeLink(id, link)
			})
			s.pages.Following = page.Following
		} else {
			page, err = s.pages.Wait(cursor)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		canceled := ctx.Err() != nil // no read waited; the page can be requested again
		s.scheduler.pageInFlight, s.scheduler.longPage = false, false
		s.scheduler.pages++
		switch {
		case err == nil:
			for _, one := range page.Links {
				s.takeLink(one.id, one.link)
			}
			s.endPage(page)
		case canceled && first:
			s.seen, s.first = paging.Pass{}, FirstPage[L]{}
		case !canceled:
			s.scheduler.listDone = true
			tflog.Debug(ctx, "A page of the list could not be read: the other links are read singly", map[string]any{"vendor": s.Vendor, "error": err.Error()})
		}
		if canceled || s.scheduler.listDone {
			s.cancelPage()
			s.pagesCtx, s.scheduler.pagesAhead = nil, 0
			s.pages.Forget()
		}
		s.schedule()
	}()
}

// readPageTo reads a page with a retry budget of its own.
func (s *scan[L]) readPageTo(ctx context.Context, cursor string, each func(string, func() L)) (out paging.Page[entry[L], string], err error) {
	page, err := s.Pager.PageAt(rest.WithRetryBudget(ctx), s.scope, cursor, each)
	return paging.Page[entry[L], string]{Next: page.Next, Total: page.Total, Following: page.Following}, err
}

func (s *scan[L]) readPage(ctx context.Context, cursor string) (paging.Page[entry[L], string], error) {
	var links []entry[L]
	page, err := s.readPageTo(ctx, cursor, func(id string, link func() L) { links = append(links, entry[L]{id, link}) })
	page.Links = links
	return page, err
}

// takeLink delivers a page's link to the read that waits for it, or keeps it. Of an answer that goes on and on, so many links count as a
// page.
func (s *scan[L]) takeLink(id string, link func() L) {
	if len(s.visited) == 0 {
		s.first.Add(id, link)
	}
	if s.seen.Add(id) {
		s.anyNew = true
		s.handleItem(id, link)
	}
	if s.onPage++; s.onPage%linksPerPage == 0 {
		s.scheduler.pages++
		s.scheduler.longPage = true
		s.schedule()
	}
}

// endPage goes on to the next page. One that leads back, or shows nothing new, ends the scan, which needs no complete list.
func (s *scan[L]) endPage(page paging.Page[entry[L], string]) {
	s.visited[s.cursor] = true
	s.endWaits(false)
	repeated := s.seen.EndPage(page.Total)
	if page.Next == nil || !s.anyNew || s.visited[*page.Next] || len(s.visited) >= paging.MaxPages {
		s.scheduler.listDone, s.complete = true, page.Next == nil && !repeated && s.seen.Incomplete() == nil
		return
	}
	s.cursor = *page.Next
}

func (s *scan[L]) handleItem(id string, link func() L) {
	key := driver.Key{Scope: s.scope, ID: id}
	if s.dirty[key] {
		return
	}
	for _, read := range s.queue {
		if read.id == id {
			s.scheduler.served++
			s.deliver(read, link)
			return
		}
	}
	if s.window.reads[key] == 0 && len(s.unclaimed) < maxUnclaimed {
		s.unclaimed[id] = link
	}
}

// fetchBatch requests several links at once. What the vendor does not find is read singly.
func (s *scan[L]) fetchBatch(reads []*pendingRead[L]) {
	ctx, cancel := context.WithCancel(rest.WithRetryBudget(context.WithoutCancel(reads[0].ctx)))
	s.cancelBatch = cancel
	ids := make([]string, 0, len(reads))
	for _, read := range reads {
		read.inBatch = true
		ids = append(ids, read.id)
	}
	go func() {
		answers, err := s.Batcher.Batch(ctx, s.scope, ids)
		s.mu.Lock()
		defer s.mu.Unlock()
		canceled := ctx.Err() != nil
		cancel()
		s.cancelBatch = nil
		s.scheduler.batchInFlight = false
		if err != nil && !canceled {
			s.scheduler.batches = false
			tflog.Debug(ctx, "Links could not be asked for together: they are read singly", map[string]any{"vendor": s.Vendor, "error": err.Error()})
		}
		found := map[string]L{}
		for _, answer := range answers {
			found[s.ID(answer)] = answer
		}
		for _, read := range reads {
			read.inBatch = false
			answer, ok := found[read.id]
			switch {
			case err != nil || !slices.Contains(s.queue, read):
			case ok && !s.dirty[driver.Key{Scope: s.scope, ID: read.id}]:
				s.deliver(read, func() L { return answer })
			default:
				s.scheduler.getsInFlight++
				s.deliver(read, nil)
			}
		}
		s.schedule()
	}()
}
