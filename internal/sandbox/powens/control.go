package powens

import (
	"fmt"
	"time"
)

// attempt is somebody who opens the link's page and comes to a state of a payment. A link can be paid again and again,
// until it is revoked (contract 8.29); a payment under way goes on after that.
func (s *Server) attempt(id, state string) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		under := l.inProgress()
		if l.revoked(now) && !under {
			return fmt.Errorf("nobody can pay the powens link %s: it is revoked", id)
		}
		if !under {
			s.lastPayment++
			l.LastPaymentID = 70000 + s.lastPayment
		}
		if l.ReferenceID == "" && s.Switch.ReferenceID == Later {
			l.ReferenceID = reference()
		}
		l.AttemptState = state
		return nil
	})
}

// Pay is a customer who pays: the latest attempt is "done". The link stays open (contract 8.29).
func (s *Server) Pay(id string) error { return s.attempt(id, Done) }

// StartPayment is a customer in the middle of paying: the latest attempt is "pending".
func (s *Server) StartPayment(id string) error { return s.attempt(id, Pending) }

// Reject is an attempt that the customer or the bank has refused.
func (s *Server) Reject(id string) error { return s.attempt(id, Rejected) }

// Expire is an attempt that came to no end in time. Links themselves do not expire (contract 3.9).
func (s *Server) Expire(id string) error { return s.attempt(id, Expired) }

// Revoke revokes a link in the vendor's console, now or, which the API cannot do, at a time to come.
func (s *Server) Revoke(id string, at time.Time) error {
	return s.Update(id, func(l *Link, _ time.Time) error {
		l.RevokedAt = at
		return nil
	})
}

// ForceStatus sets any state of the latest attempt, also one that no document names, and a payment unless there is none ("").
func (s *Server) ForceStatus(id, state string) error {
	return s.Update(id, func(l *Link, _ time.Time) error {
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
