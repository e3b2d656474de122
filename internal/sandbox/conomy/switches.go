package conomy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Positions of Switches.OmittedFields and Switches.Customer.
const (
	Omit  = "omit"  // absent
	Null  = "null"  // null
	Empty = "empty" // "", {} or []
	Echo  = "echo"  // as it was sent
)

// Positions of Switches.AmountScale.
const (
	Verbatim    = "verbatim" // as it was sent
	TwoDecimals = "two"      // "10" comes back as "10.00"; more decimals stay
	Trimmed     = "trimmed"  // "10.00" comes back as "10"
)

// Positions of Switches.ErrorShape (section 2.5).
const (
	Current = "current" // {"status","code","type","detail","traceId"}
	Former  = "former"  // {"statusCode","error","message"}
	Gateway = "gateway" // {"message"}
)

// Switches are the positions of what the contract leaves open. "Row" is a row of the contract's section 8; the zero value
// of each field is the contract's default but for those that DefaultSwitches sets.
type Switches struct {
	// CreatedActive makes new links ACTIVE at once, in place of ATTEMPT (row 1).
	CreatedActive bool `json:"created_active"`
	// IdempotentActivate answers 200 for a link that is ACTIVE, in place of 422 (row 2).
	IdempotentActivate bool `json:"idempotent_activate"`
	// ReviveExpired lets an EXPIRED link be activated, from now on (row 3).
	ReviveExpired bool `json:"revive_expired"`
	// RestartClock sets createdAt anew when a link is activated (row 3).
	RestartClock bool `json:"restart_clock"`
	// RefusedStatus is the status of a refused delete or activation: "422", "400" or "409" (row 4).
	RefusedStatus string `json:"refused_status"`
	// ExpiredGone answers 404 for an expired link (row 6).
	ExpiredGone bool `json:"expired_gone"`
	// DuplicateTokens accepts a checkout token that another link holds (row 7).
	DuplicateTokens bool `json:"duplicate_tokens"`
	// KeepTokens refuses the checkout token of a deleted link for ever (row 8).
	KeepTokens bool `json:"keep_tokens"`
	// AmountScale is how amounts come back (row 10).
	AmountScale string `json:"amount_scale"`
	// LaxItems does not check that an item adds up (row 11).
	LaxItems bool `json:"lax_items"`
	// LaxDestinations does not check that the destinations add up to the total (row 11).
	LaxDestinations bool `json:"lax_destinations"`
	// DestinationName fills in "conomy_hq" as the name of a destination that has none (row 13).
	DestinationName bool `json:"destination_name"`
	// FillAccount fills in type, currency and holder of an account (row 13).
	FillAccount bool `json:"fill_account"`
	// FillOwner fills in what is known of the owner (row 13).
	FillOwner bool `json:"fill_owner"`
	// Customer is how the customer comes back: Echo, Null or Omit (section 2.3: nullable).
	Customer string `json:"customer"`
	// OmittedFields is how optional fields come back that were not sent: Omit, Null or Empty (rows 13 and 15).
	OmittedFields string `json:"omitted_fields"`
	// ReorderSets shows methods and requirements in the reverse order (row 14).
	ReorderSets bool `json:"reorder_sets"`
	// StrictUnknownFields refuses unknown fields everywhere, not under `owner` alone (row 16).
	StrictUnknownFields bool `json:"strict_unknown_fields"`
	// AnyMethod accepts payment methods that no list names (row 17).
	AnyMethod bool `json:"any_method"`
	// StrictAccount wants all four fields of an account, as the OpenAPI has them (section 2.2).
	StrictAccount bool `json:"strict_account"`
	// StrictURLs wants absolute http or https addresses (row 18).
	StrictURLs bool `json:"strict_urls"`
	// ZeroLimitEmpty answers limit=0 with an empty page, in place of the default size (row 20).
	ZeroLimitEmpty bool `json:"zero_limit_empty"`
	// LastNextZero sends next 0 on the last page, in place of the position after it (row 20).
	LastNextZero bool `json:"last_next_zero"`
	// CountOfPage counts the items of the page, in place of those up to now (section 5).
	CountOfPage bool `json:"count_of_page"`
	// OldestFirst lists in the other order (section 5: not stated).
	OldestFirst bool `json:"oldest_first"`
	// KeyStatus is the status for a missing or bad x-api-key: "403" or "401" (row 22).
	KeyStatus string `json:"key_status"`
	// ErrorShape is how refusals are worded (row 24).
	ErrorShape string `json:"error_shape"`
	// StaysActive keeps a paid link ACTIVE, in place of FINISHED (row 28).
	StaysActive bool `json:"stays_active"`
	// PatchNotFound answers PATCH with 404, in place of 501 (row 29).
	PatchNotFound bool `json:"patch_not_found"`
	// CreateOK answers a create with 200, in place of 201 (section 7).
	CreateOK bool `json:"create_ok"`
	// DeleteOK answers a delete with 200 and {}, in place of 204 (section 7).
	DeleteOK bool `json:"delete_ok"`
	// NullDestinationType shows the type of destinations as null, as older documents do (section 4).
	NullDestinationType bool `json:"null_destination_type"`
	// ExtraFields adds fields that no document names to links (section 6: they must be ignored).
	ExtraFields bool `json:"extra_fields"`
	// ReadDelay makes a new link unknown to reads of it for so long (own choice).
	ReadDelay time.Duration `json:"-"`
	// ListLag keeps a new link out of lists for so long (own choice).
	ListLag time.Duration `json:"-"`
	// TokenLifetime is how long an access token lives, and what expiresIn says (section 1).
	TokenLifetime time.Duration `json:"-"`
}

