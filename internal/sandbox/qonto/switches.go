package qonto

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"

// Values of Switches.OmittedItemFields.
const (
	Omit     = "omit"     // the field is absent
	Null     = "null"     // the field is null
	Defaults = "defaults" // type is "good", measure_unit is "unit", description is ""
)

// Values of Switches.AmountScale.
const (
	TwoDecimals = "two"      // "10.9" comes back as "10.90"
	Verbatim    = "verbatim" // "10.9" comes back as "10.9", "10.900" as "10.900"
	Trimmed     = "trimmed"  // "10.90" comes back as "10.9", the gross too
)

// Values of Switches.Rounding.
const (
	RoundLine = "line" // each item's gross
	RoundUnit = "unit" // the gross of one, which is then multiplied
	RoundSum  = "sum"  // the sum of the items alone
)

// Values of Switches.StagingRefusal.
const (
	RedirectToLogin = "redirect" // 302 to a log-in page
	LoginPage       = "page"     // 200 with HTML
)

// Switches are what the contract leaves open (its last section). Off, and the first of several
// values, is the contract's default, unless a switch says otherwise. For Delays see contract 8.23.
type Switches struct {
	// VATFraction reads vat_rate as a fraction and refuses 1 and more (contract 8.1).
	VATFraction bool `json:"vat_fraction"`
	// Rounding is what is rounded half up (contract 4.3).
	Rounding string `json:"rounding" values:"line|unit|sum"`
	// AcceptUndocumented takes what no document refuses: lines below zero, other currencies, no methods, other methods and item types,
	// a reusable invoice link (contract 4.4 to 4.7).
	AcceptUndocumented bool `json:"accept_undocumented"`
	// WrapGet puts "payment_link" around the answer to a GET (contract 8.2).
	WrapGet bool `json:"wrap_get"`
	// IdempotentDeactivate answers 200 for a canceled link, in place of 422 (contract 8.3).
	IdempotentDeactivate bool `json:"idempotent_deactivate"`
	// DeactivateProcessing cancels a link that is processing, in place of 422 (contract 8.3).
	DeactivateProcessing bool `json:"deactivate_processing"`
	// ZeroExpiration shows expiration_date as 0001-01-01T00:00:00Z, as production does (contract 8.7).
	ZeroExpiration bool `json:"zero_expiration"`
	// IgnoreIdempotencyKey creates a second link for a repeated key (contract 8.8).
	IgnoreIdempotencyKey bool `json:"ignore_idempotency_key"`
	// AmountScale is how amounts come back (contract 8.9).
	AmountScale string `json:"amount_scale" values:"two|verbatim|trimmed"`
	// TrimVATRate shows a vat_rate of "21.0" as "21" (contract 8.9).
	TrimVATRate bool `json:"trim_vat_rate"`
	// ReorderMethods shows potential_payment_methods in the reverse order (contract 8.9).
	ReorderMethods bool `json:"reorder_methods"`
	// OmittedItemFields is how type, description and measure_unit come back when they were not sent (contract 8.10).
	OmittedItemFields string `json:"omitted_item_fields" values:"omit|null|defaults"`
	// StrictInvoice refuses an invoice_id that AddInvoice does not know (contract 8.17).
	StrictInvoice bool `json:"strict_invoice"`
	// StrictUnknownFields refuses a body with an unknown field (contract 8.19).
	StrictUnknownFields bool `json:"strict_unknown_fields"`
	// NextPageZeroQuirk sends next_page 0 with an empty list, as was observed; else null (contract 8.24). Default on.
	NextPageZeroQuirk bool `json:"next_page_zero_quirk"`
	// OmitLastNextPage leaves next_page out on a last page that is not empty, in place of null (contract 5.2).
	OmitLastNextPage bool `json:"omit_last_next_page"`
	// OmitResourceType leaves resource_type out, as older deployments did (contract 7.1).
	OmitResourceType bool `json:"omit_resource_type"`
	// OmitOtherShape leaves the fields of the other shape out, in place of null (contract 2.9).
	OmitOtherShape bool `json:"omit_other_shape"`
	// ExtraFields adds fields that no document names to links (contract 1.6: that is no breaking change).
	ExtraFields bool `json:"extra_fields"`
	// PaidStaysProcessing leaves a paid link "processing", as the vendor's own sandbox does (contract 3.1).
	PaidStaysProcessing bool `json:"paid_stays_processing"`
	// StagingRefusal is the answer without a valid X-Qonto-Staging-Token (contract 1.5).
	StagingRefusal string `json:"staging_refusal" values:"redirect|page"`
	// PaymentsDelay makes the payments of a new link unknown for so long, although the link is read (contract 8.23).
	PaymentsDelay vendorapi.Duration `json:"payments_delay"`
	// NoStagingToken asks for no X-Qonto-Staging-Token, as production does (contract 8.28).
	NoStagingToken bool `json:"no_staging_token"`
	// RateLimit answers 429 beyond 1000 requests in 10 s or 10000 in 10 min (contract 6.2). Off by default, because a
	// limit by the clock would make tests depend on the speed of the machine.
	RateLimit bool `json:"rate_limit"`
	// TimeForm is how times come back: RFC 3339, or a form of vendorapi that no document names.
	TimeForm string `json:"time_form" values:"rfc3339|offset|blank|local|words"`
	vendorapi.OtherMoney
	vendorapi.Delays
}
