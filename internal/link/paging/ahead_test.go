package paging_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
)

// slowList is a fakeList whose pages take a second each, and tell which ones follow.
type slowList struct {
	*fakeList
	mu               sync.Mutex
	underWay, most   int
	following        func(next, total int) []int // other than what is true
	failing, endings int                         // offset of the page that fails; pages that ended with their context
}

var errSlow = errors.New("the page failed")

func (s *slowList) page(ctx context.Context, offset int) (paging.Page[string, int], error) {
	s.mu.Lock()
	s.underWay++
	s.most = max(s.most, s.underWay)
	out, err := s.fakeList.page(ctx, offset)
	s.mu.Unlock()
	failed := clock.System{}.Sleep(ctx, time.Second)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.underWay--
	if failed != nil {
		s.endings++
		return out, failed
	}
	if s.failing > 0 && offset == s.failing {
		return paging.Page[string, int]{}, errSlow
	}
	if out.Next != nil {
		out.Following = paging.Following(*out.Next, fakePageSize, *out.Total)
		if s.following != nil {
			out.Following = s.following(*out.Next, *out.Total)
		}
	}
	return out, err
}

func TestPagesAreReadSideBySide(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		links, pages, seconds int
		following             func(next, total int) []int
	}{
		"one page": {3, 1, 1, nil}, "two pages": {6, 2, 2, nil}, "ten pages": {30, 10, 5, nil}, "a hundred pages": {300, 100, 18, nil},
		"which ones is not known": {30, 10, 10, func(int, int) []int { return nil }},
		"others follow":           {30, 10 + 18, 19, func(next, _ int) []int { return []int{next + 1, next + 2} }},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &slowList{fakeList: newFakeList(c.links), following: c.following}
			began := (clock.System{}).Now()
			got, err := collect(t, paging.All(t.Context(), self, 0, s.page))
			if err != nil || !slices.Equal(got, s.ids) {
				t.Errorf("%s: %v, %v", name, got, err)
			}
			if took := (clock.System{}).Now().Sub(began); took > time.Duration(c.seconds)*time.Second || s.pages > c.pages || s.most > 1+paging.MaxAhead {
				t.Errorf("%s: %s, %d pages, %d at a time", name, took, s.pages, s.most)
			}
		})
	}
}

// Who stops early has caused few pages more than were needed, and leaves none under way. A page that fails is an error when its turn comes.
func TestPagesAheadEndWithTheRange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &slowList{fakeList: newFakeList(300)}
		for id, err := range paging.All(t.Context(), self, 0, s.page) {
			if err != nil || id == s.ids[3*fakePageSize] {
				break
			}
		}
		synctest.Wait()
		if s.underWay != 0 || s.pages > 9 || s.endings == 0 {
			t.Errorf("%d pages, of which %d ended early and %d are under way", s.pages, s.endings, s.underWay)
		}
		s = &slowList{fakeList: newFakeList(30), failing: 4 * fakePageSize}
		got, err := collect(t, paging.All(t.Context(), self, 0, s.page))
		if !errors.Is(err, errSlow) || !slices.Equal(got, s.ids[:4*fakePageSize]) {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// A link that comes between two pages that are read side by side is noticed by the total, as between any.
func TestListThatChangesSideBySideIsReadAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &slowList{fakeList: newFakeList(30)}
		s.before = func(l *fakeList, page int) {
			changeIf(page == 5, l, func(l *fakeList) { l.ids = append([]string{"new"}, l.ids...) })
		}
		got, err := collect(t, paging.All(t.Context(), self, 0, s.page))
		slices.Sort(got)
		if want := slices.Sorted(slices.Values(s.ids)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, want %v, %v", got, want, err)
		}
	})
}

func TestFollowing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		next, step, end int
		want            []int
	}{{2, 1, 3, nil}, {2, 1, 5, []int{3, 4}}, {50, 50, 101, []int{100}}, {50, 50, 100, nil}, {5, 0, 9, nil}, {5, -1, 9, nil}} {
		if got := paging.Following(c.next, c.step, c.end); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if got := paging.Following(1, 1, 1<<40); len(got) > 2*paging.MaxAhead {
		t.Errorf("%d pages of a list that never ends", len(got))
	}
}
