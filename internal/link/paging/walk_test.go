package paging_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// fakeList is a list in pages of three, addressed by offset. before runs before each page, with its number from 1.
type fakeList struct {
	ids          []string
	before       func(s *fakeList, page int)
	withoutTotal bool // pages do not tell the total
	pages        int
}

const fakePageSize = 3

func newFakeList(n int) *fakeList {
	s := &fakeList{}
	for i := range n {
		s.ids = append(s.ids, fmt.Sprintf("old-%02d", i))
	}
	return s
}

func (s *fakeList) page(_ context.Context, offset int) (paging.Page[string, int], error) {
	s.pages++
	if s.before != nil {
		s.before(s, s.pages)
	}
	total := len(s.ids)
	start := min(offset, total)
	out := paging.Page[string, int]{Links: slices.Clone(s.ids[start:min(start+fakePageSize, total)])}
	if !s.withoutTotal {
		out.Total = &total
	}
	if next := start + len(out.Links); next < total || s.withoutTotal && len(out.Links) > 0 {
		out.Next = &next
	}
	return out, nil
}

func self(id string) string { return id }

// collect returns what a range yields, and the error at its end.
func collect(t *testing.T, walk func(func(string, error) bool)) (ids []string, failed error) {
	t.Helper()
	for id, err := range walk {
		if failed != nil {
			t.Fatal("something came after the error")
		}
		if failed = err; err == nil {
			ids = append(ids, id)
		}
	}
	return ids, failed
}

func TestAllReadsEachPageOnce(t *testing.T) {
	t.Parallel()
	for n, pages := range map[int]int{0: 1, 1: 1, 3: 1, 4: 2, 9: 3, 10: 4} {
		s := newFakeList(n)
		got, err := collect(t, paging.All(t.Context(), self, 0, s.page))
		if err != nil || !slices.Equal(got, s.ids) || s.pages != pages {
			t.Errorf("%d links: %v in %d pages, %v", n, got, s.pages, err)
		}
	}
}

func TestAllReadsAChangedListAgain(t *testing.T) {
	t.Parallel()
	remove := func(s *fakeList) { s.ids = s.ids[1:] }
	add := func(s *fakeList) { s.ids = append([]string{fmt.Sprintf("new-%02d", s.pages)}, s.ids...) }
	for name, tc := range map[string]struct {
		before    func(s *fakeList, page int)
		pages     int
		missing   bool // the error is an Incomplete
		changed   bool
		untouched bool // each link that stays is yielded
	}{
		"one goes":              {func(s *fakeList, page int) { changeIf(page == 2, s, remove) }, 3 + 3, false, false, true},
		"one comes":             {func(s *fakeList, page int) { changeIf(page == 2, s, add) }, 4 + 4, false, false, true},
		"one goes, one comes":   {func(s *fakeList, page int) { changeIf(page == 2, s, remove); changeIf(page == 3, s, add) }, 4 + 4, false, false, true},
		"one comes, again":      {func(s *fakeList, page int) { changeIf(page == 2 || page == 6, s, add) }, 4 + 4 + 4, false, false, true},
		"one comes, every time": {func(s *fakeList, page int) { changeIf(true, s, add) }, 0, true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newFakeList(10)
			s.before = tc.before
			got, err := collect(t, paging.All(t.Context(), self, 0, s.page))
			var incomplete *paging.Incomplete
			if errors.As(err, &incomplete) != tc.missing || err != nil && !tc.missing {
				t.Fatalf("error %v", err)
			}
			if tc.missing && incomplete.Changed != tc.changed {
				t.Errorf("%+v", incomplete)
			}
			if tc.pages != 0 && s.pages != tc.pages {
				t.Errorf("%d pages, want %d", s.pages, tc.pages)
			}
			counts := map[string]int{}
			for _, id := range got {
				counts[id]++
			}
			for _, id := range s.ids {
				if counts[id] != 1 && (tc.untouched && id[:3] == "old" || !tc.missing) {
					t.Errorf("%s came %d times: %v", id, counts[id], got)
				}
			}
		})
	}
}

func changeIf(now bool, s *fakeList, change func(*fakeList)) {
	if now {
		change(s)
	}
}

// The list is read three more times and no more; the links that were seen are yielded all the same.
func TestAllGivesUpOnAListThatKeepsChanging(t *testing.T) {
	t.Parallel()
	s := newFakeList(6)
	s.before = func(s *fakeList, _ int) { s.ids = append(s.ids, fmt.Sprintf("new-%02d", s.pages)) }
	passes := 0
	page := func(ctx context.Context, offset int) (paging.Page[string, int], error) {
		if offset == 0 {
			passes++
		}
		return s.page(ctx, offset)
	}
	got, err := collect(t, paging.All(t.Context(), self, 0, page))
	var incomplete *paging.Incomplete
	if passes != 4 || !errors.As(err, &incomplete) || len(got) < 6 {
		t.Errorf("%d passes, %v, %v", passes, err, got)
	}
	passes = 0
	if _, err := collect(t, paging.SinglePass(t.Context(), self, 0, page)); passes != 1 || err != nil {
		t.Errorf("SinglePass made %d passes: %v", passes, err)
	}
}

