package paging

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

const (
	// maxPasses is how often a list is walked again that changed under the walk.
	maxPasses = 3
	// maxPages bounds one walk. Nobody has so many links: a list that leads further does not end.
	maxPages = 10_000
)

// Page is one page of a vendor's list.
type Page[L any, P comparable] struct {
	Links []L
	Next  *P   // where the following page begins; nil for the last
	Total *int // how many links there are in all; nil where the vendor does not say
}

// What follows are errors and no ends: what a broken list does not show may well exist.
var (
	errEndless      = errors.New("the list of payment links does not end: a page leads to one that was read before, or it has more than 10,000 pages")
	errPageRepeated = errors.New("the list of payment links does not go on: a page repeats the one before it")
)

// Incomplete ends a walk that came to the list's end, and yet may have missed links.
type Incomplete struct {
	Seen, Total int // by the last walk
	Changed     bool
}

func (e *Incomplete) Error() string {
	if e.Changed {
		return fmt.Sprintf("The list was read %d times, and each time links were created or removed meanwhile, so that some may be missing.", maxPasses+1)
	}
	return fmt.Sprintf("The vendor counts %d links, and its list shows %d.", e.Total, e.Seen)
}

// All ranges over the links of a list, each once, one page in memory at a time. Pages that are counted, by number or by
// offset, shift when a link is created or removed before them, and a link that moves to a page already read is lost. So a
// list whose total changes is walked again. A walk that may have missed links all the same ends with [*Incomplete]; what
// it met is handed on.
func All[L any, P comparable](ctx context.Context, id func(L) string, first P, page func(P) (Page[L, P], error)) iter.Seq2[L, error] {
	return func(yield func(L, error) bool) {
		w := newWalker(id, page, yield)
		for again := 0; ; again++ {
			missed := w.pass(ctx, first)
			if missed == nil {
				return
			}
			if again == maxPasses {
				w.fail(missed)
				return
			}
		}
	}
}

// SinglePass is Walk for who looks for something and will look again anyway: it walks once, whatever changes.
func SinglePass[L any, P comparable](ctx context.Context, id func(L) string, first P, page func(P) (Page[L, P], error)) iter.Seq2[L, error] {
	return func(yield func(L, error) bool) { _ = newWalker(id, page, yield).pass(ctx, first) }
}

// walker is what is remembered between pages: names, and no links.
type walker[L any, P comparable] struct {
	id      func(L) string
	page    func(P) (Page[L, P], error)
	yield   func(L, error) bool
	emitted map[string]bool // on any walk
	stopped bool            // the caller has seen enough
}

func newWalker[L any, P comparable](id func(L) string, page func(P) (Page[L, P], error), yield func(L, error) bool) *walker[L, P] {
	return &walker[L, P]{id: id, page: page, yield: yield, emitted: map[string]bool{}}
}

func (w *walker[L, P]) fail(err error) {
	var none L
	w.yield(none, err)
}

// pass walks the list from its beginning to its end and hands on what no walk has met. It tells when something may have
// been missed and another walk may find it.
func (w *walker[L, P]) pass(ctx context.Context, at P) *Incomplete {
	sight, visited := newPassStats(), map[P]bool{}
	for {
		if visited[at] || len(visited) == maxPages {
			w.fail(errEndless)
			return nil
		}
		visited[at] = true
		page, err := w.page(at)
		ids := w.emit(page.Links)
		switch {
		case w.stopped:
			return nil
		case err == nil && sight.repeatsPage(ids, page.Total):
			err = errPageRepeated
		case err == nil && page.Next != nil:
			err = ctx.Err()
		}
		if err != nil {
			w.fail(err)
			return nil
		}
		sight.add(ids, page.Total)
		if page.Next == nil {
			return sight.incomplete()
		}
		at = *page.Next
	}
}

func (w *walker[L, P]) emit(links []L) []string {
	ids := make([]string, 0, len(links))
	for _, l := range links {
		id := w.id(l)
		ids = append(ids, id)
		if id != "" && w.emitted[id] || w.stopped {
			continue
		}
		w.emitted[id] = true
		w.stopped = !w.yield(l, nil)
	}
	return ids
}
