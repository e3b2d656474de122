package conomy

import (
	"fmt"
	"slices"
	"time"
)

// updateIn changes a link whose status is one of those given; none is any.
func (s *Server) updateIn(id, verb string, change func(l *Link, now time.Time), allowed ...string) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		if status := l.status(now); len(allowed) > 0 && !slices.Contains(allowed, status) {
			return fmt.Errorf("cannot %s conomy link %s: it is %s", verb, id, status)
		}
		change(l, now)
		return nil
	})
}

// Pay is a payer whose payment went through: FINISHED, unless links stay ACTIVE (contract 8.28).
func (s *Server) Pay(id string) error {
	return s.updateIn(id, "pay", func(l *Link, _ time.Time) {
		l.Status = Finished
		if s.Switch.StaysActive {
			l.Status = Active
		}
	}, Active, Processing)
}

// StartPayment is a payer in the middle of paying.
func (s *Server) StartPayment(id string) error {
	return s.updateIn(id, "process", func(l *Link, _ time.Time) { l.Status = Processing }, Active)
}

// Fail is a payment that failed: the link takes payers again.
func (s *Server) Fail(id string) error {
	return s.updateIn(id, "fail", func(l *Link, _ time.Time) { l.Status = Active }, Active, Processing)
}

// Activate is a person who activates a link in the dashboard.
func (s *Server) Activate(id string) error {
	return s.updateIn(id, "activate", func(l *Link, _ time.Time) { l.Status = Active }, Attempt)
}

// Expire ends a link's time now.
func (s *Server) Expire(id string) error {
	return s.updateIn(id, "expire", func(l *Link, now time.Time) { l.Status, l.Expires = Expired, now }, Attempt, Active)
}

// ForceStatus sets any status, also one that no document names. One that had expired lives for its whole duration again.
func (s *Server) ForceStatus(id, status string) error {
	return s.updateIn(id, "force", func(l *Link, now time.Time) {
		l.Status = status
		if !now.Before(l.Expires) {
			l.Expires = now.Add(l.lifetime())
		}
	})
}

// Delete makes a link vanish in any status.
func (s *Server) Delete(id string) error {
	return s.updateIn(id, "delete", func(l *Link, _ time.Time) { s.remove(l) })
}
