package lifecycle

// Plan is what the next plan does about a link whose configuration has not changed. Its text is what the page prints.
type Plan string

// The plans.
const (
	Quiet    Plan = "nothing"
	Reported Plan = "nothing, and a warning that it is over"
	Renewed  Plan = "replaces it, with a warning"
	Anew     Plan = "drops it from the state, with a warning, and creates a new one"
	Kept     Plan = "nothing; it stays in state as `revoked`, with a warning"
)

// Ending is how a destroy goes. ENDED in its text is the vendor's participle.
type Ending string

// The endings.
const (
	Ended     Ending = "ENDED"
	Found     Ending = "let go: the vendor refuses, and a look at the link shows that there is nothing left to end"
	WasPaid   Ending = "let go, with a warning that it was paid"
	Silent    Ending = "let go without a call"
	Waited    Ending = "waits until it has expired, then ENDED"
	Early     Ending = "**error** that names the moment from which it can be ENDED; it stays in state"
	Busy      Ending = "**error**: somebody is paying, destroy it later; it stays in state"
	Stuck     Ending = "**error** that names its state; it stays in state"
	Unending  Ending = "let go, with a warning that it stays payable"
	Overtaken Ending = "let go: a look at the link shows that there is nothing left to end"
	PaidFirst Ending = "let go, with a warning that it was paid meanwhile"
	Abandoned Ending = "let go, with a warning that its URL stays payable"
	Forbidden Ending = "**error** in the plan; it stays in state"
)

// Volume is how loud an outcome is.
type Volume int

// The volumes.
const (
	Nothing Volume = iota
	Warning
	Error // the link stays in state
)

// Fact is what a test sees of an ending.
type Fact struct {
	// Asked are the requests, in order: "end" is the vendor's call that ends a link.
	Asked []string
	// Planned is what the plan says, Said what the apply says, and Words are in both.
	Planned, Said Volume
	Words         string
	Foretold      string // the plan's words, where they are others
	// Ends: nobody can pay the link any more, because of this destroy.
	Ends bool
}

// Fact of an ending.
func (e Ending) Fact() Fact {
	end, look := []string{"end"}, []string{"end", "get"}
	return map[Ending]Fact{
		Ended:     {Asked: end, Ends: true},
		Found:     {Asked: look},
		WasPaid:   {Asked: look, Said: Warning, Words: "was paid"},
		Silent:    {},
		Waited:    {Asked: []string{"end", "get", "end"}, Ends: true},
		Early:     {Asked: look, Said: Error, Words: "It can be revoked from"},
		Busy:      {Asked: look, Said: Error, Words: "Somebody is paying"},
		Stuck:     {Asked: look, Said: Error, Words: "on_destroy"},
		Unending:  {Asked: []string{"get"}, Planned: Warning, Said: Warning, Words: "stays payable"},
		Overtaken: {Asked: []string{"get"}, Planned: Warning, Foretold: "stays payable"},
		PaidFirst: {Asked: []string{"get"}, Planned: Warning, Said: Warning, Words: "was paid", Foretold: "stays payable"},
		Abandoned: {Said: Warning, Words: "stays payable"},
		Forbidden: {Planned: Error, Words: "`fail`"},
	}[e]
}

// Replacement is how the replacement of a link goes whose configuration has changed.
type Replacement string

// The replacements.
const (
	Swapped   Replacement = "ENDED, then a new one; the plan warns that its URL stops working"
	Exchanged Replacement = "ENDED, then a new one"
	Awaited   Replacement = "waits until it has expired, ENDED, then a new one; the plan warns of it"
	Noted     Replacement = "a new one, with a warning that the old one was paid"
	Fresh     Replacement = "a new one; there is nothing to end"
	Doubled   Replacement = "a new one; the plan warns that the old one stays payable"
	Blocked   Replacement = "**error** as for a destroy; the old one stays, and no new one is made"
	Foretold  Replacement = "**error** as for a destroy, and the plan warns of it; the old one stays, and no new one is made"
)

// Change is what a test sees of a replacement.
type Change struct {
	Planned, Said string // words of the plan's warning and of the apply's; empty: there is none
	Ends, Made    bool   // the old link, the new one
}

// Change of a replacement.
func (r Replacement) Change() Change {
	return map[Replacement]Change{
		Swapped:   {Planned: "stops working", Ends: true, Made: true},
		Exchanged: {Ends: true, Made: true},
		Awaited:   {Planned: "The apply waits", Ends: true, Made: true},
		Noted:     {Said: "was paid", Made: true},
		Fresh:     {Made: true},
		Doubled:   {Planned: "stays payable", Said: "stays payable", Made: true},
		Blocked:   {},
		Foretold:  {Planned: "yet"},
	}[r]
}

// Import is how an import goes.
type Import string

// The imports. After an import the next plan is that of any other link.
const (
	Taken  Import = "imported"
	NoLink Import = "**error**: there is no such link"
)

// Import of a row.
func (r Row) Import() Import {
	if r.Gone() {
		return NoLink
	}
	return Taken
}
