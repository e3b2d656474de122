// Package lifecycle is what becomes of a payment link in every state that its vendor documents: one table, that a page of
// the documentation is written from, and that a test holds against the provider. It says nothing twice and runs nothing.
package lifecycle

import "slices"

// State is the one word that every vendor's status becomes.
type State string

// The states.
const (
	Open       State = "open"
	Processing State = "processing"
	Paid       State = "paid"
	Expired    State = "expired"
	Revoked    State = "revoked"
	Unknown    State = "unknown"
)

// IsEnded tells whether nobody can pay any more, as far as the state says.
func (s State) IsEnded() bool { return s == Paid || s == Expired || s == Revoked }

// Undocumented stands for a status that the vendor's documents do not name.
const Undocumented = "FROZEN"

// The values of `on_destroy`.
const (
	Revoke  = "revoke"
	Abandon = "abandon"
	Fail    = "fail"
)

// Vendor is one vendor's part of the table.
type Vendor struct {
	Name, Title string // as in the vendor's descriptor
	// Attributes are the vendor's own that say what a link is, as the page names the column.
	Attributes string
	// Call is the operation that ends a link, and EndedVerb its participle; empty where the vendor documents none.
	Call, EndedVerb string
	// InitialStatus is the status of a new link.
	InitialStatus string
	// ReplaceWhen is the default of `replace_when`, OnDestroy are the values of `on_destroy`, the default first.
	ReplaceWhen []State
	OnDestroy   []string
	// Expires is the attribute with the end of a link, at which `renew_before` looks; "" where no link expires.
	Expires string
	Rows    []Row
	// StatusText is how the page names a status that is not one word of the vendor's.
	StatusText map[string]string
	// Notes are printed below the table.
	Notes []string
}

// Row is a line of the table: one or more situations at the vendor with the same outcome.
type Row struct {
	// Statuses are the vendor's words; none: the link is not there any more.
	Statuses    []string
	Revocations []Revocation // of vendors that revoke a link at a date
	Expiry      Expiry       // of vendors that do not end a link before it expires
	State       State
	// DestroyStale is a destroy whose refresh still saw a new link, Destroy one whose refresh saw this. Both are the outcome under
	// the default of `on_destroy`.
	DestroyStale, Destroy DestroyOutcome
	// PlanWarns: the plan of a destroy, or of a replacement, warns of what stands in the way.
	PlanWarns bool
}

// Revocation is when a link was, or will be, revoked.
type Revocation string

// The revocations.
const (
	NotRevoked    Revocation = "null"
	RevokedLater  Revocation = "to come"
	RevokedBefore Revocation = "passed"
)

// Expiry is how long a link goes on before it expires by itself.
type Expiry string

// The expiries, by whether a destroy waits for so long.
const (
	NoExpiry    Expiry = ""
	ExpiresSoon Expiry = "expires within `timeouts.delete`"
	ExpiresLate Expiry = "expires later than that"
)

// Situation is one way of a row, as a sandbox brings it about.
type Situation struct {
	Status     string
	Revocation Revocation
	Expiry     Expiry
	Gone       bool
}

// Name tells situations of one vendor apart.
func (s Situation) Name() string {
	name := s.Status
	if s.Gone {
		name = "gone"
	}
	if s.Revocation != "" {
		name += ", revoked_at " + string(s.Revocation)
	}
	if s.Expiry != NoExpiry {
		name += ", " + string(s.Expiry)
	}
	return name
}

// Gone tells whether the vendor has no such link any more.
func (r Row) Gone() bool { return len(r.Statuses) == 0 }

// Situations are all the ways of a row.
func (r Row) Situations() []Situation {
	if r.Gone() {
		return []Situation{{Gone: true}}
	}
	revocations := r.Revocations
	if len(revocations) == 0 {
		revocations = []Revocation{""}
	}
	var out []Situation
	for _, status := range r.Statuses {
		for _, revocation := range revocations {
			out = append(out, Situation{Status: status, Revocation: revocation, Expiry: r.Expiry})
		}
	}
	return out
}

// PlanOutcome is what the next plan does, under a `replace_when`.
func (r Row) PlanOutcome(replaceWhen []State) PlanOutcome {
	named := slices.Contains(replaceWhen, r.State)
	switch {
	case r.Gone() && named:
		return PlanRecreate
	case r.Gone():
		return PlanKeep
	case named:
		return PlanReplace
	case r.State.IsEnded():
		return PlanWarn
	}
	return PlanNone
}

// IsRenewed tells whether a plan replaces the link within `renew_before` of its end.
func (r Row) IsRenewed(v Vendor) bool { return v.Expires != "" && r.State == Open }

// DestroyOutcome is how a destroy goes under a value of `on_destroy`; refreshed tells whether its refresh saw the row's state.
func (r Row) DestroyOutcome(v Vendor, onDestroy string, refreshed bool) DestroyOutcome {
	ended := refreshed && r.State.IsEnded()
	switch {
	case onDestroy == Revoke && refreshed:
		return r.Destroy
	case onDestroy == Revoke:
		return r.DestroyStale
	case ended:
		return NoCall
	case onDestroy == Fail:
		return RefusedByPolicy
	case v.Call == "" && !refreshed:
		return r.DestroyStale
	case v.Call == "":
		return NotRevocable
	}
	return Abandoned
}

// WarnsOfPayment tells whether the plan of a destroy says that somebody is paying, and what the destroy will ask of the vendor.
func (r Row) WarnsOfPayment(v Vendor, onDestroy string) bool {
	return r.State == Processing && v.Call != "" && (!r.PlanWarns || onDestroy == Abandon)
}

// RefusedDestroy is how a destroy goes that the vendor refuses, for whatever reason.
func (r Row) RefusedDestroy() DestroyOutcome {
	if r.DestroyStale != Ended {
		return r.DestroyStale
	}
	switch r.State {
	case Revoked, Expired:
		return AlreadyEnded
	case Paid:
		return WasPaid
	case Processing:
		return PaymentInProgress
	}
	return WrongState
}

// ReplaceOutcome is how a replacement goes under the default of `on_destroy`.
func (r Row) ReplaceOutcome() ReplaceOutcome {
	switch r.Destroy {
	case Ended:
		if r.State == Open {
			return ReplacedWarned
		}
		return Replaced
	case WaitThenEnd:
		return ReplacedAfterWait
	case WasPaid:
		return ReplacedPaid
	case PaymentInProgress, TooEarly, WrongState:
		if r.PlanWarns {
			return ReplaceRefusedWarned
		}
		return ReplaceRefused
	case NotRevocable:
		return BothPayable
	}
	return CreateOnly
}
