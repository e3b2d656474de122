package gigs

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest/lenient"

// Link is a payment link as Gigs answers it (contract 2.1). What an answer leaves out or nulls is the zero value (contract 8.23).
type Link struct {
	lenient.Unread
	ID          string `json:"id"`
	CanceledAt  string `json:"canceledAt"`
	CompletedAt string `json:"completedAt"`
	CreatedAt   string `json:"createdAt"`
	Ebanx       *Ebanx `json:"ebanx"`
	Invoice     string `json:"invoice"`
	PaymentURL  string `json:"paymentUrl"`
	Status      string `json:"status"`
	Type        string `json:"type"`

	// Project is that of the request: no answer names it.
	Project string `json:"-"`
}

// Ebanx is what an answer holds of a link's EBANX part; the payer is never returned (contract 8.6).
type Ebanx struct {
	RedirectURL string `json:"redirectUrl"`
}

// listMeta is what stands around a page of a list.
type listMeta struct {
	MoreItemsAfter string `json:"moreItemsAfter"` // null for the last page
}

// createRequest is the body of a create (contract 2.4).
type createRequest struct {
	Invoice string      `json:"invoice"`
	Type    string      `json:"type"`
	Ebanx   createEbanx `json:"ebanx"`
}

// createEbanx leaves an unset redirectUrl out: the request's type is not nullable (contract 8.4).
type createEbanx struct {
	User        User   `json:"user"`
	RedirectURL string `json:"redirectUrl,omitempty"`
}

// User is the payer, sent exactly as written (contract 8.3).
type User struct {
	FullName  string `json:"fullName"`
	Email     string `json:"email"`
	TaxNumber string `json:"taxNumber"`
}
