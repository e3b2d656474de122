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

// Over tells whether nobody can pay any more, as far as the state says.
func (s State) Over() bool { return s == Paid || s == Expired || s == Revoked }

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
	Name  string // of the provider's object
	Title string
	// Attributes are the vendor's own that say what a link is, as the page names the column.
	Attributes string
	// Call is the operation that ends a link, and Ended its participle; empty where the vendor documents none.
	Call, Ended string
	// Born is the status of a new link.
	Born string
	// ReplaceWhen is the default of `replace_when`, OnDestroy are the values of `on_destroy`, the default first.
	ReplaceWhen []State
	OnDestroy   []string
	// Unique is an argument that no two links may share while both are there; empty for none.
	Unique string
	// ConfirmGone: a 404 is confirmed by the vendor's list.
	ConfirmGone bool
	Rows        []Row
	// Notes are printed below the table.
	Notes []string
}

// Row is a line of the table: one or more situations at the vendor with the same outcome.
type Row struct {
	// Statuses are the vendor's words; none: the link is not there any more.
	Statuses []string
	Dates    []Date // Powens alone
	Left     Left   // Conomy alone
	State    State
	// Race is a destroy whose refresh still saw a new link, Destroy one whose refresh saw this. Both are the outcome under
	// the default of `on_destroy`.
	Race, Destroy Ending
	// Foreseen: the plan of a destroy, or of a replacement, warns of what stands in the way.
	Foreseen bool
}

// Date is when Powens' link is, or will be, revoked.
type Date string

// The dates.
const (
	Never  Date = "null"
	ToCome Date = "to come"
	Past   Date = "passed"
)

// Left is how long a link goes on before it expires by itself.
type Left string

// The times left, by whether a destroy waits for so long.
const (
	Unlimited Left = ""
	Short     Left = "expires within `timeouts.delete`"
	Long      Left = "expires later than that"
)

// Situation is one way of a row, as a sandbox brings it about.
type Situation struct {
	Status string
	Date   Date
	Left   Left
	Gone   bool
}

// Name tells situations of one vendor apart.
func (s Situation) Name() string {
	name := s.Status
	if s.Gone {
		name = "gone"
	}
	if s.Date != "" {
		name += ", revoked_at " + string(s.Date)
	}
	if s.Left != Unlimited {
		name += ", " + string(s.Left)
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
	dates := r.Dates
	if len(dates) == 0 {
		dates = []Date{""}
	}
	var out []Situation
	for _, status := range r.Statuses {
		for _, date := range dates {
			out = append(out, Situation{Status: status, Date: date, Left: r.Left})
		}
	}
	return out
}

// Vendors is the table.
func Vendors() []Vendor { return []Vendor{powens(), conomy(), gigs(), qonto()} }

// Of is one vendor's part of the table.
func Of(name string) Vendor {
	for _, v := range Vendors() {
		if v.Name == name {
			return v
		}
	}
	panic("no vendor " + name)
}

// Plan is what the next plan does, under a `replace_when`.
func (r Row) Plan(replaceWhen []State) Plan {
	named := slices.Contains(replaceWhen, r.State)
	switch {
	case r.Gone() && named:
		return Anew
	case r.Gone():
		return Kept
	case named:
		return Renewed
	case r.State.Over():
		return Reported
	}
	return Quiet
}

// End is how a destroy goes under a value of `on_destroy`; refreshed tells whether its refresh saw the row's state.
func (r Row) End(v Vendor, onDestroy string, refreshed bool) Ending {
	over := refreshed && r.State.Over()
	switch {
	case onDestroy == Revoke && refreshed:
		return r.Destroy
	case onDestroy == Revoke:
		return r.Race
	case over:
		return Silent
	case onDestroy == Fail:
		return Forbidden
	case v.Call == "" && !refreshed:
		return r.Race
	case v.Call == "":
		return Unending
	}
	return Abandoned
}

// Refused is how a destroy goes that the vendor refuses, for whatever reason.
func (r Row) Refused() Ending {
	if r.Race != Ended {
		return r.Race
	}
	switch r.State {
	case Revoked, Expired:
		return Found
	case Paid:
		return WasPaid
	case Processing:
		return Busy
	}
	return Stuck
}

// Replace is how a replacement goes under the default of `on_destroy`.
func (r Row) Replace() Replacement {
	switch r.Destroy {
	case Ended:
		if r.State == Open {
			return Swapped
		}
		return Exchanged
	case Waited:
		return Awaited
	case WasPaid:
		return Noted
	case Busy, Early, Stuck:
		if r.Foreseen {
			return Foretold
		}
		return Blocked
	case Unending:
		return Doubled
	}
	return Fresh
}
