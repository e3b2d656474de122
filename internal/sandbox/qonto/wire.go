package qonto

import (
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// The wire structs (contract 2.9 to 2.11). A field of json.RawMessage is absent when nil, and may be null.

type amountWire struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

type itemWire struct {
	Title       string          `json:"title"`
	Type        json.RawMessage `json:"type,omitempty"`
	Description json.RawMessage `json:"description,omitempty"`
	Quantity    json.RawMessage `json:"quantity"`
	MeasureUnit json.RawMessage `json:"measure_unit,omitempty"`
	UnitPrice   amountWire      `json:"unit_price"`
	VATRate     string          `json:"vat_rate"`
}

type linkWire struct {
	ID                      string          `json:"id"`
	Status                  string          `json:"status"`
	ExpirationDate          string          `json:"expiration_date"`
	PotentialPaymentMethods []string        `json:"potential_payment_methods"`
	Amount                  amountWire      `json:"amount"`
	ResourceType            json.RawMessage `json:"resource_type,omitempty"`
	Items                   json.RawMessage `json:"items,omitempty"`
	InvoiceID               json.RawMessage `json:"invoice_id,omitempty"`
	InvoiceNumber           json.RawMessage `json:"invoice_number,omitempty"`
	DebitorName             json.RawMessage `json:"debitor_name,omitempty"`
	Reusable                bool            `json:"reusable"`
	CreatedAt               string          `json:"created_at"`
	URL                     string          `json:"url"`
	Extra                   json.RawMessage `json:"sandbox_extra,omitempty"`
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

func (sw Switches) formatTime(t time.Time) string {
	return vendorapi.FormatTime(t, sw.TimeForm, time.RFC3339)
}

// wire shows a link as the switches say.
func (s *Server) wire(l *Link) linkWire {
	sw := s.Switch
	w := linkWire{
		ID: l.ID, Status: l.status(s.Now()), ExpirationDate: s.Switch.formatTime(l.ExpirationDate),
		PotentialPaymentMethods: append([]string{}, l.Methods...), Amount: sw.showAmount(l.Amount), ResourceType: vendorapi.Raw(l.ResourceType),
		Items: vendorapi.Null, InvoiceID: vendorapi.Null, InvoiceNumber: vendorapi.Null, DebitorName: vendorapi.Null,
		Reusable: l.Reusable, CreatedAt: s.Switch.formatTime(l.CreatedAt), URL: l.URL,
	}
	if sw.ZeroExpiration {
		w.ExpirationDate = s.Switch.formatTime(time.Time{})
	}
	if sw.ReorderMethods {
		slices.Reverse(w.PotentialPaymentMethods)
	}
	if sw.OmitOtherShape {
		w.Items, w.InvoiceID, w.InvoiceNumber, w.DebitorName = nil, nil, nil, nil
	}
	if l.InvoiceID != "" {
		w.InvoiceID, w.InvoiceNumber, w.DebitorName = vendorapi.Raw(l.InvoiceID), vendorapi.Raw(l.InvoiceNumber), vendorapi.Raw(l.DebitorName)
	}
	if l.Items != nil {
		w.Items = s.wireItems(l.Items)
	}
	if sw.OmitResourceType {
		w.ResourceType = nil
	}
	if sw.ExtraFields {
		w.Extra = json.RawMessage(`{"since":"a later version","list":[1,null,{"deep":true}]}`)
	}
	w.omitKeys(l.hidden)
	return w
}

// optional are the keys that a published sample may lack.
func (w *linkWire) optional() map[string]*json.RawMessage {
	return map[string]*json.RawMessage{
		"resource_type": &w.ResourceType, "items": &w.Items, "invoice_id": &w.InvoiceID,
		"invoice_number": &w.InvoiceNumber, "debitor_name": &w.DebitorName,
	}
}

func (w *linkWire) omitKeys(keys map[string]bool) {
	for key, field := range w.optional() {
		if keys[key] {
			*field = nil
		}
	}
}

func (s *Server) wireItems(items []Item) json.RawMessage {
	wires := make([]itemWire, 0, len(items))
	for _, item := range items {
		w := itemWire{
			Title: item.Title, Quantity: json.RawMessage(item.Quantity), UnitPrice: s.Switch.showAmount(item.UnitPrice), VATRate: item.VATRate,
			Type:        s.Switch.omitted(item.Type, "good"),
			Description: s.Switch.omitted(item.Description, ""),
			MeasureUnit: s.Switch.omitted(item.MeasureUnit, "unit"),
		}
		if rate, err := decimal.NewFromString(item.VATRate); err == nil && s.Switch.TrimVATRate {
			w.VATRate = rate.String()
		}
		wires = append(wires, w)
	}
	return vendorapi.Raw(wires) // quantities were JSON numbers when they came
}

// omitted shows an optional field of an item (contract 8.10).
func (sw Switches) omitted(sent *string, byDefault string) json.RawMessage {
	switch {
	case sent != nil:
		return vendorapi.Raw(*sent)
	case sw.OmittedItemFields == Null:
		return vendorapi.Null
	case sw.OmittedItemFields == Defaults:
		return vendorapi.Raw(byDefault)
	default:
		return nil
	}
}

func (s *Server) wirePayment(p Payment) paymentWire {
	w := paymentWire{
		ID: p.ID, Amount: s.Switch.showAmount(p.Amount), Status: p.Status, CreatedAt: s.Switch.formatTime(p.CreatedAt),
		PaymentMethod: p.PaymentMethod, DebitorEmail: p.DebitorEmail,
	}
	if !p.PaidAt.IsZero() {
		paid := s.Switch.formatTime(p.PaidAt)
		w.PaidAt = &paid
	}
	return w
}

// currency is the only one that any document shows (contract 8.14).
const currency = "EUR"

// decimalForm bounds what is taken for a decimal text: no sign but minus, no exponent, no more than a bank would hold.
var decimalForm = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)

func parseDecimal(text string) (decimal.Decimal, bool) {
	if !decimalForm.MatchString(text) {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(text)
	return d, err == nil
}

var hundred = decimal.NewFromInt(100)

// gross is the sum over the items of unit price x quantity x (1 + VAT) with two decimals, rounded half up as the switch says (contract
// 4.3). The items have passed their checks.
func (sw Switches) gross(items []Item) decimal.Decimal {
	sum := decimal.Zero
	for _, item := range items {
		price, quantity := decimal.RequireFromString(item.UnitPrice.Value), decimal.RequireFromString(item.Quantity)
		rate := decimal.RequireFromString(item.VATRate)
		if !sw.VATFraction {
			rate = rate.Div(hundred)
		}
		unit := price.Mul(rate.Add(decimal.NewFromInt(1)))
		if sw.Rounding == RoundUnit {
			unit = unit.Round(2)
		}
		line := unit.Mul(quantity)
		if sw.Rounding != RoundSum {
			line = line.Round(2)
		}
		sum = sum.Add(line)
	}
	return sum.Round(2)
}

// showAmount is how an amount comes back (contract 8.9).
func (sw Switches) showAmount(a Amount) amountWire {
	value, err := decimal.NewFromString(a.Value)
	switch {
	case err != nil || sw.AmountScale == Verbatim:
		return amountWire(a)
	case sw.AmountScale == Trimmed:
		return amountWire{Value: value.String(), Currency: a.Currency}
	default:
		return amountWire{Value: value.StringFixed(2), Currency: a.Currency}
	}
}
