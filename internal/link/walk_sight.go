package link

import "slices"

// sight is what one walk has seen of a list: whose links, and what the pages said about the whole.
type sight struct {
	met     map[string]bool
	page    []string // the latest
	total   *int     // the latest
	changed bool
}

func newSight() *sight { return &sight{met: map[string]bool{}} }

func (s *sight) note(page []string, total *int) {
	for _, id := range page {
		s.met[id] = true
	}
	s.page = page
	if total != nil {
		s.changed = s.changed || s.total != nil && *s.total != *total
		s.total = total
	}
}

// stuck: the page is the one before it again, although the list is as long as it was.
func (s *sight) stuck(page []string, total *int) bool {
	grown := s.total != nil && total != nil && *s.total != *total
	return len(page) > 0 && slices.Equal(page, s.page) && !grown
}

// missed: the total changed, or one link went while another came, so that fewer were met than are counted.
func (s *sight) missed() *Incomplete {
	if s.total == nil || !s.changed && len(s.met) >= *s.total {
		return nil
	}
	return &Incomplete{Met: len(s.met), Total: *s.total, Changed: s.changed}
}
