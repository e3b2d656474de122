package qonto

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/shopspring/decimal"
)

// Lengths in characters; own choice (contract 8.12).
const (
	maxTitle       = 255
	maxDescription = 1000
)

var invoiceKeys = []string{"invoice_id", "invoice_number", "debitor_name", "amount"}

// request is the body of a create while it is read.
type request struct {
	*requestErrors
	server *Server
}

// lenient reports whether what no document refuses is taken.
func (r request) lenient() bool { return r.server.Switch.AcceptUndocumented }

// readRequest reads the body of a create: exactly one of basket and invoice (contract 2.4, 8.11 to 8.20).
func (s *Server) readRequest(call *vendorapi.Call) (*Link, *requestErrors) {
	top, e := s.parse(call)
	r := request{e, s}
	top.Allow("payment_link")
	o := top.Object("payment_link")
	link := &Link{Methods: r.readMethods(o)}
	basket, invoice := o.Has("items"), slices.ContainsFunc(invoiceKeys, o.Has)
	switch {
	case basket && invoice:
		r.violate(o.Path(), codeInvalid, "items cannot be combined with invoice_id, invoice_number, debitor_name or amount")
	case basket:
		o.Allow("items", "reusable", "potential_payment_methods")
		link.ResourceType = Basket
		r.readBasket(o, link)
	case invoice:
		known := append(slices.Clone(invoiceKeys), "potential_payment_methods")
		if r.lenient() {
			known = append(known, "reusable")
			link.Reusable = o.Bool("reusable")
		}
		o.Allow(known...)
		link.ResourceType = Invoice
		r.readInvoice(o, link)
	default:
		r.violate(o.Path(), codeInvalid, "either items or an invoice is required")
	}
	return link, e
}

func (r request) readBasket(o strictjson.Object, link *Link) {
	o.Require("reusable")
	link.Reusable = o.Bool("reusable")
	items, indices := o.Array("items")
	if len(indices) == 0 {
		r.violate(o.At("items"), codeInvalid, "items must not be empty")
	}
	for _, index := range indices {
		item := items.Object(index)
		item.Allow("title", "quantity", "unit_price", "vat_rate", "type", "description", "measure_unit")
		link.Items = append(link.Items, r.readItem(item))
	}
	if r.mismatch != nil || len(r.broken) > 0 {
		return
	}
	gross := r.server.Switch.gross(link.Items)
	if !gross.IsPositive() {
		r.violate(o.At("items"), codeInvalid, "the total must be greater than 0")
	}
	link.Amount = Amount{Value: gross.StringFixed(2), Currency: link.Items[0].UnitPrice.Currency}
}

func (r request) readItem(o strictjson.Object) Item {
	item := Item{
		Title: o.Text("title"), Quantity: o.Number("quantity"), VATRate: o.Text("vat_rate"),
		Type: o.OptionalText("type"), Description: o.OptionalText("description"), MeasureUnit: o.OptionalText("measure_unit"),
	}
	if o.Require("title") {
		r.checkLength(o, "title", item.Title, maxTitle)
	}
	if o.Require("quantity") {
		// The exponent is bounded because 1e999999999 is a JSON number too.
		quantity, err := decimal.NewFromString(item.Quantity)
		if item.Quantity != "" && (err != nil || !quantity.IsPositive() && !r.lenient() || quantity.Exponent() < -9 || quantity.Exponent() > 9) {
			r.violate(o.At("quantity"), codeInvalid, "quantity must be greater than 0")
		}
	}
	item.UnitPrice = r.readAmount(o, "unit_price", func(d decimal.Decimal) bool { return !d.IsNegative() }, "must not be negative")
	if o.Require("vat_rate") {
		r.checkVATRate(o, item.VATRate)
	}
	if item.Type != nil && !slices.Contains([]string{"good", "service"}, *item.Type) && !r.lenient() {
		r.violate(o.At("type"), codeNotInList, "type must be good or service")
	}
	if item.Description != nil && utf8.RuneCountInString(*item.Description) > maxDescription {
		r.violate(o.At("description"), codeInvalid, fmt.Sprintf("description must have at most %d characters", maxDescription))
	}
	return item
}

