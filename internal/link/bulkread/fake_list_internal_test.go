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

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// item is a link: an id, and a text that changes.
type item struct{ id, text string }

// fakeList is a vendor that counts its requests.
type fakeList struct {
	mu       sync.Mutex
	items    []item          // in the list's order
	unlisted map[string]item // found by id, but not listed
	pageSize int             // of a page
	maxBatch int             // ids in a batch

	pages, gets, batches int
	pagesAt              map[string]int                         // pages, by cursor
	fail                 func(at string) error                  // of pages
	delay                func(ctx context.Context, what string) // before an answer
	partial              bool                                   // the list leaves texts out
	total                func() int                             // that pages tell; nil for none
	ignoresBatch         bool                                   // ids in a batch
	numbered             bool                                   // a page tells which ones follow
}

var errFake = errors.New("the vendor failed")

func newFakeList(listed, size int) *fakeList {
	s := &fakeList{pageSize: size, maxBatch: 50, unlisted: map[string]item{}, pagesAt: map[string]int{}}
	for i := range listed {
		s.items = append(s.items, item{fmt.Sprintf("l%d", i), "first"})
	}
	return s
}

func (s *fakeList) wait(ctx context.Context, what string) {
	if s.delay != nil {
		s.delay(ctx, what)
	}
}

func (s *fakeList) PageAt(ctx context.Context, _, at string, each func(string, func() item)) (paging.Page[item, string], error) {
	return paging.Each(ctx, at, s.page, func(l item) string { return l.id }, each)
}

func (s *fakeList) page(ctx context.Context, at string) (paging.Page[item, string], error) {
	s.mu.Lock()
	s.pages++
	s.pagesAt[at]++
	from := 0
	if at != "" {
		from, _ = strconv.Atoi(at)
	}
	to := min(from+s.pageSize, len(s.items))
	page := paging.Page[item, string]{}
	for _, l := range s.items[min(from, to):to] {
		if s.partial {
			l.text = ""
		}
		page.Links = append(page.Links, l)
	}
	if to < len(s.items) {
		next := strconv.Itoa(to)
		page.Next = &next
		if s.numbered {
			for _, at := range paging.Following(to, s.pageSize, len(s.items)) {
				page.Following = append(page.Following, strconv.Itoa(at))
			}
		}
	}
	if s.total != nil {
		total := s.total()
		page.Total = &total
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

func (s *fakeList) find(id string) (item, bool) {
	if i, err := strconv.Atoi(strings.TrimPrefix(id, "l")); err == nil && i < len(s.items) {
		return s.items[i], true
	}
	l, ok := s.unlisted[id]
	return l, ok
}

func (s *fakeList) get(ctx context.Context, id string) (item, error) {
	s.mu.Lock()
	s.gets++
	l, ok := s.find(id)
	s.mu.Unlock()
	s.wait(ctx, "single")
	if !ok {
		return item{}, errFake
	}
	return l, ctx.Err()
}

// batchList is a fakeList that answers several ids at once.
type batchList struct{ *fakeList }

func (b batchList) Batch(ctx context.Context, _ string, ids []string) ([]item, error) {
	b.mu.Lock()
	b.batches++
	var out []item
	for _, id := range ids {
		if l, ok := b.find(id); ok && !b.ignoresBatch && !strings.HasPrefix(id, "u") {
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

func (b batchList) MaxBatch() int { return b.maxBatch }

func (s *fakeList) cost() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages + s.gets + s.batches
}

// requests returns the requests as "page=1 get=2 batch=0".
func (s *fakeList) requests() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.TrimSpace(fmt.Sprintf("page=%d get=%d batch=%d", s.pages, s.gets, s.batches))
}

// readerFixture is a Reader of a fakeList.
type readerFixture struct {
	*Reader[item]
	list  *fakeList
	clock *fakeclock.Clock
}

func newReaderFixture(s *fakeList, listOnly, batches bool) *readerFixture {
	clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	r := &readerFixture{list: s, clock: clk}
	config := Config[item]{
		Pager: s, ListOnly: listOnly, Clock: clk, Vendor: "fake",
		ID: func(l item) string { return l.id },
	}
	if batches {
		config.Batcher = batchList{s}
	}
	r.Reader = New(config)
	return r
}

func (r *readerFixture) read(ctx context.Context, id string) (item, error) {
	answer, _, err := r.Read(ctx, driver.Key{ID: id}, time.Hour, func(ctx context.Context) (item, error) { return r.list.get(ctx, id) },
		func(listed item) bool { return listed.text != "" })
	return answer, err
}

// readAll reads links by so many goroutines, and returns what is wrong with the answers.
func (r *readerFixture) readAll(ctx context.Context, readers int, ids []string) []string {
	queue := make(chan string)
	wrong := make(chan string, len(ids))
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			for id := range queue {
				got, err := r.read(ctx, id)
				r.list.mu.Lock()
				want, ok := r.list.find(id)
				r.list.mu.Unlock()
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

// requireReads reads links and requires the right answers.
func (r *readerFixture) requireReads(t *testing.T, readers int, ids ...string) {
	t.Helper()
	for _, wrong := range r.readAll(t.Context(), readers, ids) {
		t.Error(wrong)
	}
}

// requireRequests requires exactly these requests since the last look.
func (r *readerFixture) requireRequests(t *testing.T, want string) {
	t.Helper()
	if got := r.list.requests(); got != want {
		t.Errorf("spent %q, want %q", got, want)
	}
	r.list.mu.Lock()
	defer r.list.mu.Unlock()
	r.list.pages, r.list.gets, r.list.batches = 0, 0, 0
}

// ids returns the ids of a fakeList's items in a range.
func ids(from, to int) []string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf("l%d", i))
	}
	return out
}
