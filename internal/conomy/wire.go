package conomy

import (
	"encoding/json"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"
)

// LinkFields is what a create says and an answer repeats (contract 2.2, 2.3). Amounts are strings; what an answer leaves out or
// nulls is the zero value, and what a request leaves unset is not sent (contract 8.15).
type LinkFields struct {
	CheckoutToken         string        `json:"checkoutToken"`
	Items                 []Item        `json:"items"`
	Currency              string        `json:"currency"`
	PaymentMethodsAllowed []string      `json:"paymentMethodsAllowed"`
	Customer              *Customer     `json:"customer,omitempty"`
	Destinations          []Destination `json:"destinations"`
	Duration              json.Number   `json:"duration"` // seconds
	CustomerRequirements  []string      `json:"customerRequirements,omitempty"`
	Owner                 Owner         `json:"owner"`
	SuccessURL            string        `json:"successUrl,omitempty"`
	FailedURL             string        `json:"failedUrl,omitempty"`
}

// Link is a payment link as Conomy answers it (contract 2.3).
type Link struct {
	lenient.Unread
	LinkFields
	ID           string `json:"id"`
	Status       string `json:"status"`
	PreTaxAmount string `json:"preTaxAmount" lenient:"decimal"`
	TotalAmount  string `json:"totalAmount" lenient:"decimal"`
	URL          string `json:"url"`
	CreatedAt    string `json:"createdAt"`
}

// listMeta is what stands around a page of a list; Total is nil where the answer does not say how many links there are.
type listMeta struct {
	Pagination struct {
		Total *int `json:"total"`
	} `json:"pagination"`
}

// Item is one thing to pay for.
type Item struct {
	PreTaxAmount string `json:"preTaxAmount" lenient:"decimal"`
	TotalAmount  string `json:"totalAmount" lenient:"decimal"`
	Description  string `json:"description"`
	Tax          *Tax   `json:"tax,omitempty"`
}

// Tax is the tax of one item; Amount is its result, Value what it is calculated from.
type Tax struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Value  string `json:"value" lenient:"decimal"`
	Amount string `json:"amount" lenient:"decimal"`
}

// Customer is the payer, as far as the link knows them.
type Customer struct {
	ID                string   `json:"id,omitempty"`
	FirstName         string   `json:"firstName,omitempty"`
	LastName          string   `json:"lastName,omitempty"`
	Email             string   `json:"email,omitempty"`
	PhoneNumber       string   `json:"phoneNumber,omitempty"`
	PhoneNumberPrefix string   `json:"phoneNumberPrefix,omitempty"`
	DocumentType      string   `json:"documentType,omitempty"`
	DocumentNumber    string   `json:"documentNumber,omitempty"`
	Address           *Address `json:"address,omitempty"`
}

// Address is where the payer lives.
type Address struct {
	AdministrativeAreaLevel1 string `json:"administrativeAreaLevel1,omitempty"`
	AdministrativeAreaLevel2 string `json:"administrativeAreaLevel2,omitempty"`
	AdministrativeAreaLevel3 string `json:"administrativeAreaLevel3,omitempty"`
	Street                   string `json:"street,omitempty"`
	StreetNumber             string `json:"streetNumber,omitempty"`
	OptionalAddress          string `json:"optionalAddress,omitempty"`
	Country                  string `json:"country,omitempty"`
	Zipcode                  string `json:"zipcode,omitempty"`
}

// Destination is where a part of the money goes.
type Destination struct {
	Name       string    `json:"name,omitempty"`
	Type       string    `json:"type"`
	ExternalID string    `json:"externalId,omitempty"`
	Amount     string    `json:"amount" lenient:"decimal"`
	Currency   string    `json:"currency,omitempty"`
	Identity   *Identity `json:"identity,omitempty"`
	Metadata   *Metadata `json:"metadata,omitempty"`
	Account    Account   `json:"account"`
}

// Identity is whose a destination is.
type Identity struct {
	IdentityID string `json:"identityId"`
}

// Metadata is what a destination shows of itself.
type Metadata struct {
	Image       string `json:"image"`
	Description string `json:"description"`
	Category    string `json:"category"`
}

// Account is a bank account.
type Account struct {
	Type          string `json:"type,omitempty"`
	Currency      string `json:"currency,omitempty"`
	AccountNumber string `json:"accountNumber"`
	AccountHolder string `json:"accountHolder,omitempty"`
}

// Owner is whose link it is. Other fields are refused (contract 2.2).
type Owner struct {
	IdentityID     string `json:"identityId"`
	Name           string `json:"name,omitempty"`
	Lastname       string `json:"lastname,omitempty"`
	Nickname       string `json:"nickname,omitempty"`
	DocumentNumber string `json:"documentNumber,omitempty"`
	EntityType     string `json:"entityType,omitempty"`
}
