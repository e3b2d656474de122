package paging

import "slices"

// passStats is what one walk has seen of a list: whose links, and what the pages said about the whole.
type passStats struct {
	seen    map[string]bool
	page    []string // the latest
	total   *int     // the latest
	changed bool
}

func newPassStats() *passStats { return &passStats{seen: map[string]bool{}} }

func (s *passStats) add(page []string, total *int) {
	for _, id := range page {
		s.seen[id] = true
	}
	s.page = page
	if total != nil {
		s.changed = s.changed || s.total != nil && *s.total != *total
		s.total = total
	}
}

// repeatsPage: the page is the one before it again, although the list is as long as it was.
func (s *passStats) repeatsPage(page []string, total *int) bool {
	grown := s.total != nil && total != nil && *s.total != *total
	return len(page) > 0 && slices.Equal(page, s.page) && !grown
}

// incomplete: the total changed, or one link went while another came, so that fewer were met than are counted.
func (s *passStats) incomplete() *Incomplete {
	if s.total == nil || !s.changed && len(s.seen) >= *s.total {
		return nil
	}
	return &Incomplete{Seen: len(s.seen), Total: *s.total, Changed: s.changed}
}
