package rest

import (
	"sync"
	"time"
)

// clockSkew estimates the server's clock from the Date of its responses. A Date has no fraction of a second and is older than its
// response: each gives a lower bound, and the highest one is the closest.
type clockSkew struct {
	mu     sync.Mutex
	known  bool
	offset time.Duration
}

// observe records the Date of a response (zero if it has none) and when it was received.
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
