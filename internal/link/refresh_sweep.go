package link

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// sweep is one walk of one list, and the reads that wait for it. The refresher's lock guards it.
type sweep[L any] struct {
	*refresher[L]
	round *round[L]
	scope string
	turns turns

	at      string          // where the next page begins
	been    map[string]bool // where pages began
	listed  map[string]bool // ids on any page
	met     map[string]L    // what pages said and no read has asked for yet
	samples map[string]L    // links read singly, to be compared with what pages say of them
	waiting []*waiter[L]    // in the order in which they came

	endPage, endBatch context.CancelFunc // of what is under way; nil while nothing is
}

// waiter is one read that waits for a page to show its link, or for its turn to be made singly.
type waiter[L any] struct {
	id    string
	ctx   context.Context // of the read: a page's request takes its values
	asked bool            // in the batch that is under way
	reply chan reply[L]
}

// reply ends a wait: here is the answer, or it is this read's turn.
type reply[L any] struct {
	answer L
	met    bool
}

// proceed takes steps until something has to come back first.
func (s *sweep[L]) proceed() {
	for {
		var idle []*waiter[L]
		for _, w := range s.waiting {
			if !w.asked {
				idle = append(idle, w)
			}
		}
		switch s.turns.next(len(idle), &s.round.free) {
		case readSingly:
			s.tell(idle[0], reply[L]{})
		case readBatch:
			s.beginBatch(idle[:min(len(idle), s.batcher.MaxBatch())])
		case readPage:
			s.beginPage(idle[0].ctx)
		case stand:
			return
		}
	}
}

func (s *sweep[L]) tell(w *waiter[L], v reply[L]) {
	s.waiting = slices.DeleteFunc(s.waiting, func(other *waiter[L]) bool { return other == w })
	w.reply <- v
}

// beginPage reads the next page on behalf of all: within a retry budget of its own, and until nobody waits any more.
func (s *sweep[L]) beginPage(ctx context.Context) {
	ctx, s.endPage = context.WithCancel(rest.WithRetryBudget(context.WithoutCancel(ctx)))
	at := s.at
	go func() {
		page, err := s.pager.PageAt(ctx, s.scope, at)
		s.mu.Lock()
		defer s.mu.Unlock()
		given := ctx.Err() != nil // up: nobody waited for it; it can be asked for again
		s.endPage()
		s.endPage = nil
		s.turns.paging = false
		s.turns.pages++
		switch {
		case err == nil:
			s.take(ctx, page)
		case !given:
			s.turns.over = true
			tflog.Debug(ctx, "A page of the list could not be read: the other links are read singly", map[string]any{"vendor": s.vendor, "error": err.Error()})
		}
		s.proceed()
	}()
}

// take hands a page's links to the reads that wait for them and keeps the others. A page that leads back, or shows nothing
// new, ends the walk: it is only a help, and needs no whole list.
func (s *sweep[L]) take(ctx context.Context, page Page[L, string]) {
	s.been[s.at] = true
	news := false
	for _, answer := range page.Links {
		id := s.id(answer)
		if s.listed[id] {
			continue
		}
		s.listed[id], news = true, true
		s.offer(ctx, id, answer)
	}
	if page.Next == nil || !news || s.been[*page.Next] {
		s.turns.over = true
		return
	}
	s.at = *page.Next
}

func (s *sweep[L]) offer(ctx context.Context, id string, answer L) {
	key := Key{Scope: s.scope, ID: id}
	if s.written[key] || s.turns.distrusted {
		return
	}
	for _, w := range s.waiting {
		if w.id == id {
			s.tell(w, reply[L]{answer, true})
			return
		}
	}
	if got, ok := s.samples[id]; ok && s.thinner(answer, got) {
		s.distrust(ctx)
		return
	}
	if s.round.asked[key] == 0 {
		s.met[id] = answer
	}
}

// distrust gives the walk up: the vendor's list says less of a link than the link itself does.
func (s *sweep[L]) distrust(ctx context.Context) {
	s.turns.distrust()
	clear(s.met)
	tflog.Debug(ctx, "The list says less of links than they do themselves: they are read singly", map[string]any{"vendor": s.vendor})
}

// beginBatch asks for several links at once. What the vendor does not find is read singly.
func (s *sweep[L]) beginBatch(asked []*waiter[L]) {
	ctx, end := context.WithCancel(rest.WithRetryBudget(context.WithoutCancel(asked[0].ctx)))
	s.endBatch = end
	asked = slices.Clone(asked)
	ids := make([]string, 0, len(asked))
	for _, w := range asked {
		w.asked = true
		ids = append(ids, w.id)
	}
	go func() {
		answers, err := s.batcher.Batch(ctx, s.scope, ids)
		s.mu.Lock()
		defer s.mu.Unlock()
		given := ctx.Err() != nil
		end()
		s.endBatch = nil
		s.turns.asking = false
		if err != nil {
			answers = nil
		}
		if err != nil && !given {
			s.turns.batches = false
			tflog.Debug(ctx, "Links could not be asked for together: they are read singly", map[string]any{"vendor": s.vendor, "error": err.Error()})
		}
		s.takeBatch(asked, answers, err)
		s.proceed()
	}()
}

func (s *sweep[L]) takeBatch(asked []*waiter[L], answers []L, err error) {
	found := map[string]L{}
	for _, answer := range answers {
		found[s.id(answer)] = answer
	}
	for _, w := range asked {
		w.asked = false
		if !slices.Contains(s.waiting, w) {
			continue
		}
		answer, ok := found[w.id]
		switch {
		case ok && !s.written[Key{Scope: s.scope, ID: w.id}] && !s.turns.distrusted:
			s.tell(w, reply[L]{answer, true})
		case err == nil:
			s.turns.singles++
			s.tell(w, reply[L]{})
		}
	}
}
