package bulkread

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

func TestTurns(t *testing.T) {
	auto, list := scheduler{alternate: true}, scheduler{}
	ended := scheduler{alternate: true, listDone: true, pages: 3}
	for _, c := range []struct {
		name    string
		turns   scheduler
		waiting int
		free    int
		want    step
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
		if got := c.turns.next(c.waiting, &c.free); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

// A small state in a huge account is read singly; one read more costs one page.
func TestRefreshOfASmallState(t *testing.T) {
	r := newReading(newShelf(100_000, 100), false, false)
	r.demand(t, 10, ids(99_000, 99_010)...)
	r.spends(t, "page=0 get=10 batch=0")
	r.demand(t, 10, ids(99_010, 99_020)...)
	r.spends(t, "page=10 get=10 batch=0")
}

func TestRefreshOfAHugeState(t *testing.T) {
	for _, c := range []struct {
		list    bool
		readers int
		most    int
	}{{false, 10, 30}, {true, 10, 10}, {false, 1, 30}, {false, 50, 30}} {
		s := newShelf(1000, 100)
		newReading(s, c.list, false).demand(t, c.readers, ids(0, 1000)...)
		if s.cost() > c.most {
			t.Errorf("%+v: %s", c, s.spent())
		}
	}
}

// Ids that can be asked for together are, in place of single reads.
func TestRefreshInBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(100_000, 50)
		s.hold = func(ctx context.Context, _ string) { _ = clock.System{}.Sleep(ctx, time.Second) }
		newReading(s, false, true).demand(t, 10, ids(90_000, 91_000)...)
		if s.cost() > 250 || s.batches < 90 {
			t.Errorf("a thousand links, ten at a time: %s", s.spent())
		}
	})
}

// What a batch leaves out, or cannot answer, is read singly.
func TestRefreshByBatchesThatFail(t *testing.T) {
	broken := func(at string) error {
		if strings.HasPrefix(at, "batch") {
			return errShelf
		}
		return nil
	}
	for name, c := range map[string]struct {
		ignores bool
		fail    func(string) error
	}{"found nothing": {true, nil}, "failed": {false, broken}} {
		synctest.Test(t, func(t *testing.T) {
			s := newShelf(2000, 50)
			s.ignores, s.fail = c.ignores, c.fail
			s.hold = func(ctx context.Context, _ string) { _ = clock.System{}.Sleep(ctx, time.Second) }
			newReading(s, false, true).demand(t, 10, ids(1900, 1950)...)
			if s.batches == 0 || c.fail != nil && s.batches != 1 || s.singles < 40 {
				t.Errorf("%s: %s", name, s.spent())
			}
		})
	}
}

// A failed page ends the walk. It is no failure of a read.
func TestRefreshAfterAFailedPage(t *testing.T) {
	s := newShelf(1000, 100)
	s.fail = func(at string) error {
		if at == "200" {
			return errShelf
		}
		return nil
	}
	r := newReading(s, true, false)
	r.demand(t, 10, ids(0, 1000)...)
	if s.pages != 3 || s.singles > 800 || s.singles < 780 {
		t.Errorf("200 links were listed: %s", s.spent())
	}
}

// A list that leads back, or whose pages repeat, ends where nothing new comes.
func TestRefreshOfAListWithoutAnEnd(t *testing.T) {
	s := newShelf(30, 10)
	back := func(next string) driver.Pager[leaf] { return loop{s, next} }
	for _, next := range []string{"", "10"} {
		r := newReading(s, true, false)
		r.Pager = back(next)
		r.demand(t, 3, append(ids(0, 30), "l0")...)
		if s.pages > 4 {
			t.Errorf("%q: %s", next, s.spent())
		}
		s.pages, s.singles = 0, 0
	}
}

type loop struct {
	*shelf
	next string
}

func (l loop) PageAt(ctx context.Context, scope, at string) (paging.Page[leaf, string], error) {
	page, err := l.shelf.PageAt(ctx, scope, at)
	if page.Next == nil || l.next == "" {
		page.Next = &l.next
	}
	return page, err
}

// A page is believed for a minute without reads; then a new walk begins.
func TestRefreshTooLate(t *testing.T) {
	s := newShelf(100, 100)
	r := newReading(s, true, false)
	r.demand(t, 1, "l0")
	r.spends(t, "page=1 get=0 batch=0")
	r.clock.Advance(30 * time.Second)
	r.demand(t, 1, "l1")
	r.spends(t, "page=0 get=0 batch=0")
	s.leaves[2].text = "paid meanwhile"
	r.clock.Advance(30 * time.Second)
	r.demand(t, 1, "l2")
	r.spends(t, "page=1 get=0 batch=0")
}

// While reads are under way a page does not age: where requests are limited a walk takes minutes.
func TestRefreshOfManyMinutes(t *testing.T) {
	s := newShelf(1000, 100)
	r := newReading(s, true, false)
	s.hold = func(context.Context, string) { r.clock.Advance(2 * time.Minute) }
	r.demand(t, 10, ids(0, 1000)...)
	r.spends(t, "page=10 get=0 batch=0")
}

