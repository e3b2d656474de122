package bulkread

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// Pages and single reads alternate in auto mode; in list mode pages come first.
func TestSchedulerAlternates(t *testing.T) {
	auto, list := scheduler{alternate: true}, scheduler{}
	ended := scheduler{alternate: true, listDone: true, pages: 3}
	for _, c := range []struct {
		name      string
		scheduler scheduler
		waiting   int
		free      int
		want      step
	}{
		{"nobody waits", auto, 0, 10, stepNone},
		{"the first reads are single", auto, 4, 1, stepGet},
		{"then comes a page", auto, 4, 0, stepPage},
		{"while it is under way nothing else is spent", scheduler{alternate: true, pageInFlight: true}, 4, 0, stepNone},
		{"then one read is single", scheduler{alternate: true, pages: 1}, 4, 0, stepGet},
		{"and the next page may come with it", scheduler{alternate: true, pages: 1, singleRequests: 1, getsInFlight: 1}, 4, 0, stepPage},
		{"list: a page", list, 4, 0, stepPage},
		{"list: another", scheduler{pages: 5}, 4, 0, stepPage},
		{"at the end of the list all are single", ended, 4, 0, stepGet},
		{"in place of a single read, a batch", scheduler{alternate: true, pages: 1, batches: true}, 4, 0, stepBatch},
		{"for one link a batch is too much", scheduler{alternate: true, pages: 1, batches: true}, 1, 0, stepGet},
		{"one batch at a time, and pages meanwhile", scheduler{alternate: true, pages: 1, singleRequests: 1, batches: true, batchInFlight: true}, 4, 0, stepPage},
		{"nor more pages than what is spent in their place", scheduler{alternate: true, pages: 2, singleRequests: 1, batches: true, batchInFlight: true}, 4, 0, stepNone},
		{"list: no batch before the end", scheduler{pages: 1, batches: true}, 4, 0, stepPage},
		{"list: a batch of what was not listed", scheduler{pages: 1, batches: true, listDone: true}, 4, 0, stepBatch},
		{"they gather while a read is under way", scheduler{pages: 1, batches: true, listDone: true, getsInFlight: 1}, 4, 0, stepNone},
	} {
		if got := c.scheduler.next(c.waiting, &c.free); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

// A small state in a huge account is read singly; every further read costs at most one page.
func TestSmallStateIsReadSingly(t *testing.T) {
	r := newReaderFixture(newFakeList(100_000, 100), false, false)
	r.requireReads(t, 10, ids(99_000, 99_010)...)
	r.requireRequests(t, "page=0 get=10 batch=0")
	r.requireReads(t, 10, ids(99_010, 99_020)...)
	r.requireRequests(t, "page=10 get=10 batch=0")
}

// A large state is read from the pages of the list.
func TestLargeStateIsReadFromPages(t *testing.T) {
	for _, c := range []struct {
		list    bool
		readers int
		most    int
	}{{false, 10, 30}, {true, 10, 10}, {false, 1, 30}, {false, 50, 30}} {
		s := newFakeList(1000, 100)
		newReaderFixture(s, c.list, false).requireReads(t, c.readers, ids(0, 1000)...)
		if s.cost() > c.most {
			t.Errorf("%+v: %s", c, s.requests())
		}
	}
}

// Pages that have numbers are read side by side: that a vendor takes its time costs little more than the first reads and the first page.
func TestNumberedPagesAreReadSideBySide(t *testing.T) {
	const latency = 200 * time.Millisecond
	for _, c := range []struct {
		list           bool
		links, readers int
		rounds, most   int
	}{{false, 1000, 10, 5, 22}, {true, 1000, 10, 2, 10}, {false, 1000, 3, 8, 22}, {true, 5000, 10, 6, 50}, {false, 5000, 10, 33, 90}} {
		synctest.Test(t, func(t *testing.T) {
			s := newFakeList(c.links, 100)
			s.numbered = true
			s.delay = func(ctx context.Context, _ string) { _ = clock.System{}.Sleep(ctx, latency) }
			all := ids(0, c.links)
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			began := (clock.System{}).Now()
			newReaderFixture(s, c.list, false).requireReads(t, c.readers, all...)
			if took := (clock.System{}).Now().Sub(began); took > time.Duration(c.rounds)*latency || s.cost() > c.most {
				t.Errorf("%+v: %s, %s", c, took, s.requests())
			}
		})
	}
}

// At a vendor that answers several ids at once, batches replace single reads.
func TestBatchesReplaceSingleReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFakeList(100_000, 50)
		s.delay = func(ctx context.Context, _ string) { _ = clock.System{}.Sleep(ctx, time.Second) }
		newReaderFixture(s, false, true).requireReads(t, 10, ids(90_000, 91_000)...)
		if s.cost() > 250 || s.batches < 90 {
			t.Errorf("a thousand links, ten at a time: %s", s.requests())
		}
	})
}

