package qonto

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/shopspring/decimal"
)

// Lengths in characters; own choice (row 12).
const (
	maxTitle       = 255
	maxDescription = 1000
)

var invoiceKeys = []string{"invoice_id", "invoice_number", "debitor_name", "amount"}

// request reads the body of a create: exactly one of basket and invoice (section 2.4, rows 11 to 20).
func (s *Server) request(b *body, data []byte) *Link {
	top := b.parse(data)
	top.allow("payment_link")
	o := top.child("payment_link")
	link := &Link{Methods: s.readMethods(o)}
	basket, invoice := o.has("items"), slices.ContainsFunc(invoiceKeys, o.has)
	switch {
	case basket && invoice:
		b.violate("/payment_link", codeInvalid, "items cannot be combined with invoice_id, invoice_number, debitor_name or amount")
	case basket:
		o.allow("items", "reusable", "potential_payment_methods")
		link.ResourceType = Basket
		s.readBasket(o, link)
	case invoice:
		o.allow("invoice_id", "invoice_number", "debitor_name", "amount", "potential_payment_methods")
		link.ResourceType = Invoice
		s.readInvoice(o, link)
	default:
		b.violate("/payment_link", codeInvalid, "either items or an invoice is required")
	}
	return link
}

func (s *Server) readBasket(o object, link *Link) {
	o.require("reusable")
	link.Reusable = o.flag("reusable")
	elements := o.elements("items", "[]Item")
	if len(elements) == 0 {
		o.violate("items", codeInvalid, "items must not be empty")
	}
	for i, raw := range elements {
		item := o.body.object(fmt.Sprintf("%s/items/%d", o.pointer, i), raw)
		item.allow("title", "quantity", "unit_price", "vat_rate", "type", "description", "measure_unit")
		link.Items = append(link.Items, s.readItem(item))
	}
	if o.body.mismatch != nil || len(o.body.broken) > 0 {
		return
	}
	gross := s.switches.gross(link.Items)
	if !gross.IsPositive() {
		o.violate("items", codeInvalid, "the total must be greater than 0")
	}
	link.Amount = Amount{Value: gross.StringFixed(2), Currency: currency}
}

func (s *Server) readItem(o object) Item {
	item := Item{
		Title: o.text("title"), Quantity: o.number("quantity"), VATRate: o.text("vat_rate"),
		Type: o.optionalText("type"), Description: o.optionalText("description"), MeasureUnit: o.optionalText("measure_unit"),
	}
	if o.require("title") {
		o.checkLength("title", item.Title, maxTitle)
	}
	if o.require("quantity") {
		// The exponent is bounded because 1e999999999 is a JSON number too.
		quantity, err := decimal.NewFromString(item.Quantity)
		if item.Quantity != "" && (err != nil || !quantity.IsPositive() || quantity.Exponent() < -9 || quantity.Exponent() > 9) {
			o.violate("quantity", codeInvalid, "quantity must be greater than 0")
		}
	}
	item.UnitPrice = readAmount(o, "unit_price", func(d decimal.Decimal) bool { return !d.IsNegative() }, "must not be negative")
	if o.require("vat_rate") {
		s.checkVATRate(o, item.VATRate)
	}
	if item.Type != nil && !slices.Contains([]string{"good", "service"}, *item.Type) {
		o.violate("type", codeNotInList, "type must be good or service")
	}
	if item.Description != nil && utf8.RuneCountInString(*item.Description) > maxDescription {
		o.violate("description", codeInvalid, fmt.Sprintf("description must have at most %d characters", maxDescription))
	}
	return item
}

// checkVATRate wants a percentage, or a fraction below 1 (row 1).
func (s *Server) checkVATRate(o object, text string) {
	rate, ok := parseDecimal(text)
	switch {
	case !ok || rate.IsNegative():
		o.violate("vat_rate", codeInvalid, "vat_rate must be a decimal of 0 or more")
	case s.switches.VATFraction && rate.GreaterThanOrEqual(decimal.NewFromInt(1)):
		o.violate("vat_rate", codeInvalid, "vat_rate must be a fraction below 1")
	case rate.GreaterThan(hundred):
		o.violate("vat_rate", codeInvalid, "vat_rate must be at most 100")
	}
}

func (s *Server) readInvoice(o object, link *Link) {
	link.InvoiceID, link.InvoiceNumber, link.DebitorName = o.text("invoice_id"), o.text("invoice_number"), o.text("debitor_name")
	if o.require("invoice_id") {
		if !vendorapi.IsUUID(link.InvoiceID) {
			o.violate("invoice_id", codeInvalid, "invoice_id must be a UUID")
		} else if s.switches.StrictInvoice && !s.invoices[link.InvoiceID] {
			o.violate("invoice_id", codeInvalid, "the invoice does not exist")
		}
	}
	if o.require("invoice_number") {
		o.checkLength("invoice_number", link.InvoiceNumber, maxTitle)
	}
	if o.require("debitor_name") {
		o.checkLength("debitor_name", link.DebitorName, maxTitle)
	}
	link.Amount = readAmount(o, "amount", decimal.Decimal.IsPositive, "must be greater than 0")
}

func (o object) checkLength(key, text string, most int) {
	if n := utf8.RuneCountInString(text); n < 1 || n > most {
		o.violate(key, codeInvalid, fmt.Sprintf("%s must have 1 to %d characters", key, most))
	}
}

// readAmount reads a required Amount: decimal text with at most two decimals that count, in EUR (row 14).
func readAmount(parent object, key string, fits func(decimal.Decimal) bool, rule string) Amount {
	if !parent.require(key) {
		return Amount{}
	}
	o := parent.child(key)
	o.allow("value", "currency")
	a := Amount{Value: o.text("value"), Currency: o.text("currency")}
	if o.require("value") {
		value, ok := parseDecimal(a.Value)
		switch {
		case !ok:
			o.violate("value", codeInvalid, "value must be a decimal")
		case !value.Equal(value.Truncate(2)):
			o.violate("value", codeInvalid, "value must have at most 2 decimals")
		case !fits(value):
			o.violate("value", codeInvalid, "value "+rule)
		}
	}
	if o.require("currency") && a.Currency != currency {
		o.violate("currency", codeNotInList, "currency must be "+currency)
	}
	return a
}

// readMethods wants methods that exist and are enabled (row 16). That the list is not empty is our own choice.
func (s *Server) readMethods(o object) []string {
	if !o.require("potential_payment_methods") {
		return nil
	}
	var names []string
	for i, raw := range o.elements("potential_payment_methods", "[]string") {
		one := object{body: o.body, pointer: o.pointer + "/potential_payment_methods"}
		index := fmt.Sprint(i)
		one.fields = map[string]rawJSON{index: raw}
		if !one.require(index) {
			continue
		}
		name := one.text(index)
		names = append(names, name)
		known := slices.IndexFunc(s.methods, func(m method) bool { return m.Name == name })
		if known < 0 {
			one.violate(index, codeNotInList, "no such payment method: "+name)
		} else if !s.methods[known].Enabled {
			one.violate(index, codeInvalid, "the payment method is not enabled: "+name)
		}
	}
	if len(names) == 0 {
		o.violate("potential_payment_methods", codeInvalid, "potential_payment_methods must not be empty")
	}
	return names
}