// DefaultSwitches are the contract's defaults.
func DefaultSwitches() Switches {
	return Switches{
		RefusedStatus: "422", AmountScale: Verbatim, Customer: Echo, OmittedFields: Omit, KeyStatus: "403", ErrorShape: Current,
		TokenLifetime: time.Hour,
	}
}

// jsonSwitches is Switches with durations as text, such as "2s".
type jsonSwitches struct {
	*plainSwitches
	ReadDelay     string `json:"read_delay"`
	ListLag       string `json:"list_lag"`
	TokenLifetime string `json:"token_lifetime"`
}

type plainSwitches Switches

func (p *plainSwitches) json() jsonSwitches {
	return jsonSwitches{p, p.ReadDelay.String(), p.ListLag.String(), p.TokenLifetime.String()}
}

// MarshalJSON writes durations as text.
func (s Switches) MarshalJSON() ([]byte, error) {
	plain := plainSwitches(s)
	return json.Marshal(plain.json())
}

// UnmarshalJSON changes the fields that data names and refuses unknown names and positions.
func (s *Switches) UnmarshalJSON(data []byte) error {
	plain := plainSwitches(*s)
	wire := plain.json()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return err
	}
	for target, text := range map[*time.Duration]string{
		&plain.ReadDelay: wire.ReadDelay, &plain.ListLag: wire.ListLag, &plain.TokenLifetime: wire.TokenLifetime,
	} {
		d, err := time.ParseDuration(text)
		if err != nil {
			return err
		}
		*target = d
	}
	for name, position := range map[string]struct {
		is  string
		may []string
	}{
		"refused_status": {plain.RefusedStatus, []string{"422", "400", "409"}},
		"amount_scale":   {plain.AmountScale, []string{Verbatim, TwoDecimals, Trimmed}},
		"customer":       {plain.Customer, []string{Echo, Null, Omit}},
		"omitted_fields": {plain.OmittedFields, []string{Omit, Null, Empty}},
		"key_status":     {plain.KeyStatus, []string{"403", "401"}},
		"error_shape":    {plain.ErrorShape, []string{Current, Former, Gateway}},
	} {
		if !slices.Contains(position.may, position.is) {
			return fmt.Errorf("%s: no position %q", name, position.is)
		}
	}
	*s = Switches(plain)
	return nil
}

// Set changes switches; the change holds for the next request.
func (s *Server) Set(change func(*Switches)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.switches)
}

// Switches returns the positions, for the control API.
func (s *Server) Switches() any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.switches
}

// SetSwitches changes the switches that a JSON object names; on an error none has changed.
func (s *Server) SetSwitches(data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := s.switches
	if err := changed.UnmarshalJSON(data); err != nil {
		return err
	}
	s.switches = changed
	return nil
}
