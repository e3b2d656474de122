package paging

import (
	"fmt"
	"hash/maphash"
)

// IDs is a set of ids. It holds eight bytes of each: of a million ids two are taken for one in one of forty million runs.
type IDs map[uint64]struct{}

var seed = maphash.MakeSeed()

// Add adds an id, and reports whether it was not there.
func (s IDs) Add(id string) bool {
	before := len(s)
	s[maphash.String(seed, id)] = struct{}{}
	return len(s) > before
}

// Has reports whether an id is there.
func (s IDs) Has(id string) bool {
	_, ok := s[maphash.String(seed, id)]
	return ok
}

// Pass is what one pass over a list saw of it; the zero value saw nothing.
type Pass struct {
	ids          IDs
	page, before digest // of the page under way, and of the one before it
	total        *int   // as the latest page told
	totalChanged bool
}

// digest is equal for the same ids in the same order.
type digest struct {
	ids int
	sum uint64
}

// Add adds a link of the page under way, and reports whether no page showed it before.
func (s *Pass) Add(id string) bool {
	if s.ids == nil {
		s.ids = IDs{}
	}
	s.page = digest{s.page.ids + 1, s.page.sum*prime + maphash.String(seed, id)}
	return s.ids.Add(id)
}

// prime spreads the sums of a digest.
const prime = 0x9e3779b97f4a7c15

// EndPage ends a page. It reports whether that was the one before it again, although the total is the same.
func (s *Pass) EndPage(total *int) (repeated bool) {
	changed := s.total != nil && total != nil && *s.total != *total
	repeated = s.page.ids > 0 && s.page == s.before && !changed
	s.page, s.before = digest{}, s.page
	if total != nil {
		s.total, s.totalChanged = total, s.totalChanged || changed
	}
	return repeated
}

// Shows reports whether a page showed a link.
func (s *Pass) Shows(id string) bool { return s.ids.Has(id) }

// Incomplete returns an error if the total changed, or if fewer links were seen than the vendor counts.
func (s *Pass) Incomplete() *Incomplete {
	if s.total == nil || !s.totalChanged && len(s.ids) >= *s.total {
		return nil
	}
	return &Incomplete{Seen: len(s.ids), Total: *s.total, Changed: s.totalChanged}
}

// maxRepeats is how often a list that changed while it was read is read again.
const maxRepeats = 3

// Incomplete is the error that ends a list which was read to its end and yet may lack links.
type Incomplete struct {
	Seen, Total int // in the last pass
	Changed     bool
}

func (e *Incomplete) Error() string {
	if e.Changed {
		return fmt.Sprintf("The list was read %d times, and links were created or removed each time. Some may be missing.", maxRepeats+1)
	}
	return fmt.Sprintf("The vendor counts %d links but listed %d.", e.Total, e.Seen)
}
