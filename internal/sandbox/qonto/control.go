package qonto

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
		return fmt.Errorf("qonto %q: %w", id, vendorapi.ErrNoLink)
	}
	return act(link, s.now())
}

// alive acts on a link that somebody can still pay or is paying.
func (s *Server) alive(id, verb string, act func(l *Link, now time.Time)) error {
	return s.change(id, func(l *Link, now time.Time) error {
		if status := l.status(now); status != Open && status != Processing {
			return fmt.Errorf("cannot %s qonto link %s: it is %s", verb, id, status)
		}
		act(l, now)
		return nil
	})
}

// Pay is a customer who pays: a payment "paid", and the link "paid". A reusable link stays open (section 3.1, inferred).
func (s *Server) Pay(id string) error {
	return s.alive(id, "pay", func(l *Link, now time.Time) {
		l.addPayment(now, "paid")
		switch {
		case l.Reusable:
		case s.switches.PaidStaysProcessing:
			l.Status = Processing
		default:
			l.Status = Paid
		}
	})
}

// Process is a customer in the middle of paying: a payment "pending", and the link "processing".
func (s *Server) Process(id string) error {
	return s.alive(id, "process", func(l *Link, now time.Time) {
		l.addPayment(now, "pending")
		l.Status = Processing
	})
}

// Fail is a payment that failed: the link takes payers again (own choice: the contract knows failed payments only).
func (s *Server) Fail(id string) error {
	return s.alive(id, "fail", func(l *Link, now time.Time) {
		l.addPayment(now, "failed")
		l.Status = Open
	})
}

// addPayment settles a payment that is pending, or adds one.
func (l *Link) addPayment(now time.Time, status string) {
	p := Payment{
		ID: vendorapi.UUID(now), Amount: l.Amount, Status: status, CreatedAt: now.UTC().Truncate(time.Second),
		DebitorEmail: "payer@example.com",
	}
	if len(l.Methods) > 0 {
		p.PaymentMethod = l.Methods[0]
	}
	last := len(l.Payments) - 1
	pending := last >= 0 && l.Payments[last].Status == "pending"
	if pending {
		p.ID, p.CreatedAt = l.Payments[last].ID, l.Payments[last].CreatedAt
		l.Payments = l.Payments[:last]
	}
	if status == "paid" {
		p.PaidAt = now.UTC().Truncate(time.Second)
	}
	l.Payments = append(l.Payments, p)
}

// Expire ends a link's time now.
func (s *Server) Expire(id string) error {
	return s.alive(id, "expire", func(l *Link, now time.Time) {
		l.Status = Expired
		l.ExpirationDate = now.UTC().Truncate(time.Second)
	})
}

// Cancel deactivates a link in the vendor's web application.
func (s *Server) Cancel(id string) error {
	return s.alive(id, "cancel", func(l *Link, _ time.Time) { l.Status = Canceled })
}

// ForceStatus sets any status, also one that no document names.
func (s *Server) ForceStatus(id, status string) error {
	return s.change(id, func(l *Link, now time.Time) error {
		l.Status = status
		if status == Open && !now.Before(l.ExpirationDate) {
			l.ExpirationDate = now.UTC().Truncate(time.Second).Add(lifetime)
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
	case "fail":
		return s.Fail(id)
	case "expire":
		return s.Expire(id)
	case "cancel":
		return s.Cancel(id)
	case "delete":
		return s.Delete(id)
	case "force":
		if status != "" {
			return s.ForceStatus(id, status)
		}
		return fmt.Errorf("force needs a status")
	}
	return fmt.Errorf("qonto links cannot %q: pay, process, fail, expire, cancel, delete or force?status=", action)
}

// AddInvoice makes an invoice known to Switches.StrictInvoice.
func (s *Server) AddInvoice(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invoices[id] = true
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

// Payable counts the links that are open: whoever has the URL can pay.
func (s *Server) Payable() int {
	n := 0
	for _, link := range s.Links() {
		if link.Status == Open {
			n++
		}
	}
	return n
}