func TestAllReportsMissingLinks(t *testing.T) {
	t.Parallel()
	total := 5
	_, err := collect(t, paging.All(t.Context(), self, 0, func(context.Context, int) (paging.Page[string, int], error) {
		return paging.Page[string, int]{Links: []string{"a", "b"}, Total: &total}, nil
	}))
	var incomplete *paging.Incomplete
	if !errors.As(err, &incomplete) || incomplete.Seen != 2 || incomplete.Total != 5 || incomplete.Changed {
		t.Errorf("%v", err)
	}
}

// A broken list ends with an error, and never looks complete.
func TestBrokenListIsAnError(t *testing.T) {
	t.Parallel()
	stuck, long := []string{"a", "b", "c"}, slices.Repeat([]string{"a"}, 9_999)
	for name, tc := range map[string]struct {
		page  func(int) (paging.Page[string, int], error)
		pages int
		bound string // that the error names
	}{
		"the cursor is ignored": {func(at int) (paging.Page[string, int], error) {
			next := at + 3
			return paging.Page[string, int]{Links: stuck, Next: &next}, nil
		}, 2, "repeats"},
		"the pages go round": {func(at int) (paging.Page[string, int], error) {
			next := (at + 1) % 5
			return paging.Page[string, int]{Links: []string{fmt.Sprint(at)}, Next: &next}, nil
		}, 5, "was already read"},
		"the pages never end": {func(at int) (paging.Page[string, int], error) {
			next := at + 1
			return paging.Page[string, int]{Links: []string{fmt.Sprint(at)}, Next: &next}, nil
		}, 10_000, "10000 pages"},
		"the pages never end and are empty": {func(at int) (paging.Page[string, int], error) {
			next := at + 1
			return paging.Page[string, int]{Next: &next}, nil
		}, 10_000, "10000 pages"},
		"the pages are endless and long": {func(at int) (paging.Page[string, int], error) {
			next := at + 1
			return paging.Page[string, int]{Links: append(long, fmt.Sprint(at)), Next: &next}, nil
		}, 100, "1000000 links"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages := 0
			_, err := collect(t, paging.All(t.Context(), self, 0, func(_ context.Context, at int) (paging.Page[string, int], error) {
				pages++
				return tc.page(at)
			}))
			var incomplete *paging.Incomplete
			if err == nil || errors.As(err, &incomplete) || pages != tc.pages || !strings.Contains(err.Error(), tc.bound) {
				t.Errorf("%v after %d pages", err, pages)
			}
		})
	}
}

// A walk ends by the clock too, and says so; a context that ends is no bound of the walk.
func TestWalkEndsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := func(_ context.Context, at int) (paging.Page[string, int], error) {
			if err := (clock.System{}).Sleep(t.Context(), 61*time.Second); err != nil {
				return paging.Page[string, int]{}, err
			}
			next := at + 1
			return paging.Page[string, int]{Links: []string{fmt.Sprint(at)}, Next: &next}, nil
		}
		if got, err := collect(t, paging.All(t.Context(), self, 0, slow)); err == nil || !strings.Contains(err.Error(), "20m0s") || len(got) != 20 {
			t.Errorf("%d links, %v", len(got), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		if got, err := collect(t, paging.All(ctx, self, 0, slow)); !errors.Is(err, context.DeadlineExceeded) || len(got) != 2 {
			t.Errorf("%d links, %v", len(got), err)
		}
	})
}

func TestListWithoutATotal(t *testing.T) {
	t.Parallel()
	s := newFakeList(7)
	s.withoutTotal = true
	got, err := collect(t, paging.All(t.Context(), self, 0, s.page))
	if err != nil || !slices.Equal(got, s.ids) || s.pages != 4 { // the fourth is empty: only that tells
		t.Errorf("%v in %d pages, %v", got, s.pages, err)
	}
}

func TestAllYieldsLinksBeforeAnError(t *testing.T) {
	t.Parallel()
	s := newFakeList(10)
	broken := errors.New("broken")
	page := func(ctx context.Context, offset int) (paging.Page[string, int], error) {
		out, _ := s.page(ctx, offset)
		if offset == 3 {
			out.Links = out.Links[:1]
			return out, broken
		}
		return out, nil
	}
	got, err := collect(t, paging.All(t.Context(), self, 0, page))
	if !errors.Is(err, broken) || !slices.Equal(got, s.ids[:4]) || s.pages != 2 {
		t.Errorf("%v after %d pages: %v", got, s.pages, err)
	}
}

func TestAllStopsWhenTheCallerDoes(t *testing.T) {
	t.Parallel()
	s := newFakeList(10)
	for id, err := range paging.All(t.Context(), self, 0, s.page) {
		if id == "old-04" || err != nil {
			break
		}
	}
	if s.pages != 2 {
		t.Errorf("%d pages after a break in the second", s.pages)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s = newFakeList(10)
	s.before = func(_ *fakeList, page int) { changeIf(page == 2, nil, func(*fakeList) { cancel() }) }
	if _, err := collect(t, paging.All(ctx, self, 0, s.page)); !errors.Is(err, context.Canceled) || s.pages != 2 {
		t.Errorf("%v after %d pages of a range that was canceled in the second", err, s.pages)
	}
}
