package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// birth is a link that a vendor has made.
type birth struct {
	vendor, mark string
	run          int
}

// alive is a link that somebody could pay, now or once it is activated.
type alive map[string]string // id to vendor

// held is what the state holds.
type held struct {
	at      map[string]string // id to address
	tainted []string          // addresses
	twice   []string          // ids that two addresses have
}

// ledger remembers what every run left behind, and tells what no run may leave. It sees the vendors from behind and the
// state from outside; what it takes for said is what diagnostics said.
type ledger struct {
	born       map[string]birth  // by id
	named      map[string]bool   // ids that a warning or an error named
	announced  map[string]bool   // marks of links of which an error said that they may exist, and where to look
	window     map[string]int    // ids that a kill cut off between vendor and state, with the run
	inState    map[string]string // after the last run
	ever       map[string]bool   // was in state
	violations []string
}

func newLedger() *ledger {
	return &ledger{born: map[string]birth{}, named: map[string]bool{}, announced: map[string]bool{}, window: map[string]int{}, inState: map[string]string{}, ever: map[string]bool{}}
}

func (l *ledger) violation(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(l.violations, text) {
		l.violations = append(l.violations, text)
	}
}

// heard notes which links a run's diagnostics named, by their ids or as what one declaration may have left behind.
func (l *ledger) heard(diagnostics string, announced []string) {
	for _, mark := range announced {
		l.announced[mark] = true
	}
	for id, b := range l.born {
		if strings.Contains(diagnostics, id) || l.announced[b.mark] {
			l.named[id] = true
		}
	}
}

// ran checks what a run left: every link that lives is in state, or was named, or was cut off by a kill in this run;
// and nothing that was in state is lost while it lives.
func (l *ledger) ran(run int, killed bool, now held, living alive) {
	for _, address := range now.tainted {
		l.violation("run %d: %s is tainted: the next apply would replace a live link", run, address)
	}
	for _, id := range now.twice {
		l.violation("run %d: two addresses hold the link %s", run, id)
	}
	for _, id := range slices.Sorted(maps.Keys(l.inState)) {
		if living[id] != "" && now.at[id] == "" && !l.named[id] {
			l.violation("run %d: %s was in state (%s), lives, and nothing was said of it", run, l.tell(id), l.inState[id])
			l.named[id] = true // by now it is
		}
	}
	for _, id := range slices.Sorted(maps.Keys(living)) {
		if now.at[id] != "" || l.named[id] {
			continue
		}
		if _, known := l.window[id]; known {
			continue
		}
		if killed && l.born[id].run == run {
			l.window[id] = run
			continue
		}
		l.violation("run %d: %s lives, is in no state, and nothing was said of it", run, l.tell(id))
		l.named[id] = true
	}
	l.inState = now.at
	for id := range now.at {
		l.ever[id] = true
	}
}

// settled checks the end of a phase: each declared link is exactly one link at its vendor, and that one is in state.
func (l *ledger) settled(phase string, links []declared, living alive) {
	for _, d := range links {
		var mine []string
		for id := range living {
			if l.born[id].mark == d.mark() {
				mine = append(mine, id)
			}
		}
		slices.Sort(mine)
		switch {
		case len(mine) == 0:
			l.violation("%s: no link lives for %s", phase, d.address())
		case len(mine) > 1:
			l.violation("%s: %d links live for %s: %s", phase, len(mine), d.address(), strings.Join(mine, ", "))
		case l.inState[mine[0]] != d.address():
			l.violation("%s: %s is not in state as %s", phase, l.tell(mine[0]), d.address())
		}
	}
}

// destroyed checks the end: no link lives that was ever in state, but for vendors without a call that ends one; those were named.
func (l *ledger) destroyed(living alive) {
	for id, address := range l.inState {
		l.violation("destroy: %s is still in state (%s)", l.tell(id), address)
	}
	for _, id := range slices.Sorted(maps.Keys(living)) {
		if vendor, _ := descriptor.ByName(living[id]); l.ever[id] && (vendor.Operations.Revoke != "" || !l.named[id]) {
			l.violation("destroy: %s was in state, and can still be paid", l.tell(id))
		}
	}
}

func (l *ledger) tell(id string) string {
	b := l.born[id]
	return fmt.Sprintf("%s's link %s (%s, made in run %d)", b.vendor, id, b.mark, b.run)
}