// No page is believed about a link that was written to, neither one from before nor one under way.
func TestRefreshAfterAWrite(t *testing.T) {
	s := newShelf(100, 50)
	r := newReading(s, true, false)
	write := func(i int) {
		r.Invalidate(driver.Key{ID: s.leaves[i].id})
		s.mu.Lock()
		s.leaves[i].text = "second"
		s.mu.Unlock()
	}
	r.demand(t, 1, "l0")
	write(1)
	r.demand(t, 1, "l1", "l2")
	r.spends(t, "page=1 get=1 batch=0")

	s.hold = func(_ context.Context, what string) {
		if what == "page" {
			write(70)
		}
	}
	r.demand(t, 1, "l70", "l71", "l70")
	r.spends(t, "page=1 get=2 batch=0")
	s.hold = nil
	r.clock.Advance(time.Hour) // a later list may lag
	r.demand(t, 1, "l70", "l1")
	r.spends(t, "page=0 get=2 batch=0")

	var none *Reader[leaf]
	none.Invalidate(driver.Key{ID: "l0"})
}

// A link that is read again expects news. Many of them are another refresh, with a walk of its own.
func TestRefreshAgain(t *testing.T) {
	s := newShelf(1000, 100)
	r := newReading(s, false, false)
	r.demand(t, 10, ids(0, 1000)...)
	r.spends(t, s.spent())
	for i := range s.leaves {
		s.leaves[i].text = "second"
	}
	r.demand(t, 1, "l7", "l7", "l7")
	r.spends(t, "page=0 get=3 batch=0")
	r.demand(t, 10, ids(0, 1000)...)
	if s.cost() > 40 {
		t.Errorf("the second refresh: %s", s.spent())
	}
}

// Where the list says less than the link, links are read singly, whoever finds that out.
func TestRefreshByAThinList(t *testing.T) {
	for name, c := range map[string]struct {
		list bool
		most int
	}{"by what was read singly before": {false, 1}, "by what the state knows": {true, 2}} {
		s := newShelf(300, 100)
		s.thin = true
		r := newReading(s, c.list, false)
		r.demand(t, 1, ids(0, 300)...)
		if s.singles != 300 || s.pages > c.most {
			t.Errorf("%s: %s", name, s.spent())
		}
	}
}

// The reads before the first page tell it, too, where a state would not notice.
func TestRefreshByAListThatIsThinUnnoticed(t *testing.T) {
	s := newShelf(300, 100)
	s.thin = true
	r := newReading(s, false, false)
	r.trusting = true
	r.demand(t, 1, ids(0, 30)...)
	r.spends(t, "page=1 get=30 batch=0")
}

// A read that ends takes nothing with it; the last one ends the page that it waited for.
func TestRefreshGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(100, 100)
		release := make(chan struct{})
		s.hold = func(ctx context.Context, what string) {
			select {
			case <-release:
			case <-ctx.Done():
			}
		}
		r := newReading(s, true, false)
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
			t.Error("the page of the one that still waits has ended")
		}
		stopSecond()
		if err := <-ends; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		synctest.Wait()
		if r.scans[""].scheduler.pageInFlight {
			t.Error("nobody waits for the page, and it is still under way")
		}
		close(release)
		r.demand(t, 2, "l2", "l3") // the page that was given up can be asked for again
		if s.pages != 2 || s.singles != 2 {
			t.Error(s.spent())
		}
	})
}

// A read does not wait for pages until its own time is over.
func TestRefreshImpatient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf(100, 100)
		release := make(chan struct{})
		s.hold = func(_ context.Context, what string) {
			if what == "page" {
				<-release
			}
		}
		r := newReading(s, true, false)
		patience, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		v := r.lookUp(t.Context(), patience, driver.Key{ID: "l0"})
		if v.found {
			t.Error("no page has come yet")
		}
		got, err := s.get(t.Context(), "l0")
		v.report(t.Context(), got, err)
		close(release)
		synctest.Wait()
		if s.pages != 1 || s.singles != 1 {
			t.Error(s.spent())
		}
	})
}

// Each scope has its own list; the first single reads are everybody's.
func TestRefreshOfSeveralScopes(t *testing.T) {
	s := newShelf(100, 100)
	r := newReading(s, false, false)
	for i, scope := range []string{"a", "b", "c"} {
		for _, id := range ids(0, 8) {
			v := r.lookUp(t.Context(), t.Context(), driver.Key{Scope: scope, ID: id})
			if !v.found {
				got, err := s.get(t.Context(), id)
				v.report(t.Context(), got, err)
			}
		}
		if want := []int{0, 1, 2}[i]; s.pages != want {
			t.Errorf("after %s: %s", scope, s.spent())
		}
	}
	if s.singles != initialGets {
		t.Error(s.spent())
	}
}
