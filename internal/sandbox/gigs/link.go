package gigs

import "time"

// The statuses of a link (contract 3.1).
const (
	Active    = "active"
	Canceled  = "canceled"
	Completed = "completed"
)

// The statuses of an invoice (contract 3.5).
const (
	InvoiceDraft     = "draft"
	InvoiceFinalized = "finalized"
	InvoicePaid      = "paid"
	InvoiceVoided    = "voided"
)

const ebanx = "ebanx"

// User is the payer. The vendor hands it on and does not return it; the sandbox keeps what came, for tests to look at.
type User struct {
	FullName  string
	Email     string
	TaxNumber string
}

// Link is a link as the vendor holds it. RedirectURL is as sent, nil when it was not; times are zero until they happen.
type Link struct {
	Project     string
	ID          string
	Invoice     string
	Type        string
	Status      string
	PaymentURL  string
	RedirectURL *string
	User        User
	CreatedAt   time.Time
	CompletedAt time.Time
	CanceledAt  time.Time

	seeded *linkWire // as it was given, while nobody has changed it
}

// copyAt is a copy.
func (l *Link) copyAt(time.Time) Link { return *l }

// end ends an active link.
func (l *Link) end(status string, now time.Time) {
	l.Status, l.seeded = status, nil
	switch now = now.UTC().Truncate(time.Second); status {
	case Canceled:
		l.CanceledAt = now
	case Completed:
		l.CompletedAt = now
	}
}
