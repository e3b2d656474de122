package rest

import (
	"sync"
	"time"
)

// ahead learns the server's clock from the Date of its answers. A Date has lost its fraction of a second and is older
// than its answer, so that each is a lower bound; the highest one is the nearest.
type ahead struct {
	mu    sync.Mutex
	known bool
	by    time.Duration
}

func (a *ahead) learn(date, received time.Time) {
	if date.IsZero() {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if by := date.Sub(received); !a.known || by > a.by {
		a.known, a.by = true, by
	}
}

// ClockSkew is how far the server's clock is ahead of ours, at least (negative: behind); false before the first answer that
// told its time.
func (c *Client) ClockSkew() (time.Duration, bool) {
	c.ahead.mu.Lock()
	defer c.ahead.mu.Unlock()
	return c.ahead.by, c.ahead.known
}
