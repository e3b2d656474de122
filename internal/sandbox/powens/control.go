package powens

import (
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// change acts on a link under the lock.
func (s *Server) change(id string, act func(l *Link, now time.Time) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	link, ok := s.links.Get(id)
	if !ok {
		return fmt.Errorf("powens %q: %w", id, vendorapi.ErrNoLink)
	}
	return act(link, s.now())
}

// attempt is somebody who opens the link's page and comes to a state of a payment. A link can be paid again and again,
// until it is revoked (row 29); a payment under way goes on after that.
func (s *Server) attempt(id, state string) error {
	return s.change(id, func(l *Link, now time.Time) error {
		under := l.underway()
		if l.revoked(now) && !under {
			return fmt.Errorf("nobody can pay the powens link %s: it is revoked", id)
		}
		if !under {
			s.lastPayment++
			l.LastPaymentID = 70000 + s.lastPayment
		}
		if l.ReferenceID == "" && s.switches.ReferenceID == Later {
			l.ReferenceID = reference()
		}
		l.AttemptState = state
		return nil
	})
}

// Pay is a customer who pays: the latest attempt is "done". The link stays open (row 29).
func (s *Server) Pay(id string) error { return s.attempt(id, Done) }

// Process is a customer in the middle of paying: the latest attempt is "pending".
func (s *Server) Process(id string) error { return s.attempt(id, Pending) }

// Reject is an attempt that the customer or the bank has refused.
func (s *Server) Reject(id string) error { return s.attempt(id, Rejected) }

// Expire is an attempt that came to no end in time. Links themselves do not expire (3).
func (s *Server) Expire(id string) error { return s.attempt(id, Expired) }

// Revoke revokes a link in the vendor's console, now or, which the API cannot do, at a time to come.
func (s *Server) Revoke(id string, at time.Time) error {
	return s.change(id, func(l *Link, _ time.Time) error {
		l.RevokedAt = at
		return nil
	})
}

// Force sets any state of the latest attempt, also one that no document names, and a payment unless there is none ("").
func (s *Server) Force(id, state string) error {
	return s.change(id, func(l *Link, _ time.Time) error {
		l.AttemptState = state
		switch {
		case state == "":
			l.LastPaymentID = 0
		case l.LastPaymentID == 0:
			s.lastPayment++
			l.LastPaymentID = 70000 + s.lastPayment
		}
		return nil
	})
}

// Delete makes a link vanish, which the vendor's API cannot do.
func (s *Server) Delete(id string) error {
	return s.change(id, func(*Link, time.Time) error {
		s.links.Delete(id)
		return nil
	})
}

// Act does what the control API asks for.
func (s *Server) Act(id, action, status string) error {
	switch action {
	case "pay":
		return s.Pay(id)
	case "process":
		return s.Process(id)
	case "reject":
		return s.Reject(id)
	case "expire":
		return s.Expire(id)
	case "cancel":
		return s.Revoke(id, s.now())
	case "delete":
		return s.Delete(id)
	case "force":
		if status != "" {
			return s.Force(id, status)
		}
		return fmt.Errorf("force needs a status")
	}
	return fmt.Errorf("powens links cannot %q: pay, process, reject, expire, cancel, delete or force?status=", action)
}

// Links lists what the vendor holds, of all domains, oldest first.
func (s *Server) Links() []Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	var links []Link
	for link := range s.links.All() {
		links = append(links, link.snapshot())
	}
	return links
}

// Payable counts the links that are not revoked: whoever has the URL can pay, again too (row 29).
func (s *Server) Payable() int {
	n := 0
	for _, link := range s.Links() {
		if !link.revoked(s.now()) {
			n++
		}
	}
	return n
}
