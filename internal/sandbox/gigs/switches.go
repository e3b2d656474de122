package gigs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Positions of Switches.SecondActive: what becomes of a create while the invoice has an active link.
const (
	Allow  = "allow"  // both are active
	Reject = "reject" // 422
	Cancel = "cancel" // the new link cancels the old ones
)

// Positions of Switches.UnknownInvoice: what becomes of a create for an invoice that AddInvoice has not named.
const (
	Finalized     = "finalized"     // it is taken for a finalized one (own choice: nothing here makes invoices)
	NotFound      = "not_found"     // 404
	Unprocessable = "unprocessable" // 422
)

// Switches are the positions of what the contract leaves open; rows are those of its section 7.
type Switches struct {
	// CreateOK answers a create with 200, in place of 201 (row 2).
	CreateOK bool `json:"create_ok"`
	// CheckDigits refuses a tax number whose check digits are wrong (row 3).
	CheckDigits bool `json:"check_digits"`
	// TrailingSlash adds a slash to a redirectUrl that ends without one (row 5).
	TrailingSlash bool `json:"trailing_slash"`
	// SecondActive is about a second active link for an invoice (row 8).
	SecondActive string `json:"second_active"`
	// VoidCancels cancels the active links of an invoice that is voided or paid in another way (row 9).
	VoidCancels bool `json:"void_cancels"`
	// UnknownInvoice is about invoices that nobody has named (row 10).
	UnknownInvoice string `json:"unknown_invoice"`
	// RefuseIdempotencyKeys fails every POST with an Idempotency-Key, as for a project that was not admitted (row 13).
	RefuseIdempotencyKeys bool `json:"refuse_idempotency_keys"`
	// IgnoreIdempotencyKeys takes a key and makes a second link all the same: after a 500 nothing is promised (section 5).
	IgnoreIdempotencyKeys bool `json:"ignore_idempotency_keys"`
	// RejectReusedKey refuses a known key with another body, in place of the first answer (row 14).
	RejectReusedKey bool `json:"reject_reused_key"`
	// RateLimit answers 429 with Retry-After beyond so many requests in 10 s; 0 is none (row 15, not the vendor's).
	RateLimit int `json:"rate_limit"`
	// Fractions writes every second link's times as 34.0Z, the others' as 34Z (row 22).
	Fractions bool `json:"fractions"`
	// OmitNulls leaves keys out that are null (row 23: a client accepts both).
	OmitNulls bool `json:"omit_nulls"`
	// ExtraFields adds fields that no document names to links (1: that is no breaking change).
	ExtraFields bool `json:"extra_fields"`
	// ReadDelay makes a new link unknown to reads of it for so long.
	ReadDelay time.Duration `json:"-"`
	// ListLag keeps a new link out of lists for so long.
	ListLag time.Duration `json:"-"`
}

// DefaultSwitches are the contract's defaults.
func DefaultSwitches() Switches {
	return Switches{SecondActive: Allow, UnknownInvoice: Finalized}
}

// jsonSwitches is Switches with durations as text, such as "2s".
type jsonSwitches struct {
	*plainSwitches
	ReadDelay string `json:"read_delay"`
	ListLag   string `json:"list_lag"`
}

type plainSwitches Switches

// MarshalJSON writes durations as text.
func (s Switches) MarshalJSON() ([]byte, error) {
	plain := plainSwitches(s)
	return json.Marshal(jsonSwitches{&plain, s.ReadDelay.String(), s.ListLag.String()})
}

// UnmarshalJSON changes the fields that data names and refuses unknown names and positions.
func (s *Switches) UnmarshalJSON(data []byte) error {
	plain := plainSwitches(*s)
	wire := jsonSwitches{&plain, s.ReadDelay.String(), s.ListLag.String()}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return err
	}
	var err error
	if plain.ReadDelay, err = time.ParseDuration(wire.ReadDelay); err != nil {
		return err
	}
	if plain.ListLag, err = time.ParseDuration(wire.ListLag); err != nil {
		return err
	}
	if !slices.Contains([]string{Allow, Reject, Cancel}, plain.SecondActive) {
		return fmt.Errorf("second_active: no position %q", plain.SecondActive)
	}
	if !slices.Contains([]string{Finalized, NotFound, Unprocessable}, plain.UnknownInvoice) {
		return fmt.Errorf("unknown_invoice: no position %q", plain.UnknownInvoice)
	}
	if plain.RateLimit < 0 {
		return fmt.Errorf("rate_limit: %d is negative", plain.RateLimit)
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
