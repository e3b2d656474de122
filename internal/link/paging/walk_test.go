package paging_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// shelf is a list in pages of three, counted by offset. before is done before each page is cut, with its number from 1.
type shelf struct {
	ids    []string
	before func(s *shelf, page int)
	untold bool // the pages do not say how many there are
	pages  int
}

const shelfPage = 3

func newShelf(n int) *shelf {
	s := &shelf{}
	for i := range n {
		s.ids = append(s.ids, fmt.Sprintf("old-%02d", i))
	}
	return s
}

func (s *shelf) page(offset int) (paging.Page[string, int], error) {
	s.pages++
	if s.before != nil {
		s.before(s, s.pages)
	}
	total := len(s.ids)
	start := min(offset, total)
	out := paging.Page[string, int]{Links: slices.Clone(s.ids[start:min(start+shelfPage, total)])}
	if !s.untold {
		out.Total = &total
	}
	if next := start + len(out.Links); next < total || s.untold && len(out.Links) > 0 {
		out.Next = &next
	}
	return out, nil
}

func self(id string) string { return id }

// walked is what a walk handed on, and the error at its end.
func walked(t *testing.T, walk func(func(string, error) bool)) (ids []string, failed error) {
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

func TestWalkReadsEachPageOnce(t *testing.T) {
	t.Parallel()
	for n, pages := range map[int]int{0: 1, 1: 1, 3: 1, 4: 2, 9: 3, 10: 4} {
		s := newShelf(n)
		got, err := walked(t, paging.All(t.Context(), self, 0, s.page))
		if err != nil || !slices.Equal(got, s.ids) || s.pages != pages {
			t.Errorf("%d links: %v in %d pages, %v", n, got, s.pages, err)
		}
	}
}

func TestWalkAgainWhenTheListShifts(t *testing.T) {
	t.Parallel()
	remove := func(s *shelf) { s.ids = s.ids[1:] }
	add := func(s *shelf) { s.ids = append([]string{fmt.Sprintf("new-%02d", s.pages)}, s.ids...) }
	for name, tc := range map[string]struct {
		before    func(s *shelf, page int)
		pages     int
		missing   bool // the walk says that something may be missing
		changed   bool
		untouched bool // of the links that stay, each is handed on
	}{
		"one goes":              {func(s *shelf, page int) { once(page == 2, s, remove) }, 3 + 3, false, false, true},
		"one comes":             {func(s *shelf, page int) { once(page == 2, s, add) }, 4 + 4, false, false, true},
		"one goes, one comes":   {func(s *shelf, page int) { once(page == 2, s, remove); once(page == 3, s, add) }, 4 + 4, false, false, true},
		"one comes, again":      {func(s *shelf, page int) { once(page == 2 || page == 6, s, add) }, 4 + 4 + 4, false, false, true},
		"one comes, every time": {func(s *shelf, page int) { once(true, s, add) }, 0, true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShelf(10)
			s.before = tc.before
			got, err := walked(t, paging.All(t.Context(), self, 0, s.page))
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

func once(now bool, s *shelf, change func(*shelf)) {
	if now {
		change(s)
	}
}

// Three times again and no more; the links that were met are there all the same.
func TestWalkEndsOnAListThatNeverRests(t *testing.T) {
	t.Parallel()
	s := newShelf(6)
	s.before = func(s *shelf, _ int) { s.ids = append(s.ids, fmt.Sprintf("new-%02d", s.pages)) }
	walks := 0
	page := func(offset int) (paging.Page[string, int], error) {
		if offset == 0 {
			walks++
		}
		return s.page(offset)
	}
	got, err := walked(t, paging.All(t.Context(), self, 0, page))
	var incomplete *paging.Incomplete
	if walks != 4 || !errors.As(err, &incomplete) || len(got) < 6 {
		t.Errorf("%d walks, %v, %v", walks, err, got)
	}
	walks = 0
	if _, err := walked(t, paging.SinglePass(t.Context(), self, 0, page)); walks != 1 || err != nil {
		t.Errorf("WalkOnce walked %d times: %v", walks, err)
	}
}

func TestWalkSaysWhatTheListHides(t *testing.T) {
	t.Parallel()
	total := 5
	_, err := walked(t, paging.All(t.Context(), self, 0, func(int) (paging.Page[string, int], error) {
		return paging.Page[string, int]{Links: []string{"a", "b"}, Total: &total}, nil
	}))
	var incomplete *paging.Incomplete
	if !errors.As(err, &incomplete) || incomplete.Seen != 2 || incomplete.Total != 5 || incomplete.Changed {
		t.Errorf("%v", err)
	}
}

// A broken list is an error, and never a short list.
func TestWalkOfABrokenList(t *testing.T) {
	t.Parallel()
	stuck := []string{"a", "b", "c"}
	for name, tc := range map[string]struct {
		page  func(int) (paging.Page[string, int], error)
		pages int
	}{
		"the place is ignored": {func(at int) (paging.Page[string, int], error) {
			next := at + 3
			return paging.Page[string, int]{Links: stuck, Next: &next}, nil
		}, 2},
		"the pages go round": {func(at int) (paging.Page[string, int], error) {
			next := (at + 1) % 5
			return paging.Page[string, int]{Links: []string{fmt.Sprint(at)}, Next: &next}, nil
		}, 5},
		"the pages never end": {func(at int) (paging.Page[string, int], error) {
			next := at + 1
			return paging.Page[string, int]{Links: []string{fmt.Sprint(at)}, Next: &next}, nil
		}, 10_000},
		"the pages never end and are empty": {func(at int) (paging.Page[string, int], error) {
			next := at + 1
			return paging.Page[string, int]{Next: &next}, nil
		}, 10_000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pages := 0
			_, err := walked(t, paging.All(t.Context(), self, 0, func(at int) (paging.Page[string, int], error) {
				pages++
				return tc.page(at)
			}))
			var incomplete *paging.Incomplete
			if err == nil || errors.As(err, &incomplete) || pages != tc.pages {
				t.Errorf("%v after %d pages", err, pages)
			}
		})
	}
}

func TestWalkWithoutATotal(t *testing.T) {
	t.Parallel()
	s := newShelf(7)
	s.untold = true
	got, err := walked(t, paging.All(t.Context(), self, 0, s.page))
	if err != nil || !slices.Equal(got, s.ids) || s.pages != 4 { // the fourth is empty: only that tells
		t.Errorf("%v in %d pages, %v", got, s.pages, err)
	}
}

func TestWalkHandsOnWhatCameBeforeAnError(t *testing.T) {
	t.Parallel()
	s := newShelf(10)
	broken := errors.New("broken")
	page := func(offset int) (paging.Page[string, int], error) {
		out, _ := s.page(offset)
		if offset == 3 {
			out.Links = out.Links[:1]
			return out, broken
		}
		return out, nil
	}
	got, err := walked(t, paging.All(t.Context(), self, 0, page))
	if !errors.Is(err, broken) || !slices.Equal(got, s.ids[:4]) || s.pages != 2 {
		t.Errorf("%v after %d pages: %v", got, s.pages, err)
	}
}

func TestWalkStops(t *testing.T) {
	t.Parallel()
	s := newShelf(10)
	for id, err := range paging.All(t.Context(), self, 0, s.page) {
		if id == "old-04" || err != nil {
			break
		}
	}
	if s.pages != 2 {
		t.Errorf("%d pages after a break in the second", s.pages)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s = newShelf(10)
	s.before = func(_ *shelf, page int) { once(page == 2, nil, func(*shelf) { cancel() }) }
	if _, err := walked(t, paging.All(ctx, self, 0, s.page)); !errors.Is(err, context.Canceled) || s.pages != 2 {
		t.Errorf("%v after %d pages of a walk that was called off in the second", err, s.pages)
	}
}