// Links that a batch leaves out, or that it cannot answer, are read singly.
func TestFailedBatchFallsBackToSingleReads(t *testing.T) {
	broken := func(at string) error {
		if strings.HasPrefix(at, "batch") {
			return errFake
		}
		return nil
	}
	for name, c := range map[string]struct {
		ignores bool
		fail    func(string) error
	}{"found nothing": {true, nil}, "failed": {false, broken}} {
		synctest.Test(t, func(t *testing.T) {
			s := newFakeList(2000, 50)
			s.ignoresBatch, s.fail = c.ignores, c.fail
			s.delay = func(ctx context.Context, _ string) { _ = clock.System{}.Sleep(ctx, time.Second) }
			newReaderFixture(s, false, true).requireReads(t, 10, ids(1900, 1950)...)
			if s.batches == 0 || c.fail != nil && s.batches != 1 || s.gets < 40 {
				t.Errorf("%s: %s", name, s.requests())
			}
		})
	}
}

// A failed page ends the scan and fails no read.
func TestFailedPageEndsTheScan(t *testing.T) {
	s := newFakeList(1000, 100)
	s.fail = func(at string) error {
		if at == "200" {
			return errFake
		}
		return nil
	}
	r := newReaderFixture(s, true, false)
	r.requireReads(t, 10, ids(0, 1000)...)
	if s.pages != 3 || s.gets > 800 || s.gets < 780 {
		t.Errorf("200 links were listed: %s", s.requests())
	}
}

// A list that leads back, or whose pages repeat, ends the scan where nothing new comes.
func TestCyclicListEndsTheScan(t *testing.T) {
	s := newFakeList(30, 10)
	cyclic := func(next string) driver.Pager[item] { return cyclicList{s, next} }
	for _, next := range []string{"", "10"} {
		r := newReaderFixture(s, true, false)
		r.Pager = cyclic(next)
		r.requireReads(t, 3, append(ids(0, 30), "l0")...)
		if s.pages > 4 {
			t.Errorf("%q: %s", next, s.requests())
		}
		s.pages, s.gets = 0, 0
	}
}

type cyclicList struct {
	*fakeList
	next string
}

func (l cyclicList) PageAt(ctx context.Context, scope, at string, each func(string, func() item)) (paging.Page[item, string], error) {
	page, err := l.fakeList.PageAt(ctx, scope, at, each)
	if page.Next == nil || l.next == "" {
		page.Next = &l.next
	}
	return page, err
}

// A page is used for a minute without reads; then a new scan begins.
func TestPageExpiresAfterAPause(t *testing.T) {
	s := newFakeList(100, 100)
	r := newReaderFixture(s, true, false)
	r.requireReads(t, 1, "l0")
	r.requireRequests(t, "page=1 get=0 batch=0")
	r.clock.Advance(30 * time.Second)
	r.requireReads(t, 1, "l1")
	r.requireRequests(t, "page=0 get=0 batch=0")
	s.items[2].text = "paid meanwhile"
	r.clock.Advance(30 * time.Second)
	r.requireReads(t, 1, "l2")
	r.requireRequests(t, "page=1 get=0 batch=0")
}

// While reads are in flight a page does not age: where requests are limited a scan takes minutes.
func TestPageDoesNotExpireDuringReads(t *testing.T) {
	s := newFakeList(1000, 100)
	r := newReaderFixture(s, true, false)
	s.delay = func(context.Context, string) { r.clock.Advance(2 * time.Minute) }
	r.requireReads(t, 10, ids(0, 1000)...)
	r.requireRequests(t, "page=10 get=0 batch=0")
}

// No page is used for a link that was written to, neither an earlier one nor one in flight.
func TestInvalidatedLinkIsReadSingly(t *testing.T) {
	s := newFakeList(100, 50)
	r := newReaderFixture(s, true, false)
	write := func(i int) {
		r.Invalidate(driver.Key{ID: s.items[i].id})
		s.mu.Lock()
		s.items[i].text = "second"
		s.mu.Unlock()
	}
	r.requireReads(t, 1, "l0")
	write(1)
	r.requireReads(t, 1, "l1", "l2")
	r.requireRequests(t, "page=1 get=1 batch=0")

	s.delay = func(_ context.Context, what string) {
		if what == "page" {
			write(70)
		}
	}
	r.requireReads(t, 1, "l70", "l71", "l70")
	r.requireRequests(t, "page=1 get=2 batch=0")
	s.delay = nil
	r.clock.Advance(time.Hour) // a later list may lag
	r.requireReads(t, 1, "l70", "l1")
	r.requireRequests(t, "page=0 get=2 batch=0")

	var none *Reader[item]
	none.Invalidate(driver.Key{ID: "l0"})
}

