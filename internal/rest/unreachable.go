package rest

import (
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

const (
	// maxDials is how often one request tries an address at which nothing has ever answered.
	maxDials = 3
	// unreachableTTL is how long the other requests are then not sent.
	unreachableTTL = 30 * time.Second

	unreachableNote = "Nothing has responded at this URL since the provider started, so no further requests are sent to it for 30 s. Check the endpoint, the network and the proxy."
)

// unreachable remembers that an address has never accepted a connection, so that not every request of a run finds that out by itself. It
// is safe for concurrent use.
type unreachable struct {
	mu      sync.Mutex
	reached bool  // something has answered, once
	cause   error // of the last request; nil if others may be sent
	until   time.Time
}

// observe learns from an attempt; last tells that its request has given up, of itself.
func (u *unreachable) observe(r result, last bool, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if r.facts.status > 0 || r.facts.written {
		u.reached, u.cause = true, nil
		return
	}
	var dial *net.OpError
	if u.reached || r.err == nil || r.facts.failure != connectionLost || !errors.As(r.err.Cause, &dial) || dial.Op != "dial" {
		return
	}
	if last || r.facts.number >= maxDials && isPermanent(dial) {
		u.cause, u.until = dial, now.Add(unreachableTTL)
	}
}

// isPermanent reports whether an address refuses, or does not exist, as opposed to a network that may be slow.
func isPermanent(dial *net.OpError) bool {
	var name *net.DNSError
	return errors.Is(dial, syscall.ECONNREFUSED) || errors.As(dial, &name) && name.IsNotFound
}

// known returns why no request can be sent; nil if one may be.
func (u *unreachable) known(now time.Time) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.cause == nil || !now.Before(u.until) {
		return nil
	}
	return u.cause
}
