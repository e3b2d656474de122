package gigs

import (
	"fmt"
	"time"
)

// None of this is the vendor's: no documented call completes, cancels or deletes a link (contract 2.5).

func invoiceKey(project, id string) string { return project + "\n" + id }

// AddInvoice makes an invoice of Project known, in a status.
func (s *Server) AddInvoice(id, status string) {
	s.Lock()
	defer s.Unlock()
	s.invoices[invoiceKey(Project, id)] = status
}

// SettleInvoice pays or voids an invoice of Project behind its links' backs; with Switches.VoidCancels that cancels them.
func (s *Server) SettleInvoice(id, status string) {
	s.AddInvoice(id, status)
	s.Lock()
	defer s.Unlock()
	if !s.Switch.VoidCancels {
		return
	}
	for link := range s.Held(Project) {
		if link.Invoice == id && link.Status == Active {
			link.end(Canceled, s.Now())
		}
	}
}

// endActive ends a link that is active.
func (s *Server) endActive(id, verb, status string) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		if l.Status != Active {
			return fmt.Errorf("cannot %s gigs link %s: it is %s", verb, id, l.Status)
		}
		l.end(status, now)
		if status == Completed {
			s.invoices[invoiceKey(l.Project, l.Invoice)] = InvoicePaid
		}
		return nil
	})
}

// Pay is a customer who pays: the link is completed, and its invoice paid (contract 3.2).
func (s *Server) Pay(id string) error { return s.endActive(id, "pay", Completed) }

// Cancel is whatever cancels a link at the vendor.
func (s *Server) Cancel(id string) error { return s.endActive(id, "cancel", Canceled) }

// ForceStatus sets any status, also one that no document names.
func (s *Server) ForceStatus(id, status string) error {
	return s.Update(id, func(l *Link, now time.Time) error {
		l.end(status, now)
		return nil
	})
}
