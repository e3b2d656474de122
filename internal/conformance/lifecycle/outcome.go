package lifecycle

import "slices"

// PlanOutcome is what the next plan does about a link whose configuration has not changed. Its text is what the page prints.
type PlanOutcome string

// The plans.
const (
	PlanNone     PlanOutcome = "no change"
	PlanWarn     PlanOutcome = "no change, with a warning"
	PlanReplace  PlanOutcome = "replaced, with a warning"
	PlanRenew    PlanOutcome = "replaced, with a warning that it is renewed"
	PlanRecreate PlanOutcome = "removed from state with a warning, and a new one is created"
	PlanKeep     PlanOutcome = "no change; it stays in state as `revoked`, with a warning"
)

// DestroyOutcome is how a destroy goes. ENDED in its text is the vendor's participle.
type DestroyOutcome string

// The outcomes of a destroy.
const (
	Ended             DestroyOutcome = "ENDED"
	AlreadyEnded      DestroyOutcome = "removed from state; the vendor rejects the request because the link has already ended"
	WasPaid           DestroyOutcome = "removed from state, with a warning that it was paid"
	NoCall            DestroyOutcome = "removed from state without a request"
	WaitThenEnd       DestroyOutcome = "waits until it expires, then ENDED"
	TooEarly          DestroyOutcome = "**error** that names the time from which it can be ENDED; it stays in state"
	PaymentInProgress DestroyOutcome = "**error**: a payment is in progress; it stays in state"
	WrongState        DestroyOutcome = "**error** that names its state; it stays in state"
	NotRevocable      DestroyOutcome = "removed from state, with a warning that it can still be paid"
	EndedMeanwhile    DestroyOutcome = "removed from state; a read shows that it has already ended"
	PaidMeanwhile     DestroyOutcome = "removed from state, with a warning that it was paid meanwhile"
	Abandoned         DestroyOutcome = "removed from state, with a warning that its URL can still be paid"
	RefusedByPolicy   DestroyOutcome = "**error** in the plan; it stays in state"
)

// Severity is how an outcome is told.
type Severity int

// The severities.
const (
	Nothing Severity = iota
	Warning
	Error // the link stays in state
)

// ExpectedDestroy is what a test sees of a destroy.
type ExpectedDestroy struct {
	// Calls are the requests, in order: "end" is the vendor's call that ends a link.
	Calls []string
	// PlanSeverity is what the plan says, ApplySeverity what the apply says, and Text is in both.
	PlanSeverity, ApplySeverity Severity
	Text                        string
	PlanText                    string // the plan's words, where they are others
	// Ends: nobody can pay the link any more, because of this destroy.
	Ends bool
}

// Expected is what follows from an outcome.
func (o DestroyOutcome) Expected() ExpectedDestroy {
	end, look := []string{"end"}, []string{"end", "get"}
	return map[DestroyOutcome]ExpectedDestroy{
		Ended:             {Calls: end, Ends: true},
		AlreadyEnded:      {Calls: look},
		WasPaid:           {Calls: look, ApplySeverity: Warning, Text: "was paid"},
		NoCall:            {},
		WaitThenEnd:       {Calls: []string{"end", "get", "end"}, Ends: true},
		TooEarly:          {Calls: look, ApplySeverity: Error, Text: "It can be revoked from"},
		PaymentInProgress: {Calls: look, ApplySeverity: Error, Text: "A payment is in progress"},
		WrongState:        {Calls: look, ApplySeverity: Error, Text: "on_destroy"},
		NotRevocable:      {Calls: []string{"get"}, PlanSeverity: Warning, ApplySeverity: Warning, Text: "can still be paid"},
		EndedMeanwhile:    {Calls: []string{"get"}, PlanSeverity: Warning, PlanText: "can still be paid"},
		PaidMeanwhile:     {Calls: []string{"get"}, PlanSeverity: Warning, ApplySeverity: Warning, Text: "was paid", PlanText: "can still be paid"},
		Abandoned:         {ApplySeverity: Warning, Text: "can still be paid"},
		RefusedByPolicy:   {PlanSeverity: Error, Text: "`fail`"},
	}[o]
}

// ReplaceOutcome is how the replacement of a link goes whose configuration has changed.
type ReplaceOutcome string

// The outcomes of a replacement.
const (
	ReplacedWarned       ReplaceOutcome = "ENDED, then a new one; the plan warns that the old URL stops working"
	Replaced             ReplaceOutcome = "ENDED, then a new one"
	ReplacedAfterWait    ReplaceOutcome = "waits until it expires, ENDED, then a new one; the plan warns of it"
	ReplacedPaid         ReplaceOutcome = "a new one, with a warning that the old one was paid"
	CreateOnly           ReplaceOutcome = "a new one; nothing to revoke"
	BothPayable          ReplaceOutcome = "a new one; the plan warns that the old one can still be paid"
	ReplaceRefused       ReplaceOutcome = "**error** as for a destroy; the old one stays, and no new one is created"
	ReplaceRefusedWarned ReplaceOutcome = "**error** as for a destroy, and the plan warns of it; the old one stays, and no new one is created"
)

// ExpectedReplacement is what a test sees of a replacement.
type ExpectedReplacement struct {
	PlanText, ApplyText string // words of the plan's warning and of the apply's; empty: there is none
	Ends, Creates       bool   // the old link, the new one
}

// Expected is what follows from an outcome.
func (o ReplaceOutcome) Expected() ExpectedReplacement {
	return map[ReplaceOutcome]ExpectedReplacement{
		ReplacedWarned:       {PlanText: "stops working", Ends: true, Creates: true},
		Replaced:             {Ends: true, Creates: true},
		ReplacedAfterWait:    {PlanText: "The apply waits", Ends: true, Creates: true},
		ReplacedPaid:         {ApplyText: "was paid", Creates: true},
		CreateOnly:           {Creates: true},
		BothPayable:          {PlanText: "can still be paid", ApplyText: "can still be paid", Creates: true},
		ReplaceRefused:       {},
		ReplaceRefusedWarned: {PlanText: "yet"},
	}[o]
}

// ChangeOutcome is what the plan does about changed arguments of a link.
type ChangeOutcome string

// The outcomes of a change.
const (
	ChangeReplaces     ChangeOutcome = "replaced"
	ChangeRefused      ChangeOutcome = "**error** in the plan. With `replace_paid = true`: "
	ChangeReplacesPaid ChangeOutcome = "replaced, with a warning that the new link requests the money again"
)

// ChangeOutcome is what the plan does about changed arguments, under the policies.
func (r Row) ChangeOutcome(replaceWhen []State, replacePaid bool) ChangeOutcome {
	switch {
	case r.State != Paid && r.State != Processing && r.State != Unknown, slices.Contains(replaceWhen, r.State):
		return ChangeReplaces
	case replacePaid:
		return ChangeReplacesPaid
	}
	return ChangeRefused
}

// ImportOutcome is how an import goes.
type ImportOutcome string

// The outcomes of an import. After an import the next plan is that of any other link.
const (
	Imported ImportOutcome = "imported"
	NotFound ImportOutcome = "**error**: no such link"
)

// ImportOutcome is how the import of a link goes.
func (r Row) ImportOutcome() ImportOutcome {
	if r.Gone() {
		return NotFound
	}
	return Imported
}
