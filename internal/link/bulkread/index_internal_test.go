package bulkread

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
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

// slowDown answers the first request of each list with a 429.
type slowDown struct{ requests int }

func (s *slowDown) RoundTrip(req *http.Request) (*http.Response, error) {
	s.requests++
	out := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody, Request: req}
	if s.requests%2 == 1 {
		out.StatusCode = http.StatusTooManyRequests
		out.Header.Set("Retry-After", "50")
	}
	return out, nil
}

// lister lists with a function.
type lister func(ctx context.Context) error

func (l lister) List(ctx context.Context, _ driver.Query) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		if err := l(ctx); err != nil {
			yield(item{}, err)
		}
	}
}

// The walk is for all that wait for it: what the one that began it has spent of its retry budget is not the walk's.
func TestWalkHasARetryBudgetOfItsOwn(t *testing.T) {
	clk := fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	client, err := rest.New(rest.Config{BaseURL: "https://api.example.com", Transport: &slowDown{}, Clock: clk, RetryBudget: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	request := func(ctx context.Context) error {
		_, err := client.Do(ctx, rest.Request{Method: http.MethodGet})
		return err
	}
	ctx := rest.WithRetryBudget(t.Context())
	if err := request(ctx); err != nil { // 50 s of a minute
		t.Fatal(err)
	}
	index := NewIndex(lister(request), func(i item) string { return i.id }, func(item) bool { return true }, clk)
	if shown, err := index.Shows(ctx, driver.Key{ID: "gone"}); shown || err != nil {
		t.Errorf("shown: %t, %v", shown, err)
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
