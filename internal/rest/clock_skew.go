package rest

import (
	"sync"
	"time"
)

// clockSkew learns the server's clock from the Date of its responses. A Date has lost its fraction of a second and is older
// than its response, so that each is a lower bound; the highest one is the nearest.
type clockSkew struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration
}

// observe takes the Date of a response, zero where it has none, and when it was received.
func (s *clockSkew) observe(date, received time.Time) {
	if date.IsZero() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if offset := date.Sub(received); !s.known || offset > s.offset {
		s.known, s.offset = true, offset
	}
}

func (s *clockSkew) get() (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offset, s.known
}
