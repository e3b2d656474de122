package gigs

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// linkWire has ten keys, which are always there (contract 2.1). A field of json.RawMessage is absent when nil, and may be null.
type linkWire struct {
	Object      string          `json:"object"`
	ID          string          `json:"id"`
	CanceledAt  json.RawMessage `json:"canceledAt,omitempty"`
	CompletedAt json.RawMessage `json:"completedAt,omitempty"`
	CreatedAt   string          `json:"createdAt"`
	Ebanx       json.RawMessage `json:"ebanx,omitempty"`
	Invoice     string          `json:"invoice"`
	PaymentURL  string          `json:"paymentUrl"`
	Status      string          `json:"status"`
	Type        string          `json:"type"`
	Extra       json.RawMessage `json:"sandboxExtra,omitempty"`
}

type linkPage struct {
	Object          string     `json:"object"`
	Items           []linkWire `json:"items"`
	MoreItemsAfter  *string    `json:"moreItemsAfter"`
	MoreItemsBefore *string    `json:"moreItemsBefore"`
}

// wire shows a link as the switches say. A seeded one is shown as it was given.
func (s *Server) wire(l *Link) linkWire {
	s.answers++
	if l.seeded != nil {
		return *l.seeded
	}
	formatTime := func(t time.Time) string {
		out := vendorapi.FormatTime(t, s.Switch.TimeForm, time.RFC3339)
		if s.Switch.Fractions && s.answers%2 == 0 {
			out = strings.TrimSuffix(out, "Z") + ".0Z"
		}
		return out
	}
	moment := func(t time.Time) json.RawMessage {
		if t.IsZero() {
			return vendorapi.Null
		}
		return vendorapi.Raw(formatTime(t))
	}
	details := map[string]json.RawMessage{"redirectUrl": vendorapi.Null}
	if l.RedirectURL != nil {
		details["redirectUrl"] = vendorapi.Raw(s.Switch.formatURL(*l.RedirectURL))
	}
	if s.Switch.OmitNulls && l.RedirectURL == nil {
		delete(details, "redirectUrl")
	}
	if s.Switch.ExtraFields {
		details["preview"] = json.RawMessage(`{"installments":3}`)
	}
	w := linkWire{
		Object: "paymentLink", ID: l.ID, CanceledAt: moment(l.CanceledAt), CompletedAt: moment(l.CompletedAt), CreatedAt: formatTime(l.CreatedAt),
		Ebanx: vendorapi.Raw(details), Invoice: l.Invoice, PaymentURL: l.PaymentURL, Status: l.Status, Type: l.Type,
	}
	if s.Switch.OmitNulls {
		w.CanceledAt, w.CompletedAt = present(w.CanceledAt), present(w.CompletedAt)
	}
	if s.Switch.ExtraFields {
		w.Extra = json.RawMessage(`{"since":"a later version","amounts":[1,null]}`)
	}
	return w
}

// present is nil for null.
func present(raw json.RawMessage) json.RawMessage {
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// formatURL shows a redirectUrl (contract 8.5).
func (sw Switches) formatURL(address string) string {
	if sw.TrailingSlash && !strings.HasSuffix(address, "/") {
		return address + "/"
	}
	return address
}
