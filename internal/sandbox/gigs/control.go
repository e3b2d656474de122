package gigs

import (
	"fmt"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// None of this is the vendor's: no documented call completes, cancels or deletes a link (3).

func invoiceKey(project, id string) string { return project + "\n" + id }

// AddInvoice makes an invoice of Project known, in a status.
func (s *Server) AddInvoice(id, status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invoices[invoiceKey(Project, id)] = status
}

// SettleInvoice pays or voids an invoice of Project behind its links' backs; with Switches.VoidCancels that cancels them.
func (s *Server) SettleInvoice(id, status string) {
	s.AddInvoice(id, status)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.switches.VoidCancels {
		return
	}
	for link := range s.links.All() {
		if link.Project == Project && link.Invoice == id && link.Status == Active {
			link.settle(Canceled, s.now())
		}
	}
}

// change acts on a link under the lock.
func (s *Server) change(id string, act func(l *Link, now time.Time) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	link, ok := s.links.Get(id)
	if !ok {
		return fmt.Errorf("gigs %q: %w", id, vendorapi.ErrNoLink)
	}
	return act(link, s.now())
}

// end settles a link that is active.
func (s *Server) end(id, verb, status string) error {
	return s.change(id, func(l *Link, now time.Time) error {
		if l.Status != Active {
			return fmt.Errorf("cannot %s gigs link %s: it is %s", verb, id, l.Status)
		}
		l.settle(status, now)
		if status == Completed {
			s.invoices[invoiceKey(l.Project, l.Invoice)] = InvoicePaid
		}
		return nil
	})
}

// Pay is a customer who pays: the link is completed, and its invoice paid (3).
func (s *Server) Pay(id string) error { return s.end(id, "pay", Completed) }

// Cancel is whatever cancels a link at the vendor.
func (s *Server) Cancel(id string) error { return s.end(id, "cancel", Canceled) }

// ForceStatus sets any status, also one that no document names.
func (s *Server) ForceStatus(id, status string) error {
	return s.change(id, func(l *Link, now time.Time) error {
		l.settle(status, now)
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
	return fmt.Errorf("gigs links cannot %q: pay, cancel, delete or force?status=", action)
}

// Links lists what the vendor holds, oldest first.
func (s *Server) Links() []Link {
	s.mu.Lock()
	defer s.mu.Unlock()
	var links []Link
	for link := range s.links.All() {
		links = append(links, *link)
	}
	return links
}

// Payable counts the links that are active: whoever has the URL can pay.
func (s *Server) Payable() int {
	n := 0
	for _, link := range s.Links() {
		if link.Status == Active {
			n++
		}
	}
	return n
}
