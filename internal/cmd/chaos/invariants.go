package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// creation is a link that a vendor has made.
type creation struct {
	vendor, label string
	run           int
}

// liveLinks are the links that somebody could pay, now or once it is activated.
type liveLinks map[string]string // id to vendor

// stateSnapshot is what the state holds.
type stateSnapshot struct {
	addresses  map[string]string // id to address
	tainted    []string          // addresses
	duplicated []string          // ids that two addresses have
}

// invariants remembers what every run left behind, and tells what no run may leave. It sees the vendors from behind and the
// state from outside; what was said is what diagnostics said.
type invariants struct {
	created    map[string]creation // by id
	named      map[string]bool     // ids that a warning or an error named
	announced  map[string]bool     // labels of links of which an error said that they may exist, and where to look
	cutOff     map[string]int      // ids that a kill cut off between vendor and state, with the run
	inState    map[string]string   // after the last run
	managed    map[string]bool     // was in state
	violations []string
}

func newInvariants() *invariants {
	return &invariants{created: map[string]creation{}, named: map[string]bool{}, announced: map[string]bool{}, cutOff: map[string]int{}, inState: map[string]string{}, managed: map[string]bool{}}
}

func (l *invariants) violate(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(l.violations, text) {
		l.violations = append(l.violations, text)
	}
}

// recordDiagnostics notes which links a run's diagnostics named, by their ids or as what one declaration may have left behind.
func (l *invariants) recordDiagnostics(diagnostics string, announced []string) {
	for _, label := range announced {
		l.announced[label] = true
	}
	for id, b := range l.created {
		if strings.Contains(diagnostics, id) || l.announced[b.label] {
			l.named[id] = true
		}
	}
}

// checkRun checks what a run left: every link that lives is in state, or was named, or was cut off by a kill in this run;
// and nothing that was in state is lost while it lives.
func (l *invariants) checkRun(run int, killed bool, now stateSnapshot, living liveLinks) {
	for _, address := range now.tainted {
		l.violate("run %d: %s is tainted: the next apply would replace a live link", run, address)
	}
	for _, id := range now.duplicated {
		l.violate("run %d: two addresses hold the link %s", run, id)
	}
	for _, id := range slices.Sorted(maps.Keys(l.inState)) {
		if living[id] != "" && now.addresses[id] == "" && !l.named[id] {
			if killed { // an engine prints its warnings at the end
				l.named[id] = true
				continue
			}
			l.violate("run %d: %s was in state (%s), lives, and nothing was said of it", run, l.describe(id), l.inState[id])
			l.named[id] = true // by now it is
		}
	}
	for _, id := range slices.Sorted(maps.Keys(living)) {
		if now.addresses[id] != "" || l.named[id] {
			continue
		}
		if _, known := l.cutOff[id]; known {
			continue
		}
		if killed && l.created[id].run >= run-1 {
			l.cutOff[id] = run
			continue
		}
		l.violate("run %d: %s lives, is in no state, and nothing was said of it", run, l.describe(id))
		l.named[id] = true
	}
	l.inState = now.addresses
	for id := range now.addresses {
		l.managed[id] = true
	}
}

// checkPhase checks the end of a phase: each declared link is exactly one link at its vendor, and that one is in state.
func (l *invariants) checkPhase(phase string, links []linkDeclaration, living liveLinks) {
	for _, d := range links {
		var mine []string
		for id := range living {
			if l.created[id].label == d.label() {
				mine = append(mine, id)
			}
		}
		slices.Sort(mine)
		switch {
		case len(mine) == 0:
			l.violate("%s: no link lives for %s", phase, d.address())
		case len(mine) > 1:
			l.violate("%s: %d links live for %s: %s", phase, len(mine), d.address(), strings.Join(mine, ", "))
		case l.inState[mine[0]] != d.address():
			l.violate("%s: %s is not in state as %s", phase, l.describe(mine[0]), d.address())
		}
	}
}

// checkDestroyed checks the end: no link lives that was ever in state, but for vendors without a call that ends one; those were named.
func (l *invariants) checkDestroyed(living liveLinks) {
	for id, address := range l.inState {
		l.violate("destroy: %s is still in state (%s)", l.describe(id), address)
	}
	for _, id := range slices.Sorted(maps.Keys(living)) {
		if vendor, _ := descriptor.ByName(living[id]); l.managed[id] && (vendor.Operations.Revoke != "" || !l.named[id]) {
			l.violate("destroy: %s was in state, and can still be paid", l.describe(id))
		}
	}
}

func (l *invariants) describe(id string) string {
	b := l.created[id]
	return fmt.Sprintf("%s's link %s (%s, made in run %d)", b.vendor, id, b.label, b.run)
}
