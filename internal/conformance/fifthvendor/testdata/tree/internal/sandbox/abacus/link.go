package abacus

import (
	"fmt"
	"maps"
	"strconv"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// The statuses of a link (contract 3.1).
const (
	Live     = "live"
	Settling = "settling"
	Settled  = "settled"
	Lapsed   = "lapsed"
)

// Link is a link as the vendor holds and shows it (contract 2.1).
type Link struct {
	Number   int64             `json:"number"`
	Page     string            `json:"page"`
	Title    string            `json:"title"`
	Mills    int64             `json:"mills"`
	Currency string            `json:"currency"`
	Metadata map[string]string `json:"metadata"`
	Hours    int64             `json:"hours"`
	Status   string            `json:"status"`
	Made     int64             `json:"made"`
	Ends     int64             `json:"ends"`
}

func (l *Link) id() string { return strconv.FormatInt(l.Number, 10) }

// copyAt is a copy at a time: a live link lapses by itself.
func (l *Link) copyAt(now time.Time) Link {
	c := *l
	c.Metadata = maps.Clone(l.Metadata)
	if c.Status == Live && now.Unix() >= c.Ends {
		c.Status = Lapsed
	}
	return c
}

// describe shows a link for the control API and for people.
func (l Link) describe(time.Time) vendorapi.Link {
	out := vendorapi.Link{
		ID: l.id(), URL: l.Page, Status: l.Status, Payable: l.Status == Live, Amount: fmt.Sprintf("%d.%03d", l.Mills/1000, l.Mills%1000), Currency: l.Currency,
		CreatedAt: time.Unix(l.Made, 0).UTC(), Label: l.Title, State: vendorapi.StateUnknown,
	}
	switch l.Status {
	case Live:
		out.State, out.ExpiresAt = vendorapi.StateOpen, time.Unix(l.Ends, 0).UTC()
		out.Buttons = []vendorapi.Button{
			{Action: "pay", Label: "Pay", Payer: true}, {Action: "process", Label: "Begin to pay", Payer: true}, {Action: "expire", Label: "Let it lapse"},
		}
	case Settling:
		out.State = vendorapi.StateProcessing
	case Settled:
		out.State = vendorapi.StatePaid
	case Lapsed:
		out.State = vendorapi.StateExpired
	}
	return out
}
