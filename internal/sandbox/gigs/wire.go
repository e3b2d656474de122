package gigs

import (
	"encoding/json"
	"strings"
	"time"
)

// rawJSON is absent when nil, and may be null.
type rawJSON = json.RawMessage

var null = rawJSON("null")

// linkWire is 2.1: ten keys, always there.
type linkWire struct {
	Object      string  `json:"object"`
	ID          string  `json:"id"`
	CanceledAt  rawJSON `json:"canceledAt,omitempty"`
	CompletedAt rawJSON `json:"completedAt,omitempty"`
	CreatedAt   string  `json:"createdAt"`
	Ebanx       rawJSON `json:"ebanx,omitempty"`
	Invoice     string  `json:"invoice"`
	PaymentURL  string  `json:"paymentUrl"`
	Status      string  `json:"status"`
	Type        string  `json:"type"`
	Extra       rawJSON `json:"sandboxExtra,omitempty"`
}

type linkPage struct {
	Object          string     `json:"object"`
	Items           []linkWire `json:"items"`
	MoreItemsAfter  *string    `json:"moreItemsAfter"`
	MoreItemsBefore *string    `json:"moreItemsBefore"`
}

// text marshals a string; that never fails.
func text(s string) rawJSON {
	b, _ := json.Marshal(s)
	return b
}

// wire shows a link as the switches say. A seeded one is shown as it was given.
func (s *Server) wire(l *Link) linkWire {
	s.answers++
	if l.seeded != nil {
		return *l.seeded
	}
	stamp := func(t time.Time) string {
		out := t.UTC().Format(time.RFC3339)
		if s.switches.Fractions && s.answers%2 == 0 {
			out = strings.TrimSuffix(out, "Z") + ".0Z"
		}
		return out
	}
	moment := func(t time.Time) rawJSON {
		if t.IsZero() {
			return null
		}
		return text(stamp(t))
	}
	details := map[string]rawJSON{"redirectUrl": null}
	if l.RedirectURL != nil {
		details["redirectUrl"] = text(s.switches.spell(*l.RedirectURL))
	}
	if s.switches.OmitNulls && l.RedirectURL == nil {
		delete(details, "redirectUrl")
	}
	if s.switches.ExtraFields {
		details["preview"] = rawJSON(`{"installments":3}`)
	}
	w := linkWire{
		Object: "paymentLink", ID: l.ID, CanceledAt: moment(l.CanceledAt), CompletedAt: moment(l.CompletedAt), CreatedAt: stamp(l.CreatedAt),
		Ebanx: object(details), Invoice: l.Invoice, PaymentURL: l.PaymentURL, Status: l.Status, Type: l.Type,
	}
	if s.switches.OmitNulls {
		w.CanceledAt, w.CompletedAt = present(w.CanceledAt), present(w.CompletedAt)
	}
	if s.switches.ExtraFields {
		w.Extra = rawJSON(`{"since":"a later version","amounts":[1,null]}`)
	}
	return w
}

// present is nil for null.
func present(raw rawJSON) rawJSON {
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// object marshals fields; values are JSON already, so that this never fails.
func object(fields map[string]rawJSON) rawJSON {
	b, _ := json.Marshal(fields)
	return b
}

// spell shows a redirectUrl (row 5).
func (sw Switches) spell(address string) string {
	if sw.TrailingSlash && !strings.HasSuffix(address, "/") {
		return address + "/"
	}
	return address
}
