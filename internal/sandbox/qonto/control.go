package qonto

import (
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// updateOpen changes a link that somebody can still pay or is paying.
func (s *Server) updateOpen(id, verb string, change func(l *Link, now time.Time)) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		if status := l.status(now); status != Open && status != Processing {
			return fmt.Errorf("cannot %s qonto link %s: it is %s", verb, id, status)
		}
		change(l, now)
		return nil
	})
}

// Pay is a customer who pays: a payment "paid", and the link "paid". A reusable link stays open (contract 3.4, inferred).
func (s *Server) Pay(id string) error {
	return s.updateOpen(id, "pay", func(l *Link, now time.Time) {
		l.addPayment(now, "paid")
		switch {
		case l.Reusable:
		case s.Switch.PaidStaysProcessing:
			l.Status = Processing
		default:
			l.Status = Paid
		}
	})
}

// StartPayment is a customer in the middle of paying: a payment "pending", and the link "processing".
func (s *Server) StartPayment(id string) error {
	return s.updateOpen(id, "process", func(l *Link, now time.Time) {
		l.addPayment(now, "pending")
		l.Status = Processing
	})
}

// Fail is a payment that failed: the link takes payers again (own choice: the contract knows failed payments only).
func (s *Server) Fail(id string) error {
	return s.updateOpen(id, "fail", func(l *Link, now time.Time) {
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
	return s.updateOpen(id, "expire", func(l *Link, now time.Time) {
		l.Status = Expired
		l.ExpirationDate = now.UTC().Truncate(time.Second)
	})
}

// Cancel deactivates a link in the vendor's web application.
func (s *Server) Cancel(id string) error {
	return s.updateOpen(id, "cancel", func(l *Link, _ time.Time) { l.Status = Canceled })
}

// ForceStatus sets any status, also one that no document names.
func (s *Server) ForceStatus(id, status string) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		l.Status = status
		if status == Open && !now.Before(l.ExpirationDate) {
			l.ExpirationDate = now.UTC().Truncate(time.Second).Add(lifetime)
		}
		return nil
	})
}

// AddInvoice makes an invoice known to Switches.StrictInvoice.
func (s *Server) AddInvoice(id string) {
	s.Lock()
	defer s.Unlock()
	s.invoices[id] = true
}
