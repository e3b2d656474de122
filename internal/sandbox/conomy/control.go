package conomy

import (
	"fmt"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// change acts on a link under the lock, where its status is one of those given; none is any.
func (s *Server) change(id, verb string, act func(l *Link, now time.Time), allowed ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	link, ok := s.links.Get(id)
	if !ok {
		return fmt.Errorf("conomy %q: %w", id, vendorapi.ErrNoLink)
	}
	now := s.now()
	if status := link.status(now); len(allowed) > 0 && !slices.Contains(allowed, status) {
		return fmt.Errorf("cannot %s conomy link %s: it is %s", verb, id, status)
	}
	act(link, now)
	return nil
}

// Pay is a payer whose payment went through: FINISHED, unless links stay ACTIVE (row 28).
func (s *Server) Pay(id string) error {
	return s.change(id, "pay", func(l *Link, _ time.Time) {
		l.Status = Finished
		if s.switches.StaysActive {
			l.Status = Active
		}
	}, Active, Processing)
}

// Process is a payer in the middle of paying.
func (s *Server) Process(id string) error {
	return s.change(id, "process", func(l *Link, _ time.Time) { l.Status = Processing }, Active)
}

// Fail is a payment that failed: the link takes payers again.
func (s *Server) Fail(id string) error {
	return s.change(id, "fail", func(l *Link, _ time.Time) { l.Status = Active }, Active, Processing)
}

// Activate is a person who activates a link in the dashboard.
func (s *Server) Activate(id string) error {
	return s.change(id, "activate", func(l *Link, _ time.Time) { l.Status = Active }, Attempt)
}

// Expire ends a link's time now.
func (s *Server) Expire(id string) error {
	return s.change(id, "expire", func(l *Link, now time.Time) { l.Status, l.Expires = Expired, now }, Attempt, Active)
}

// ForceStatus sets any status, also one that no document names. A link that has to be alive again gets its duration anew.
func (s *Server) ForceStatus(id, status string) error {
	return s.change(id, "force", func(l *Link, now time.Time) {
		l.Status = status
		if !now.Before(l.Expires) {
			l.Expires = now.Add(l.lifetime())
		}
	})
}

// Delete makes a link vanish in any status.
func (s *Server) Delete(id string) error {
	return s.change(id, "delete", func(l *Link, _ time.Time) { s.remove(l) })
}

// Act does what the control API asks for. No link of Conomy's is canceled: to cancel is to delete.
func (s *Server) Act(id, action, status string) error {
	switch action {
	case "pay":
		return s.Pay(id)
	case "process":
		return s.Process(id)
	case "fail":
		return s.Fail(id)
	case "activate":
		return s.Activate(id)
	case "expire":
		return s.Expire(id)
	case "cancel", "delete":
		return s.Delete(id)
	case "force":
		if status != "" {
			return s.ForceStatus(id, status)
		}
		return fmt.Errorf("force needs a status")
	}
	return fmt.Errorf("conomy links cannot %q: pay, process, fail, activate, expire, cancel, delete or force?status=", action)
}

// Links lists what the vendor holds, oldest first.
func (s *Server) Links() []Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	var links []Link
	for link := range s.links.All() {
		links = append(links, link.snapshot(s.now()))
	}
	return links
}

// Payable counts the links that take payers.
func (s *Server) Payable() int {
	n := 0
	for _, link := range s.Links() {
		if link.Status == Active {
			n++
		}
	}
	return n
}
