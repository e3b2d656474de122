// Package paging ranges over a list that is read page by page, each link once. It decides when a list ended, when it changed while
// it was read, and when it is broken. It knows neither vendors nor HTTP: its caller reads one page.
package paging

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"
)

const (
	// MaxPages, maxLinks and maxTime bound a walk. Nobody has so many links: a list that goes on does not end.
	MaxPages = 10_000
	maxLinks = 1_000_000
	maxTime  = 20 * time.Minute
)

// These end a list with an error and not silently: links that a broken list does not show may well exist.
var (
	errCircular     = errors.New("the list of payment links does not end: a page links to one that was already read")
	errPages        = fmt.Errorf("the list of payment links has more than %d pages, the most that are read", MaxPages)
	errLinks        = fmt.Errorf("the list of payment links has more than %d links, the most that are read", maxLinks)
	errTime         = fmt.Errorf("the list of payment links could not be read within %s, the longest allowed", maxTime)
	errPageRepeated = errors.New("the list of payment links does not advance: a page repeats the one before it")
)

// All ranges over the links of a list, each once, with some pages in memory at a time: where a page tells which ones follow, they are
// read side by side, the more the further the range has come. Numbered pages shift when a link is created or removed before them, so that
// a link can move to a page that was read already. So a list whose total changes is read again. If links may be missing all the same, the
// range ends with [*Incomplete] after the links that were seen.
func All[L any, P comparable](ctx context.Context, id func(L) string, first P, page func(context.Context, P) (Page[L, P], error)) iter.Seq2[L, error] {
	return walk(ctx, id, first, page, maxRepeats)
}

// SinglePass is All without a repetition, for a search that will be repeated anyway.
func SinglePass[L any, P comparable](ctx context.Context, id func(L) string, first P, page func(context.Context, P) (Page[L, P], error)) iter.Seq2[L, error] {
	return walk(ctx, id, first, page, 0)
}

// walk ranges over the list, and again up to so many times while links may be missing. Without repeats it does not tell of missing ones.
func walk[L any, P comparable](ctx context.Context, id func(L) string, first P, page func(context.Context, P) (Page[L, P], error), repeats int) iter.Seq2[L, error] {
	return func(yield func(L, error) bool) {
		ctx, cancel := context.WithTimeoutCause(ctx, maxTime, errTime)
		defer cancel()
		w := &walker[L, P]{id: id, page: page, yield: yield}
		for repeat := 0; ; repeat++ {
			incomplete := w.pass(ctx, first)
			if incomplete == nil || repeats == 0 {
				return
			}
			if repeat == repeats {
				w.fail(incomplete)
				return
			}
		}
	}
}

// walker reads a list in one or more passes. It remembers ids and no links.
type walker[L any, P comparable] struct {
	id      func(L) string
	page    func(context.Context, P) (Page[L, P], error)
	yield   func(L, error) bool
	emitted IDs  // by earlier passes; nil in the first
	pages   int  // in all passes
	links   int  // on them
	stopped bool // the caller broke out of the range
}

func (w *walker[L, P]) fail(err error) {
	var none L
	w.yield(none, err)
}

// pass reads the list to its end and yields the links that no pass has yielded yet. It returns nil unless links may be missing that
// another pass could find.
func (w *walker[L, P]) pass(ctx context.Context, cursor P) *Incomplete {
	var seen Pass
	visited := map[P]bool{}
	pages := Ahead[L, P]{Read: w.page}
	for {
		if err := w.bound(visited[cursor]); err != nil {
			w.fail(err)
			return nil
		}
		pages.Start(ctx, cursor, min(MaxAhead, max(0, len(visited)-1)))
		visited[cursor] = true
		w.pages++
		page, err := pages.Wait(cursor)
		w.emit(&seen, page.Links)
		repeated := seen.EndPage(page.Total)
		switch {
		case w.stopped:
			return nil
		case err == nil && repeated:
			err = errPageRepeated
		case err == nil && page.Next != nil:
			err = context.Cause(ctx)
		}
		if err != nil {
			w.fail(err)
			return nil
		}
		if page.Next == nil {
			if w.emitted == nil {
				w.emitted = seen.ids
			}
			return seen.Incomplete()
		}
		cursor = *page.Next
	}
}

// bound returns why the walk must not go on to another page.
func (w *walker[L, P]) bound(visited bool) error {
	switch {
	case visited:
		return errCircular
	case w.pages >= MaxPages:
		return errPages
	case w.links >= maxLinks:
		return errLinks
	}
	return nil
}

// emit yields the links of a page that were not yielded before.
func (w *walker[L, P]) emit(seen *Pass, links []L) {
	w.links += len(links)
	for _, l := range links {
		id := w.id(l)
		isNew := seen.Add(id)
		if w.emitted != nil {
			isNew = w.emitted.Add(id)
		}
		if (isNew || id == "") && !w.stopped {
			w.stopped = !w.yield(l, nil)
		}
	}
}

// Each reads one page for a driver.Pager: it hands its links to each, and returns it without them. After an error it hands on none.
func Each[L any, P comparable](ctx context.Context, cursor P, read func(context.Context, P) (Page[L, P], error), id func(L) string, each func(string, func() L)) (Page[L, P], error) {
	page, err := read(ctx, cursor)
	if err == nil {
		for _, l := range page.Links {
			each(id(l), func() L { return l })
		}
	}
	page.Links = nil
	return page, err
}

// NumberedPage is Each for a list whose pages are numbered, or addressed by offset. An empty cursor is the first page.
func NumberedPage[L any](ctx context.Context, cursor string, first int, read func(context.Context, int) (Page[L, int], error), id func(L) string, each func(string, func() L)) (Page[L, string], error) {
	number := first
	if cursor != "" {
		var err error
		if number, err = strconv.Atoi(cursor); err != nil {
			return Page[L, string]{}, err
		}
	}
	numbered, err := Each(ctx, number, read, id, each)
	out := Page[L, string]{Total: numbered.Total}
	if numbered.Next != nil {
		next := strconv.Itoa(*numbered.Next)
		out.Next = &next
	}
	for _, number := range numbered.Following {
		out.Following = append(out.Following, strconv.Itoa(number))
	}
	return out, err
}