// checkVATRate wants a percentage, or a fraction below 1 (contract 8.1).
func (r request) checkVATRate(o strictjson.Object, text string) {
	rate, ok := parseDecimal(text)
	switch {
	case !ok || rate.IsNegative():
		r.violate(o.At("vat_rate"), codeInvalid, "vat_rate must be a decimal of 0 or more")
	case r.server.Switch.VATFraction && rate.GreaterThanOrEqual(decimal.NewFromInt(1)):
		r.violate(o.At("vat_rate"), codeInvalid, "vat_rate must be a fraction below 1")
	case rate.GreaterThan(hundred):
		r.violate(o.At("vat_rate"), codeInvalid, "vat_rate must be at most 100")
	}
}

func (r request) readInvoice(o strictjson.Object, link *Link) {
	link.InvoiceID, link.InvoiceNumber, link.DebitorName = o.Text("invoice_id"), o.Text("invoice_number"), o.Text("debitor_name")
	if o.Require("invoice_id") {
		if !vendorapi.IsUUID(link.InvoiceID) {
			r.violate(o.At("invoice_id"), codeInvalid, "invoice_id must be a UUID")
		} else if r.server.Switch.StrictInvoice && !r.server.invoices[link.InvoiceID] {
			r.violate(o.At("invoice_id"), codeInvalid, "the invoice does not exist")
		}
	}
	if o.Require("invoice_number") {
		r.checkLength(o, "invoice_number", link.InvoiceNumber, maxTitle)
	}
	if o.Require("debitor_name") {
		r.checkLength(o, "debitor_name", link.DebitorName, maxTitle)
	}
	link.Amount = r.readAmount(o, "amount", decimal.Decimal.IsPositive, "must be greater than 0")
}

func (r request) checkLength(o strictjson.Object, key, text string, most int) {
	if n := utf8.RuneCountInString(text); n < 1 || n > most {
		r.violate(o.At(key), codeInvalid, fmt.Sprintf("%s must have 1 to %d characters", key, most))
	}
}

// readAmount reads a required Amount: decimal text with at most two decimals that count, in EUR (contract 8.14).
func (r request) readAmount(parent strictjson.Object, key string, fits func(decimal.Decimal) bool, rule string) Amount {
	if !parent.Require(key) {
		return Amount{}
	}
	o := parent.Object(key)
	o.Allow("value", "currency")
	a := Amount{Value: o.Text("value"), Currency: o.Text("currency")}
	if o.Require("value") {
		value, ok := parseDecimal(a.Value)
		switch {
		case !ok:
			r.violate(o.At("value"), codeInvalid, "value must be a decimal")
		case !value.Equal(value.Truncate(2)):
			r.violate(o.At("value"), codeInvalid, "value must have at most 2 decimals")
		case !fits(value) && !r.lenient():
			r.violate(o.At("value"), codeInvalid, "value "+rule)
		}
	}
	if o.Require("currency") && a.Currency != currency && !r.lenient() {
		r.violate(o.At("currency"), codeNotInList, "currency must be "+currency)
	}
	return a
}

// readMethods wants methods that exist and are enabled (contract 8.16). That the list is not empty is our own choice.
func (r request) readMethods(o strictjson.Object) []string {
	if !o.Require("potential_payment_methods") {
		return nil
	}
	var names []string
	methods, indices := o.Array("potential_payment_methods")
	for _, index := range indices {
		if !methods.Require(index) {
			continue
		}
		name := methods.Text(index)
		names = append(names, name)
		known := slices.IndexFunc(r.server.methods, func(m method) bool { return m.Name == name })
		switch {
		case known < 0 && r.lenient():
		case known < 0:
			r.violate(methods.At(index), codeNotInList, "no such payment method: "+name)
		case !r.server.methods[known].Enabled:
			r.violate(methods.At(index), codeInvalid, "the payment method is not enabled: "+name)
		}
	}
	if len(names) == 0 && !r.lenient() {
		r.violate(o.At("potential_payment_methods"), codeInvalid, "potential_payment_methods must not be empty")
	}
	return names
}
