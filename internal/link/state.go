package link

// State is the one word that every vendor's status becomes (design: "The life of a link").
type State string

const (
	Open       State = "open"
	Processing State = "processing"
	Paid       State = "paid"
	Expired    State = "expired"
	Revoked    State = "revoked"
	// Unknown is a status that the vendor's documents do not name. It never changes a plan.
	Unknown State = "unknown"
)

// Ended: nobody can pay any more.
func (s State) Ended() bool { return s == Revoked || s == Expired || s == Paid }

// EndedStates is what `replace_when` may name.
func EndedStates() []string { return []string{string(Revoked), string(Expired), string(Paid)} }