// A link that is read again is read singly. When many are, that is another refresh, with a scan of its own.
func TestSecondRefreshScansAgain(t *testing.T) {
	s := newFakeList(1000, 100)
	r := newReaderFixture(s, false, false)
	r.requireReads(t, 10, ids(0, 1000)...)
	r.requireRequests(t, s.requests())
	for i := range s.items {
		s.items[i].text = "second"
	}
	r.requireReads(t, 1, "l7", "l7", "l7")
	r.requireRequests(t, "page=0 get=3 batch=0")
	r.requireReads(t, 10, ids(0, 1000)...)
	if s.cost() > 40 {
		t.Errorf("the second refresh: %s", s.requests())
	}
}

// What a page says and its reader does not accept is read singly, at the cost of both.
func TestRejectedPageItemsAreReadSingly(t *testing.T) {
	for _, listOnly := range []bool{false, true} {
		s := newFakeList(300, 100)
		s.partial = true
		r := newReaderFixture(s, listOnly, false)
		r.requireReads(t, 1, ids(0, 300)...)
		if s.gets != 300 || s.pages > 3 {
			t.Error(s.requests())
		}
	}
}

// The list is read to its end for links that seem to be gone, and no page twice.
func TestListedAtEnd(t *testing.T) {
	s := newFakeList(300, 100)
	r := newReaderFixture(s, false, false)
	if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "l1"}); complete {
		t.Error("complete before any read")
	}
	r.requireReads(t, 1, ids(0, 20)...)
	for id, want := range map[string]bool{"l7": true, "l299": true, "gone": false} {
		if listed, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: id}); listed != want || !complete {
			t.Errorf("%s: listed %t, complete %t", id, listed, complete)
		}
	}
	if s.pages != 3 {
		t.Error(s.requests())
	}
	r.Invalidate(driver.Key{ID: "l8"})
	if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); complete {
		t.Error("complete although this process has changed the list")
	}
}

// A scan that failed says nothing about what it has not shown.
func TestFailedScanIsNotComplete(t *testing.T) {
	s := newFakeList(300, 100)
	s.fail = func(at string) error {
		if at == "200" {
			return errFake
		}
		return nil
	}
	r := newReaderFixture(s, true, false)
	r.requireReads(t, 1, "l7")
	if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); complete {
		t.Error("complete without its last page")
	}
}

// A list that changes while it is read, or shows less than the vendor counts, may lack a link that exists.
func TestChangedListIsNotComplete(t *testing.T) {
	for name, total := range map[string]func(s *fakeList) int{
		"one goes":       func(s *fakeList) int { return 301 - s.pages },
		"one is lacking": func(*fakeList) int { return 301 },
	} {
		t.Run(name, func(t *testing.T) {
			s := newFakeList(300, 100)
			s.total = func() int { return total(s) }
			r := newReaderFixture(s, true, false)
			r.requireReads(t, 1, "l7")
			if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); complete {
				t.Error("complete")
			}
		})
	}
	t.Run("written to meanwhile", func(t *testing.T) {
		s := newFakeList(300, 100)
		r := newReaderFixture(s, true, false)
		r.requireReads(t, 1, "l7")
		s.delay = func(context.Context, string) { r.Invalidate(driver.Key{ID: "l8"}) }
		if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); complete {
			t.Error("complete although this process has changed the list")
		}
	})
}

// Who no longer waits for the end of the list keeps it from being read on; another who waits is not disturbed.
func TestListIsNotReadToItsEndForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFakeList(300, 100)
		r := newReaderFixture(s, true, false)
		r.requireReads(t, 1, "l7")
		release := make(chan struct{})
		s.delay = func(ctx context.Context, _ string) {
			select {
			case <-release:
			case <-ctx.Done():
			}
		}
		first, stopFirst := context.WithCancel(t.Context())
		second, stopSecond := context.WithCancel(t.Context())
		ends := make(chan bool, 2)
		for _, ctx := range []context.Context{first, second} {
			go func() {
				_, complete := r.ListedAtEnd(ctx, driver.Key{ID: "gone"})
				ends <- complete
			}()
			synctest.Wait()
		}
		stopFirst()
		if <-ends {
			t.Error("complete without two pages")
		}
		synctest.Wait()
		if s.pages != 2 || r.scans[""].cancelPage == nil {
			t.Error("the page for which another one waits was canceled")
		}
		stopSecond()
		<-ends
		synctest.Wait()
		if r.scans[""].scheduler.pageInFlight || s.pages != 2 {
			t.Error("nobody waits, and pages are read on: " + s.requests())
		}
		close(release)
		if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); !complete {
			t.Error("not complete when asked again")
		}
	})
}

