package qonto

import (
	"encoding/json"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// Amount is money on the wire: both are strings (contract 2.11).
type Amount struct {
	Value    string `json:"value" lenient:"decimal"`
	Currency string `json:"currency"`
}

// Item is one line of a basket (contract 2.10). VATRate is a percentage in this package, whatever the wire's unit is.
type Item struct {
	Title       string      `json:"title"`
	Quantity    json.Number `json:"quantity"`
	UnitPrice   Amount      `json:"unit_price"`
	VATRate     string      `json:"vat_rate" lenient:"decimal"`
	Type        string      `json:"type,omitempty"`
	Description string      `json:"description,omitempty"`
	MeasureUnit string      `json:"measure_unit,omitempty"`
}

// Link is a payment link as Qonto answers it (contract 2.9). What an answer leaves out or nulls is the zero value.
type Link struct {
	lenient.Unread
	ID                      string   `json:"id"`
	Status                  string   `json:"status"`
	ExpirationDate          string   `json:"expiration_date"`
	PotentialPaymentMethods []string `json:"potential_payment_methods"`
	Amount                  Amount   `json:"amount"`
	ResourceType            string   `json:"resource_type"`
	Reusable                *bool    `json:"reusable"`
	CreatedAt               string   `json:"created_at"`
	URL                     string   `json:"url"`
	Items                   []Item   `json:"items"`
	InvoiceID               string   `json:"invoice_id"`
	InvoiceNumber           string   `json:"invoice_number"`
	DebitorName             string   `json:"debitor_name"`

	otherUnit string // of vat_rate, where it is not the configured one (contract 8.1)
}

// linkResponse is a link, bare or wrapped: get is documented bare, create and deactivate wrapped, and deployments differ (contract 8.2).
type linkResponse struct {
	Link
	Wrapped *Link `json:"payment_link"`
}

func (r linkResponse) link() Link {
	if r.Wrapped != nil {
		return *r.Wrapped
	}
	return r.Link
}

func (r linkResponse) id() string { return r.link().ID }

// createRequest is the body of a create: an itemsRequest or an invoiceRequest, which only their fields tell apart (contract 2.4).
type createRequest struct {
	PaymentLink any `json:"payment_link"`
}

type itemsRequest struct {
	Items                   []Item   `json:"items"`
	Reusable                bool     `json:"reusable"`
	PotentialPaymentMethods []string `json:"potential_payment_methods"`
}

type invoiceRequest struct {
	InvoiceID               string   `json:"invoice_id"`
	InvoiceNumber           string   `json:"invoice_number"`
	DebitorName             string   `json:"debitor_name"`
	Amount                  Amount   `json:"amount"`
	PotentialPaymentMethods []string `json:"potential_payment_methods"`
	Reusable                bool     `json:"reusable,omitempty"` // no document has it here (contract 4.7)
}

// listMeta is what stands around a page of a list.
type listMeta struct {
	Meta struct {
		CurrentPage int  `json:"current_page"`
		NextPage    int  `json:"next_page"` // null, absent and 0 all mean that there is none (contract 5.2)
		TotalCount  *int `json:"total_count"`
	} `json:"meta"`
}

// connection is the organisation's connection to the payment provider, bare on the wire (contract 2.2).
type connection struct {
	lenient.Unread
	Status        string `json:"status"`
	BankAccountID string `json:"bank_account_id"`
	Location      string `json:"connection_location"`
}

// paymentMethod is one of the payment methods (contract 2.3).
type paymentMethod struct {
	lenient.Unread
	Name    string `json:"name"`
	Enabled *bool  `json:"enabled"`
}

// payment is one payment on a link (contract 2.8). paid_at is null until it is paid.
type payment struct {
	lenient.Unread
	ID           string `json:"id"`
	Amount       Amount `json:"amount"`
	Status       string `json:"status"`
	CreatedAt    string `json:"created_at"`
	Method       string `json:"payment_method"`
	PaidAt       string `json:"paid_at"`
	DebitorEmail string `json:"debitor_email"`
}
