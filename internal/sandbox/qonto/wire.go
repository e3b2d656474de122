package qonto

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// The wire structs of section 2.0. A rawJSON field is absent when nil, and may be null.
type rawJSON = json.RawMessage

type amountWire struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

type itemWire struct {
	Title       string     `json:"title"`
	Type        rawJSON    `json:"type,omitempty"`
	Description rawJSON    `json:"description,omitempty"`
	Quantity    rawJSON    `json:"quantity"`
	MeasureUnit rawJSON    `json:"measure_unit,omitempty"`
	UnitPrice   amountWire `json:"unit_price"`
	VATRate     string     `json:"vat_rate"`
}

type linkWire struct {
	ID                      string     `json:"id"`
	Status                  string     `json:"status"`
	ExpirationDate          string     `json:"expiration_date"`
	PotentialPaymentMethods []string   `json:"potential_payment_methods"`
	Amount                  amountWire `json:"amount"`
	ResourceType            rawJSON    `json:"resource_type,omitempty"`
	Items                   rawJSON    `json:"items,omitempty"`
	InvoiceID               rawJSON    `json:"invoice_id,omitempty"`
	InvoiceNumber           rawJSON    `json:"invoice_number,omitempty"`
	DebitorName             rawJSON    `json:"debitor_name,omitempty"`
	Reusable                bool       `json:"reusable"`
	CreatedAt               string     `json:"created_at"`
	URL                     string     `json:"url"`
	Extra                   rawJSON    `json:"sandbox_extra,omitempty"`
}

// linkEnvelope is around a link in the answers of create and deactivate.
type linkEnvelope struct {
	PaymentLink linkWire `json:"payment_link"`
}

type linkPage struct {
	PaymentLinks []linkWire `json:"payment_links"`
	Meta         meta       `json:"meta"`
}

type paymentWire struct {
	ID            string     `json:"id"`
	Amount        amountWire `json:"amount"`
	Status        string     `json:"status"`
	CreatedAt     string     `json:"created_at"`
	PaymentMethod string     `json:"payment_method"`
	PaidAt        *string    `json:"paid_at"`
	DebitorEmail  string     `json:"debitor_email"`
}

type paymentPage struct {
	Payments []paymentWire `json:"payments"`
	Meta     meta          `json:"meta"`
}

var null = rawJSON("null")

// text marshals a string; that never fails.
func text(s string) rawJSON {
	b, _ := json.Marshal(s)
	return b
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// wire shows a link as the switches say.
func (s *Server) wire(l *Link) linkWire {
	sw := s.switches
	w := linkWire{
		ID: l.ID, Status: l.status(s.now()), ExpirationDate: stamp(l.ExpirationDate),
		PotentialPaymentMethods: append([]string{}, l.Methods...), Amount: sw.show(l.Amount), ResourceType: text(l.ResourceType),
		Items: null, InvoiceID: null, InvoiceNumber: null, DebitorName: null,
		Reusable: l.Reusable, CreatedAt: stamp(l.CreatedAt), URL: l.URL,
	}
	if sw.ZeroExpiration {
		w.ExpirationDate = stamp(time.Time{})
	}
	if sw.ReorderMethods {
		slices.Reverse(w.PotentialPaymentMethods)
	}
	if sw.OmitOtherShape {
		w.Items, w.InvoiceID, w.InvoiceNumber, w.DebitorName = nil, nil, nil, nil
	}
	if l.InvoiceID != "" {
		w.InvoiceID, w.InvoiceNumber, w.DebitorName = text(l.InvoiceID), text(l.InvoiceNumber), text(l.DebitorName)
	}
	if l.Items != nil {
		w.Items = s.wireItems(l.Items)
	}
	if sw.OmitResourceType {
		w.ResourceType = nil
	}
	if sw.ExtraFields {
		w.Extra = rawJSON(`{"since":"a later version","list":[1,null,{"deep":true}]}`)
	}
	w.hide(l.hidden)
	return w
}

// optional are the keys that a published sample may lack.
func (w *linkWire) optional() map[string]*rawJSON {
	return map[string]*rawJSON{
		"resource_type": &w.ResourceType, "items": &w.Items, "invoice_id": &w.InvoiceID,
		"invoice_number": &w.InvoiceNumber, "debitor_name": &w.DebitorName,
	}
}

func (w *linkWire) hide(keys map[string]bool) {
	for key, field := range w.optional() {
		if keys[key] {
			*field = nil
		}
	}
}

func (s *Server) wireItems(items []Item) rawJSON {
	wires := make([]itemWire, 0, len(items))
	for _, item := range items {
		w := itemWire{
			Title: item.Title, Quantity: rawJSON(item.Quantity), UnitPrice: s.switches.show(item.UnitPrice), VATRate: item.VATRate,
			Type:        s.switches.omitted(item.Type, "good"),
			Description: s.switches.omitted(item.Description, ""),
			MeasureUnit: s.switches.omitted(item.MeasureUnit, "unit"),
		}
		if rate, err := decimal.NewFromString(item.VATRate); err == nil && s.switches.TrimVATRate {
			w.VATRate = rate.String()
		}
		wires = append(wires, w)
	}
	b, _ := json.Marshal(wires) // quantities were JSON numbers when they came
	return b
}

// omitted shows an optional field of an item (row 10).
func (sw Switches) omitted(sent *string, byDefault string) rawJSON {
	switch {
	case sent != nil:
		return text(*sent)
	case sw.OmittedItemFields == Null:
		return null
	case sw.OmittedItemFields == Defaults:
		return text(byDefault)
	default:
		return nil
	}
}

func (s *Server) wirePayment(p Payment) paymentWire {
	w := paymentWire{
		ID: p.ID, Amount: s.switches.show(p.Amount), Status: p.Status, CreatedAt: stamp(p.CreatedAt),
		PaymentMethod: p.PaymentMethod, DebitorEmail: p.DebitorEmail,
	}
	if !p.PaidAt.IsZero() {
		paid := stamp(p.PaidAt)
		w.PaidAt = &paid
	}
	return w
}