// A canceled read cancels nothing else; the last one cancels the page for which it waited.
func TestCanceledReadsCancelTheirPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFakeList(100, 100)
		release := make(chan struct{})
		s.delay = func(ctx context.Context, what string) {
			select {
			case <-release:
			case <-ctx.Done():
			}
		}
		r := newReaderFixture(s, true, false)
		first, stopFirst := context.WithCancel(t.Context())
		second, stopSecond := context.WithCancel(t.Context())
		ends := make(chan error, 2)
		for i, ctx := range []context.Context{first, second} {
			go func() {
				_, err := r.read(ctx, ids(0, 2)[i])
				ends <- err
			}()
			synctest.Wait()
		}
		stopFirst()
		if err := <-ends; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		synctest.Wait()
		if s.pages != 1 || r.scans[""].cancelPage == nil {
			t.Error("the page for which another read waits was canceled")
		}
		stopSecond()
		if err := <-ends; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		synctest.Wait()
		if r.scans[""].scheduler.pageInFlight {
			t.Error("no read waits for the page, and it is still in flight")
		}
		close(release)
		r.requireReads(t, 2, "l2", "l3") // the canceled page can be requested again
		if s.pages != 2 || s.gets != 2 {
			t.Error(s.requests())
		}
	})
}

// A read waits for pages only as long as its patience.
func TestReadStopsWaitingForPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFakeList(100, 100)
		release := make(chan struct{})
		s.delay = func(_ context.Context, what string) {
			if what == "page" {
				<-release
			}
		}
		r := newReaderFixture(s, true, false)
		patience, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		listed, report := r.lookUp(t.Context(), patience, driver.Key{ID: "l0"})
		if listed != nil {
			t.Error("no page has come yet")
		}
		if _, err := s.get(t.Context(), "l0"); err != nil {
			t.Error(err)
		}
		report()
		close(release)
		synctest.Wait()
		if s.pages != 1 || s.gets != 1 {
			t.Error(s.requests())
		}
	})
}

// Each scope has a scan of its own; all share the initial single reads.
func TestScopesAreScannedSeparately(t *testing.T) {
	s := newFakeList(100, 100)
	r := newReaderFixture(s, false, false)
	for i, scope := range []string{"a", "b", "c"} {
		for _, id := range ids(0, 8) {
			listed, report := r.lookUp(t.Context(), t.Context(), driver.Key{Scope: scope, ID: id})
			if listed == nil {
				if _, err := s.get(t.Context(), id); err != nil {
					t.Error(err)
				}
				report()
			}
		}
		if want := []int{0, 1, 2}[i]; s.pages != want {
			t.Errorf("after %s: %s", scope, s.requests())
		}
	}
	if s.gets != initialGets {
		t.Error(s.requests())
	}
}

// The first page keeps its beginning and its end, however long it is.
func TestFirstPageIsBounded(t *testing.T) {
	var page FirstPage[int]
	kept := map[int]bool{}
	const n = 3*maxFirst + 7
	for i := range n {
		page.Add("", func() int { return i })
	}
	for _, link := range page.Links() {
		kept[link] = true
	}
	for _, want := range []int{0, maxFirst/2 - 1, n - maxFirst/2, n - 1} {
		if !kept[want] || len(kept) != maxFirst {
			t.Errorf("%d is lost, or %d are kept", want, len(kept))
		}
	}
}

// The first page is requested once, also when it cannot be read, and is that of the reads.
func TestFirst(t *testing.T) {
	for _, fails := range []bool{false, true} {
		s := newFakeList(250, 100)
		if fails {
			s.fail = func(string) error { return errFake }
		}
		r := newReaderFixture(s, true, false)
		for range 2 {
			if got := len(r.First(t.Context(), "")); got != 100 && !fails || fails && got != 0 {
				t.Errorf("fails %t: %d links", fails, got)
			}
		}
		if s.pages != 1 {
			t.Errorf("fails %t: %d pages", fails, s.pages)
		}
	}
	r := newReaderFixture(newFakeList(50, 100), true, false)
	r.First(t.Context(), "")
	r.requireReads(t, 5, ids(0, 50)...)
	r.requireRequests(t, "page=1 get=0 batch=0")
}
