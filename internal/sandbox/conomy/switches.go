package conomy

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"

// Values of Switches.OmittedFields and Switches.Customer.
const (
	Omit  = "omit"  // absent
	Null  = "null"  // null
	Empty = "empty" // "", {} or []
	Echo  = "echo"  // as it was sent
)

// Values of Switches.AmountScale.
const (
	Verbatim    = "verbatim" // as it was sent
	TwoDecimals = "two"      // "10" comes back as "10.00"; more decimals stay
	Trimmed     = "trimmed"  // "10.00" comes back as "10"
)

// Values of Switches.ErrorShape (contract 6.1).
const (
	Current = "current" // {"status","code","type","detail","traceId"}
	Former  = "former"  // {"statusCode","error","message"}
	Gateway = "gateway" // {"message"}
)

// Switches are what the contract leaves open (its last section). Off, and the first of several values, is
// the contract's default. Delays are our own choice.
type Switches struct {
	// CreatedActive makes new links ACTIVE at once, in place of ATTEMPT (contract 8.1).
	CreatedActive bool `json:"created_active"`
	// IdempotentActivate answers 200 for a link that is ACTIVE, in place of 422 (contract 8.2).
	IdempotentActivate bool `json:"idempotent_activate"`
	// ReviveExpired lets an EXPIRED link be activated, from now on (contract 8.3).
	ReviveExpired bool `json:"revive_expired"`
	// RestartClock sets createdAt again when a link is activated (contract 8.3).
	RestartClock bool `json:"restart_clock"`
	// RefusedStatus is the status of a refused delete or activation: "422", "400" or "409" (contract 8.4).
	RefusedStatus string `json:"refused_status" values:"422|400|409"`
	// ExpiredGone answers 404 for an expired link (contract 8.6).
	ExpiredGone bool `json:"expired_gone"`
	// DuplicateTokens accepts a checkout token that another link holds (contract 8.7).
	DuplicateTokens bool `json:"duplicate_tokens"`
	// FreshURLs gives every link a URL of its own, in place of one that its token alone decides (contract 8.34).
	FreshURLs bool `json:"fresh_urls"`
	// KeepTokens refuses the checkout token of a deleted link for ever (contract 8.8).
	KeepTokens bool `json:"keep_tokens"`
	// AmountScale is how amounts come back (contract 8.10).
	AmountScale string `json:"amount_scale" values:"verbatim|two|trimmed"`
	// LaxItems does not check that an item adds up (contract 8.11).
	LaxItems bool `json:"lax_items"`
	// LaxDestinations does not check that the destinations add up to the total (contract 8.11).
	LaxDestinations bool `json:"lax_destinations"`
	// DestinationName fills in "conomy_hq" as the name of a destination that has none (contract 8.13).
	DestinationName bool `json:"destination_name"`
	// FillAccount fills in type, currency and holder of an account (contract 8.13).
	FillAccount bool `json:"fill_account"`
	// FillOwner fills in what is known of the owner (contract 8.13).
	FillOwner bool `json:"fill_owner"`
	// Customer is how the customer comes back: Echo, Null or Omit (contract 2.3: nullable).
	Customer string `json:"customer" values:"echo|null|omit"`
	// OmittedFields is how optional fields come back that were not sent: Omit, Null or Empty (contract 8.13 and 8.15).
	OmittedFields string `json:"omitted_fields" values:"omit|null|empty"`
	// ReorderSets shows methods and requirements in the reverse order (contract 8.14).
	ReorderSets bool `json:"reorder_sets"`
	// StrictUnknownFields refuses unknown fields everywhere, not under `owner` alone (contract 8.16).
	StrictUnknownFields bool `json:"strict_unknown_fields"`
	// AnyMethod accepts payment methods that no list names (contract 8.17).
	AnyMethod bool `json:"any_method"`
	// LaxAccount wants the number of an account alone, as the newest recipe has it, in place of all four fields (contract 7.7).
	LaxAccount bool `json:"lax_account"`
	// StrictURLs wants absolute http or https addresses (contract 8.18).
	StrictURLs bool `json:"strict_urls"`
	// ZeroLimitEmpty answers limit=0 with an empty page, in place of the default size (contract 8.20).
	ZeroLimitEmpty bool `json:"zero_limit_empty"`
	// LastNextZero sends next 0 on the last page, in place of the position after it (contract 8.20).
	LastNextZero bool `json:"last_next_zero"`
	// CountOfPage counts the items of the page, in place of those up to now (contract 5.1).
	CountOfPage bool `json:"count_of_page"`
	// OldestFirst lists in the other order (contract 5.4: not stated).
	OldestFirst bool `json:"oldest_first"`
	// KeyStatus is the status for a missing or bad x-api-key: "403" or "401" (contract 8.22).
	KeyStatus string `json:"key_status" values:"403|401"`
	// ErrorShape is how refusals are worded (contract 8.24).
	ErrorShape string `json:"error_shape" values:"current|former|gateway"`
	// StaysActive keeps a paid link ACTIVE, in place of FINISHED (contract 8.28).
	StaysActive bool `json:"stays_active"`
	// PatchNotFound answers PATCH with 404, in place of 501 (contract 8.29).
	PatchNotFound bool `json:"patch_not_found"`
	// CreateOK answers a create with 200, in place of 201 (contract 7.2).
	CreateOK bool `json:"create_ok"`
	// DeleteOK answers a delete with 200 and {}, in place of 204 (contract 7.3).
	DeleteOK bool `json:"delete_ok"`
	// NullDestinationType shows the type of destinations as null, as older documents do (contract 4.5).
	NullDestinationType bool `json:"null_destination_type"`
	// ExtraFields adds fields that no document names to links (contract 6.3: they must be ignored).
	ExtraFields bool `json:"extra_fields"`
	// TokenLifetime is how long an access token lives, and what expiresIn says (contract 1.5); an hour by default.
	TokenLifetime vendorapi.Duration `json:"token_lifetime"`
	// TimeForm is how times come back: RFC 3339, or a form of vendorapi that no document names.
	TimeForm string `json:"time_form" values:"rfc3339|offset|blank|local|words"`
	vendorapi.OtherMoney
	vendorapi.Delays
}
