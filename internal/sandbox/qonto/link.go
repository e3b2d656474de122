package qonto

import "time"

// The statuses of a link (contract 3.1).
const (
	Open       = "open"
	Processing = "processing"
	Paid       = "paid"
	Expired    = "expired"
	Canceled   = "canceled"
)

// The resource types of a link.
const (
	Basket  = "Basket"
	Invoice = "Invoice"
)

// lifetime of a link (contract 8.7).
const lifetime = 365 * 24 * time.Hour

// Amount is decimal text in major units with its currency.
type Amount struct {
	Value    string
	Currency string
}

// Item is one position of a basket; Quantity is the JSON number's own text, the pointers are nil when not sent.
type Item struct {
	Title       string
	Quantity    string
	UnitPrice   Amount
	VATRate     string
	Type        *string
	Description *string
	MeasureUnit *string
}

// Payment is one payment of a link; PaidAt is zero until it is paid.
type Payment struct {
	ID            string
	Amount        Amount
	Status        string
	CreatedAt     time.Time
	PaymentMethod string
	PaidAt        time.Time
	DebitorEmail  string
}

// Link is a link as the vendor holds it. Amounts are as sent; the gross of a basket has two decimals.
type Link struct {
	ID             string
	URL            string
	Status         string
	ResourceType   string
	Amount         Amount
	Methods        []string
	Reusable       bool
	Items          []Item
	InvoiceID      string
	InvoiceNumber  string
	DebitorName    string
	CreatedAt      time.Time
	ExpirationDate time.Time
	Payments       []Payment

	frozen bool            // seeded: does not expire by the clock, because published samples are long past
	hidden map[string]bool // seeded: the optional keys that the sample does not have
}

// status is the link's status at now: an open link expires by itself.
func (l *Link) status(now time.Time) string {
	if l.Status == Open && !l.frozen && !now.Before(l.ExpirationDate) {
		return Expired
	}
	return l.Status
}

// copyAt is a copy that shares nothing which changes.
func (l *Link) copyAt(now time.Time) Link {
	c := *l
	c.Status = l.status(now)
	c.Payments = append([]Payment(nil), l.Payments...)
	return c
}
