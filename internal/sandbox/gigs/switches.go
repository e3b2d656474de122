package gigs

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"

// Values of Switches.SecondActive: what becomes of a create while the invoice has an active link.
const (
	Allow  = "allow"  // both are active
	Reject = "reject" // 422
	Cancel = "cancel" // the new link cancels the old ones
)

// Values of Switches.UnknownInvoice: what becomes of a create for an invoice that AddInvoice has not named.
const (
	Finalized     = "finalized"     // it is taken for a finalized one (own choice: nothing here makes invoices)
	NotFound      = "not_found"     // 404
	Unprocessable = "unprocessable" // 422
)

// Switches are what the contract leaves open (its last section). Off, and the first of several values, is the
// contract's default.
type Switches struct {
	// CreateOK answers a create with 200, in place of 201 (contract 8.2).
	CreateOK bool `json:"create_ok"`
	// CheckDigits refuses a tax number whose check digits are wrong (contract 8.3).
	CheckDigits bool `json:"check_digits"`
	// TrailingSlash adds a slash to a redirectUrl that ends without one (contract 8.5).
	TrailingSlash bool `json:"trailing_slash"`
	// SecondActive is about a second active link for an invoice (contract 8.8).
	SecondActive string `json:"second_active" values:"allow|reject|cancel"`
	// VoidCancels cancels the active links of an invoice that is voided or paid in another way (contract 8.9).
	VoidCancels bool `json:"void_cancels"`
	// UnknownInvoice is about invoices that nobody has named (contract 8.10).
	UnknownInvoice string `json:"unknown_invoice" values:"finalized|not_found|unprocessable"`
	// RefuseIdempotencyKeys fails every POST with an Idempotency-Key, as for a project that was not admitted (contract 8.13).
	RefuseIdempotencyKeys bool `json:"refuse_idempotency_keys"`
	// IgnoreIdempotencyKeys takes a key and makes a second link all the same: after a 500 nothing is promised (contract 6.6).
	IgnoreIdempotencyKeys bool `json:"ignore_idempotency_keys"`
	// RejectReusedKey refuses a known key with another body, in place of the first answer (contract 8.14).
	RejectReusedKey bool `json:"reject_reused_key"`
	// RateLimit answers 429 with Retry-After beyond so many requests in 10 s; 0 is none (contract 8.15, not the vendor's).
	RateLimit uint `json:"rate_limit"`
	// Fractions writes every second link's times as 34.0Z, the others' as 34Z (contract 8.22).
	Fractions bool `json:"fractions"`
	// OmitNulls leaves keys out that are null (contract 8.23: a client accepts both).
	OmitNulls bool `json:"omit_nulls"`
	// ExtraFields adds fields that no document names to links (contract 1.9: that is no breaking change).
	ExtraFields bool `json:"extra_fields"`
	// TimeForm is how times come back: RFC 3339, or a form of vendorapi that no document names.
	TimeForm string `json:"time_form" values:"rfc3339|offset|blank|local|words"`
	// OtherInvoice makes links for another invoice than it is asked for; no document names such a thing.
	OtherInvoice bool `json:"other_invoice"`
	vendorapi.Delays
}
