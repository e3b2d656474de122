package powens

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"

// Values of switches of text.
const (
	Generated = "generated" // ReferenceID: made at creation
	Later     = "later"     // ReferenceID: made with the first payment
	Null      = "null"      // the field is null
	Omit      = "omit"      // the field is absent
	Empty     = "empty"     // the field is "" or {}
	Echo      = "echo"      // the field is as sent
	Padded    = "padded"    // "50.9" comes back as 50.9000000000
	Trimmed   = "trimmed"   // "50.90" comes back as 50.9
	Exponent  = "exponent"  // "50.90" comes back as 5090e-2
	Strict    = "strict"    // IBAN: without blanks, and with the right check digits
	Lax       = "lax"       // IBAN: any text
	Compact   = "compact"   // IBAN: any text, which comes back without blanks and in capitals
	Plain     = "plain"     // RevokedAt: 2026-03-01 12:00:00
	RFC3339   = "rfc3339"   // RevokedAt: 2026-03-01T12:00:00Z
)

// Switches are what the contract leaves open (its last section). Off, and the first of several values, is
// the contract's default. For Delays see contract 8.32.
type Switches struct {
	// Created201 answers a create with 201, in place of 200 (contract 8.7).
	Created201 bool `json:"created_201"`
	// GoneWhenRevoked answers a GET of a revoked link with 404, in place of the link (contract 8.3).
	GoneWhenRevoked bool `json:"gone_when_revoked"`
	// RateLimit answers 429 beyond 30 calls of a minute (contract 8.8). Off by default, because a limit by the clock would
	// make tests depend on the speed of the machine.
	RateLimit bool `json:"rate_limit"`
	// TokenLifetime is that of tokens made from now on (contract 8.9); 30 minutes by default.
	TokenLifetime vendorapi.Duration `json:"token_lifetime"`
	// ReferenceID is what becomes of one that was not sent: Generated, Null, Omit or Later (contract 8.12).
	ReferenceID string `json:"reference_id" values:"generated|null|omit|later"`
	// RedirectOff is how redirect_uri and redirect_state come back when redirect is false: Empty, Null or Omit (contract 8.13).
	RedirectOff string `json:"redirect_off" values:"empty|null|omit"`
	// NoOperator is how operator_identity comes back when there is none: Null, Omit or Empty (contract 8.17).
	NoOperator string `json:"no_operator" values:"null|omit|empty"`
	// Sensitive is how an identity's sensitive fields, and a payer's identification and label, come back: Echo, Null or
	// Omit (contract 8.18).
	Sensitive string `json:"sensitive" values:"echo|null|omit"`
	// OmitDefaults leaves kind and pep out where they were not sent, in place of their defaults (contract 8.19).
	OmitDefaults bool `json:"omit_defaults"`
	// FillIssuer adds an issuer to accounts that were sent without (contract 8.19).
	FillIssuer bool `json:"fill_issuer"`
	// ExtraFields adds fields that no document names, or that only payments have (contract 8.19).
	ExtraFields bool `json:"extra_fields"`
	// AmountForm is how amounts come back: Echo, Padded, Trimmed or Exponent (contract 8.20).
	AmountForm string `json:"amount_form" values:"echo|padded|trimmed|exponent"`
	// Cap refuses more than 10 EUR, as sandbox domains do (contract 8.21).
	Cap bool `json:"cap"`
	// IBAN is what is taken for one: Strict, Lax or Compact (contract 8.22).
	IBAN string `json:"iban" values:"strict|lax|compact"`
	// StrictOrganisation demands every org_ field of organisations (contract 8.25).
	StrictOrganisation bool `json:"strict_organisation"`
	// AllowUnknownFields takes a body with unknown keys (contract 8.27).
	AllowUnknownFields bool `json:"allow_unknown_fields"`
	// HideRevoked leaves revoked links out of the list (contract 8.28).
	HideRevoked bool `json:"hide_revoked"`
	// WrappedList answers the list as the one array in an object, as sister resources do (contract 8.40).
	WrappedList bool `json:"wrapped_list"`
	// NullAttemptState shows attempt_state as null before a payment, in place of "unavailable" (contract 8.30).
	NullAttemptState bool `json:"null_attempt_state"`
	// Outage shows attempt_state as "unavailable" whatever it is (contract 8.30).
	Outage bool `json:"outage"`
	// RevokedAtForm is how revoked_at comes back: Plain, RFC3339 or a form of vendorapi (contract 8.31).
	RevokedAtForm string `json:"revoked_at_form" values:"plain|rfc3339|offset|blank|local|words"`
	vendorapi.OtherMoney
	vendorapi.Delays
}
