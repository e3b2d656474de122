package bulkread

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// endless is a list without pages: so many links, made as they are read. during runs after so many of them.
type endless struct {
	links  int
	text   func(i int) string
	during func(i int)
	err    error // at the end
	lists  int
}

func (l *endless) PageAt(ctx context.Context, _, _ string, each func(string, func() item)) (page paging.Page[item, string], err error) {
	l.lists++
	for i := range l.links {
		if ctx.Err() != nil {
			return page, ctx.Err()
		}
		one := item{fmt.Sprintf("l%d", i), l.text(i)}
		each(one.id, func() item { return one })
		if l.during != nil {
			l.during(i)
		}
	}
	return page, l.err
}

// newEndlessFixture is a Reader of such a list; singly it finds so many links.
func newEndlessFixture(l *endless, found int, listOnly bool) *readerFixture {
	r := newReaderFixture(newFakeList(found, 1), listOnly, false)
	r.Pager = l
	return r
}

// liveHeap returns how many bytes are live, after a collection.
func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Of a million links, twenty of which are in the state, little more than those is kept; whether a link that is gone is listed is known
// all the same.
func TestMemoryIsBounded(t *testing.T) {
	const kilobyte = 1 << 10
	before, most := liveHeap(), uint64(0)
	l := &endless{links: 1_000_000, text: func(int) string { return string(make([]byte, kilobyte)) }}
	l.during = func(i int) {
		if i%250_000 == 249_999 {
			most = max(most, liveHeap()-before)
		}
	}
	r := newEndlessFixture(l, 0, true)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if got, err := r.read(t.Context(), fmt.Sprintf("l%d", i*50_000)); err != nil || len(got.text) != kilobyte {
				t.Errorf("%d bytes, %v", len(got.text), err)
			}
		})
	}
	all.Wait()
	if listed, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); listed || !complete {
		t.Errorf("listed %t, complete %t", listed, complete)
	}
	if l.lists != 1 || most > 64<<20 {
		t.Errorf("%d lists, %d MB", l.lists, most>>20)
	}
}

// What is not kept is read singly.
func TestWhatIsNotKeptIsReadSingly(t *testing.T) {
	const more = 50
	l := &endless{links: 1 + maxUnclaimed + more, text: func(int) string { return "first" }}
	r := newEndlessFixture(l, l.links, true)
	r.requireReads(t, 1, "l0")
	r.ListedAtEnd(t.Context(), driver.Key{ID: "l0"})
	r.requireReads(t, 10, ids(1+maxUnclaimed-50, l.links)...)
	if l.lists != 1 || r.list.gets != more {
		t.Errorf("%d lists, %d reads", l.lists, r.list.gets)
	}
}

// A read is answered before the list has ended, and what a huge list does not show for long is read singly meanwhile.
func TestLongListIsUsedAsItComes(t *testing.T) {
	ended := make(chan struct{})
	l := &endless{links: linksPerPage + 2, text: func(int) string { return "first" }}
	l.during = func(i int) {
		if i == linksPerPage {
			<-ended
		}
	}
	r := newEndlessFixture(l, 2*linksPerPage, false)
	r.requireReads(t, 10, ids(0, initialGets)...)
	r.requireRequests(t, "page=0 get=10 batch=0")
	r.requireReads(t, 2, fmt.Sprintf("l%d", linksPerPage-1), fmt.Sprintf("l%d", linksPerPage+5))
	r.requireRequests(t, "page=0 get=1 batch=0")
	close(ended)
}

// A list that fails in the middle has answered those whose links it showed; the others are read singly. One that nobody waits for any more
// is read again for the next.
func TestLongListThatFails(t *testing.T) {
	l := &endless{links: 10, text: func(int) string { return "first" }, err: errFake}
	r := newEndlessFixture(l, 30, true)
	r.requireReads(t, 1, "l3", "l4", "l20")
	r.requireRequests(t, "page=0 get=1 batch=0")

	ctx, cancel := context.WithCancel(t.Context())
	l = &endless{links: 10, text: func(int) string { return "first" }}
	stopped := make(chan struct{})
	l.during = func(i int) {
		if i == 5 && l.lists == 1 {
			cancel()
			<-stopped
		}
	}
	r = newEndlessFixture(l, 10, true)
	if _, err := r.read(ctx, "l7"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(stopped)
	r.requireReads(t, 1, "l2")
	if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); !complete {
		t.Error("not complete when read again")
	}
}
