package bulkread

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// leaf is a link of a shelf: only its id and what was last written to it matter.
type leaf struct{ id, text string }

// shelf is a vendor's list with nothing behind it, which counts what it is asked for.
type shelf struct {
	mu     sync.Mutex
	leaves []leaf          // listed, in this order
	other  map[string]leaf // found by id, and not listed
	size   int             // of a page
	most   int             // ids in a batch

	pages, singles, batches int
	begun                   map[string]int                         // pages, by where they begin
	fail                    func(at string) error                  // of pages
	hold                    func(ctx context.Context, what string) // before an answer
	thin                    bool                                   // the list leaves texts out
	ignores                 bool                                   // ids in a batch
}

var errShelf = errors.New("the shelf fell over")

func newShelf(listed, size int) *shelf {
	s := &shelf{size: size, most: 50, other: map[string]leaf{}, begun: map[string]int{}}
	for i := range listed {
		s.leaves = append(s.leaves, leaf{fmt.Sprintf("l%d", i), "first"})
	}
	return s
}

func (s *shelf) wait(ctx context.Context, what string) {
	if s.hold != nil {
		s.hold(ctx, what)
	}
}

func (s *shelf) PageAt(ctx context.Context, _, at string) (paging.Page[leaf, string], error) {
	s.mu.Lock()
	s.pages++
	s.begun[at]++
	from := 0
	if at != "" {
		from, _ = strconv.Atoi(at)
	}
	to := min(from+s.size, len(s.leaves))
	page := paging.Page[leaf, string]{}
	for _, l := range s.leaves[min(from, to):to] {
		if s.thin {
			l.text = ""
		}
		page.Links = append(page.Links, l)
	}
	if to < len(s.leaves) {
		next := strconv.Itoa(to)
		page.Next = &next
	}
	s.mu.Unlock()
	s.wait(ctx, "page")
	if s.fail != nil {
		if err := s.fail(at); err != nil {
			return page, err
		}
	}
	return page, ctx.Err()
}

func (s *shelf) find(id string) (leaf, bool) {
	if i, err := strconv.Atoi(strings.TrimPrefix(id, "l")); err == nil && i < len(s.leaves) {
		return s.leaves[i], true
	}
	l, ok := s.other[id]
	return l, ok
}

func (s *shelf) get(ctx context.Context, id string) (leaf, error) {
	s.mu.Lock()
	s.singles++
	l, ok := s.find(id)
	s.mu.Unlock()
	s.wait(ctx, "single")
	if !ok {
		return leaf{}, errShelf
	}
	return l, ctx.Err()
}

// binder is a shelf whose links can be asked for together.
type binder struct{ *shelf }

func (b binder) Batch(ctx context.Context, _ string, ids []string) ([]leaf, error) {
	b.mu.Lock()
	b.batches++
	var out []leaf
	for _, id := range ids {
		if l, ok := b.find(id); ok && !b.ignores && !strings.HasPrefix(id, "u") {
			out = append(out, l)
		}
	}
	b.mu.Unlock()
	b.wait(ctx, "batch")
	if b.fail != nil {
		if err := b.fail("batch " + strings.Join(ids, ",")); err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}

func (b binder) MaxBatch() int { return b.most }

func (s *shelf) cost() int { return s.pages + s.singles + s.batches }

// spent is the cost in words: "page=1 get=2".
func (s *shelf) spent() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.TrimSpace(fmt.Sprintf("page=%d get=%d batch=%d", s.pages, s.singles, s.batches))
}

// reading is a refresher of a shelf, read from as Read does.
type reading struct {
	*Reader[leaf]
	shelf    *shelf
	clock    *clock.Fake
	trusting bool // any answer of a page will do
}

func newReading(s *shelf, listOnly, batches bool) *reading {
	clk := clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	r := &reading{shelf: s, clock: clk}
	config := Config[leaf]{
		Pager: s, ListOnly: listOnly, Clock: clk, Vendor: "shelf",
		ID:        func(l leaf) string { return l.id },
		IsPartial: func(listed, got leaf) bool { return listed.text == "" && got.text != "" },
	}
	if batches {
		config.Batcher = binder{s}
	}
	r.Reader = New(config)
	return r
}

func (r *reading) read(ctx context.Context, id string) (leaf, error) {
	answer, _, err := r.Read(ctx, driver.Key{ID: id}, time.Hour, func(ctx context.Context) (leaf, error) { return r.shelf.get(ctx, id) },
		func(listed leaf) bool { return r.trusting || listed.text != "" })
	return answer, err
}

// all reads these links with so many readers, and returns what is wrong with the answers.
func (r *reading) all(ctx context.Context, readers int, ids []string) []string {
	queue := make(chan string)
	wrong := make(chan string, len(ids))
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			for id := range queue {
				got, err := r.read(ctx, id)
				r.shelf.mu.Lock()
				want, ok := r.shelf.find(id)
				r.shelf.mu.Unlock()
				if ok != (err == nil) || got != want {
					wrong <- fmt.Sprintf("%s: %v %v, not %v", id, got, err, want)
				}
			}
		})
	}
	for _, id := range ids {
		queue <- id
	}
	close(queue)
	wg.Wait()
	close(wrong)
	var out []string
	for w := range wrong {
		out = append(out, w)
	}
	return out
}

func (r *reading) demand(t *testing.T, readers int, ids ...string) {
	t.Helper()
	for _, wrong := range r.all(t.Context(), readers, ids) {
		t.Error(wrong)
	}
}

// spends demands this cost since it was last asked.
func (r *reading) spends(t *testing.T, want string) {
	t.Helper()
	if got := r.shelf.spent(); got != want {
		t.Errorf("spent %q, want %q", got, want)
	}
	r.shelf.mu.Lock()
	defer r.shelf.mu.Unlock()
	r.shelf.pages, r.shelf.singles, r.shelf.batches = 0, 0, 0
}

// ids are those of a shelf's links, from one to before another.
func ids(from, to int) []string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf("l%d", i))
	}
	return out
}
