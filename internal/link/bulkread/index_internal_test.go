package bulkread

import (
	"context"
	"errors"
	"iter"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
)

// countedLister lists ids; err ends each list after them.
type countedLister struct {
	mu    sync.Mutex
	ids   []string
	err   error
	lists int
}

func (l *countedLister) List(context.Context, driver.Query) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.lists++
		for _, id := range l.ids {
			if !yield(item{id: id}, nil) {
				return
			}
		}
		if l.err != nil {
			yield(item{}, l.err)
		}
	}
}

func newTestIndex(l *countedLister) (*Index[item], *fakeclock.Clock) {
	clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	return NewIndex(l, func(i item) string { return i.id }, func(i item) bool { return i.id != "revoked" }, clk), clk
}

// What does not count is not shown, and hides nothing that does.
func TestIndexSkipsWhatDoesNotCount(t *testing.T) {
	index, _ := newTestIndex(&countedLister{ids: []string{"revoked", "a"}})
	for id, want := range map[string]bool{"a": true, "revoked": false, "gone": false} {
		if shown, err := index.Shows(t.Context(), driver.Key{ID: id}); shown != want || err != nil {
			t.Errorf("%s shown: %t, %v", id, shown, err)
		}
	}
}

func TestIndexReadsTheListOnce(t *testing.T) {
	l := &countedLister{ids: []string{"a", "b"}}
	index, clk := newTestIndex(l)
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if shown, err := index.Shows(t.Context(), driver.Key{ID: "gone"}); shown || err != nil {
				t.Errorf("shown: %t, %v", shown, err)
			}
		})
	}
	group.Wait()
	if l.lists != 1 {
		t.Errorf("%d lists", l.lists)
	}
	clk.Advance(pageTTL)
	_, _ = index.Shows(t.Context(), driver.Key{ID: "gone"})
	if l.lists != 2 {
		t.Errorf("%d lists after a minute", l.lists)
	}
}

// A link that an older walk shows may have gone since.
func TestIndexReadsAgainWhatItShows(t *testing.T) {
	l := &countedLister{ids: []string{"a", "b"}}
	index, _ := newTestIndex(l)
	for _, id := range []string{"b", "gone"} {
		if shown, err := index.Shows(t.Context(), driver.Key{ID: id}); shown != (id == "b") || err != nil {
			t.Errorf("%s: shown %t, %v", id, shown, err)
		}
	}
	l.ids = []string{"a"}
	if shown, _ := index.Shows(t.Context(), driver.Key{ID: "b"}); shown {
		t.Error("shown by a walk from before it went")
	}
	if l.lists != 2 {
		t.Errorf("%d lists", l.lists)
	}
}

func TestFailedWalkProvesNothing(t *testing.T) {
	l := &countedLister{ids: []string{"a"}, err: errors.New("no more")}
	index, _ := newTestIndex(l)
	if _, err := index.Shows(t.Context(), driver.Key{ID: "gone"}); err == nil {
		t.Error("no error")
	}
	l.err = nil
	if shown, err := index.Shows(t.Context(), driver.Key{ID: "gone"}); shown || err != nil || l.lists != 2 {
		t.Errorf("shown: %t, %v, %d lists", shown, err, l.lists)
	}
}

// An entry whose id cannot be read may be any link.
func TestEntryWithoutIDProvesNothing(t *testing.T) {
	index, _ := newTestIndex(&countedLister{ids: []string{"a", ""}})
	if _, err := index.Shows(t.Context(), driver.Key{ID: "gone"}); err == nil {
		t.Error("no error")
	}
	s := newFakeList(5, 5)
	s.items[3].id = ""
	r := newReaderFixture(s, true, false)
	r.requireReads(t, 1, "l1")
	if _, complete := r.ListedAtEnd(t.Context(), driver.Key{ID: "gone"}); complete {
		t.Error("complete although an entry has no id")
	}
}
