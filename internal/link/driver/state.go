package driver

// State is the normalised state of a link: what a vendor's status means in words common to all vendors.
type State string

const (
	Open       State = "open"       // can be paid
	Processing State = "processing" // a payment is under way
	Paid       State = "paid"
	Expired    State = "expired"
	Revoked    State = "revoked"
	// Unknown is a status that the vendor's documents do not name. It never changes a plan.
	Unknown State = "unknown"
)

// Ended reports whether nobody can pay the link any more.
func (s State) Ended() bool { return s == Revoked || s == Expired || s == Paid }

// EndedStates returns the states that `replace_when` may name.
func EndedStates() []string { return []string{string(Revoked), string(Expired), string(Paid)} }

// States returns all states, as the filter `states` takes them.
func States() []string {
	return []string{string(Open), string(Processing), string(Paid), string(Expired), string(Revoked), string(Unknown)}
}
