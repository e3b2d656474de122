package powens

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Positions of switches of text.
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

// Switches are the positions of what the contract leaves open. "Row" is a row of the contract's section 7; the zero value
// of each field is the contract's default but for those that DefaultSwitches sets.
type Switches struct {
	// Created201 answers a create with 201, in place of 200 (row 7).
	Created201 bool `json:"created_201"`
	// GoneWhenRevoked answers a GET of a revoked link with 404, in place of the link (row 3).
	GoneWhenRevoked bool `json:"gone_when_revoked"`
	// RateLimit answers 429 beyond 30 calls of a minute (row 8). Off by default, because a limit by the clock would make
	// tests depend on the speed of the machine.
	RateLimit bool `json:"rate_limit"`
	// TokenLifetime is that of tokens made from now on (row 9).
	TokenLifetime time.Duration `json:"-"`
	// ReferenceID is what becomes of one that was not sent: Generated, Null, Omit or Later (row 12).
	ReferenceID string `json:"reference_id"`
	// RedirectOff is how redirect_uri and redirect_state come back when redirect is false: Empty, Null or Omit (row 13).
	RedirectOff string `json:"redirect_off"`
	// NoOperator is how operator_identity comes back when there is none: Null, Omit or Empty (row 17).
	NoOperator string `json:"no_operator"`
	// Sensitive is how an identity's sensitive fields, and a payer's identification and label, come back: Echo, Null or
	// Omit (row 18).
	Sensitive string `json:"sensitive"`
	// OmitDefaults leaves kind and pep out where they were not sent, in place of their defaults (row 19).
	OmitDefaults bool `json:"omit_defaults"`
	// FillIssuer adds an issuer to accounts that were sent without (row 19).
	FillIssuer bool `json:"fill_issuer"`
	// ExtraFields adds fields that no document names, or that only payments have (row 19).
	ExtraFields bool `json:"extra_fields"`
	// AmountForm is how amounts come back: Echo, Padded, Trimmed or Exponent (row 20).
	AmountForm string `json:"amount_form"`
	// Cap refuses more than 10 EUR, as sandbox domains do (row 21).
	Cap bool `json:"cap"`
	// IBAN is what is taken for one: Strict, Lax or Compact (row 22).
	IBAN string `json:"iban"`
	// StrictOrganisation demands every org_ field of organisations (row 25).
	StrictOrganisation bool `json:"strict_organisation"`
	// AllowUnknownFields takes a body with unknown keys (row 27).
	AllowUnknownFields bool `json:"allow_unknown_fields"`
	// HideRevoked leaves revoked links out of the list (row 28).
	HideRevoked bool `json:"hide_revoked"`
	// NullAttemptState shows attempt_state as null before a payment, in place of "unavailable" (row 30).
	NullAttemptState bool `json:"null_attempt_state"`
	// Outage shows attempt_state as "unavailable" whatever it is (row 30).
	Outage bool `json:"outage"`
	// RevokedAtForm is how revoked_at comes back: Plain or RFC3339 (row 31).
	RevokedAtForm string `json:"revoked_at_form"`
	// ReadDelay makes a new link unknown to reads of it for so long (row 32).
	ReadDelay time.Duration `json:"-"`
	// ListLag keeps a new link out of lists for so long (row 32).
	ListLag time.Duration `json:"-"`
}

// DefaultSwitches are the contract's defaults.
func DefaultSwitches() Switches {
	return Switches{
		TokenLifetime: 30 * time.Minute, ReferenceID: Generated, RedirectOff: Empty, NoOperator: Null, Sensitive: Echo,
		AmountForm: Echo, IBAN: Strict, RevokedAtForm: Plain,
	}
}

// jsonSwitches is Switches with durations as text, such as "2s".
type jsonSwitches struct {
	*plainSwitches
	TokenLifetime string `json:"token_lifetime"`
	ReadDelay     string `json:"read_delay"`
	ListLag       string `json:"list_lag"`
}

type plainSwitches Switches

func (s Switches) wire(plain *plainSwitches) jsonSwitches {
	return jsonSwitches{plain, s.TokenLifetime.String(), s.ReadDelay.String(), s.ListLag.String()}
}

// MarshalJSON writes durations as text.
func (s Switches) MarshalJSON() ([]byte, error) {
	plain := plainSwitches(s)
	return json.Marshal(s.wire(&plain))
}

// UnmarshalJSON changes the fields that data names and refuses unknown names and positions.
func (s *Switches) UnmarshalJSON(data []byte) error {
	plain := plainSwitches(*s)
	wire := s.wire(&plain)
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return err
	}
	for target, text := range map[*time.Duration]string{
		&plain.TokenLifetime: wire.TokenLifetime, &plain.ReadDelay: wire.ReadDelay, &plain.ListLag: wire.ListLag,
	} {
		d, err := time.ParseDuration(text)
		if err != nil {
			return err
		}
		*target = d
	}
	if err := plain.check(); err != nil {
		return err
	}
	*s = Switches(plain)
	return nil
}

// check refuses positions that a switch does not have.
func (s plainSwitches) check() error {
	for _, c := range []struct {
		name, position string
		positions      []string
	}{
		{"reference_id", s.ReferenceID, []string{Generated, Null, Omit, Later}},
		{"redirect_off", s.RedirectOff, []string{Empty, Null, Omit}},
		{"no_operator", s.NoOperator, []string{Null, Omit, Empty}},
		{"sensitive", s.Sensitive, []string{Echo, Null, Omit}},
		{"amount_form", s.AmountForm, []string{Echo, Padded, Trimmed, Exponent}},
		{"iban", s.IBAN, []string{Strict, Lax, Compact}},
		{"revoked_at_form", s.RevokedAtForm, []string{Plain, RFC3339}},
	} {
		if !slices.Contains(c.positions, c.position) {
			return fmt.Errorf("%s: no position %q", c.name, c.position)
		}
	}
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
