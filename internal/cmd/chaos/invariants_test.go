package main

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
)

// revocable is a vendor with a call that ends a link, and unrevocable one without.
var revocable, unrevocable = vendorWith(true), vendorWith(false)

func vendorWith(revoke bool) (found descriptor.Descriptor) {
	for _, d := range descriptor.All() {
		if (d.Operations.Revoke != "") == revoke {
			found = d
		}
	}
	return found
}

// newFixture holds the invariants after one run: "a" was made for a vendor's first link and is in state.
func newFixture() (*invariants, linkDeclaration) {
	d := linkDeclaration{vendor: revocable, number: 1, version: 1}
	l := newInvariants()
	l.created["a"] = creation{vendor: revocable.Name, label: d.label(), run: 1}
	l.checkRun(1, false, stateOf("a"), liveLinks{"a": revocable.Name})
	return l, d
}

// stateOf is a state with these links, under addresses of the vendor's links.
func stateOf(ids ...string) stateSnapshot {
	now := stateSnapshot{addresses: map[string]string{}}
	for i, id := range ids {
		now.addresses[id] = linkDeclaration{vendor: revocable, number: i + 1}.address()
	}
	return now
}

// TestLedger: what is allowed is no violation, and each thing that a run may not do is one.
func TestLedger(t *testing.T) {
	t.Parallel()
	both := liveLinks{"a": revocable.Name, "b": revocable.Name}
	tests := map[string]struct {
		then func(*invariants, linkDeclaration)
		want string // of the one violation; none when empty
	}{
		"all well": {func(l *invariants, d linkDeclaration) {
			l.checkPhase("create", []linkDeclaration{d}, liveLinks{"a": revocable.Name})
		}, ""},
		"a second link": {func(l *invariants, d linkDeclaration) {
			l.created["b"] = creation{revocable.Name, d.label(), 2}
			l.checkPhase("create", []linkDeclaration{d}, both)
		}, "2 links live for " + revocable.ResourceType() + ".l01: a, b"},
		"no link": {func(l *invariants, d linkDeclaration) { l.checkPhase("create", []linkDeclaration{d}, liveLinks{}) }, "no link lives for"},
		"another in state": {func(l *invariants, d linkDeclaration) {
			l.created["b"] = creation{revocable.Name, d.label(), 2}
			l.checkPhase("create", []linkDeclaration{d}, liveLinks{"b": revocable.Name})
		}, "is not in state as"},
		"a stray": {func(l *invariants, _ linkDeclaration) { l.checkRun(2, false, stateOf("a"), both) }, "lives, is in no state, and nothing was said of it"},
		"a stray, told": {func(l *invariants, _ linkDeclaration) {
			l.created["b"] = creation{}
			l.recordDiagnostics("see b", nil)
			l.checkRun(2, false, stateOf("a"), both)
		}, ""},
		"a stray, to find": {func(l *invariants, d linkDeclaration) {
			l.created["b"] = creation{label: "m"}
			l.recordDiagnostics("", []string{"m"})
			l.checkRun(2, false, stateOf("a"), both)
		}, ""},
		"cut off by a kill": {func(l *invariants, _ linkDeclaration) {
			l.created["b"] = creation{run: 2}
			l.checkRun(2, true, stateOf("a"), both)
			l.checkRun(3, false, stateOf("a"), both)
		}, ""},
		"not by this kill": {func(l *invariants, _ linkDeclaration) {
			l.created["b"] = creation{run: 1}
			l.checkRun(3, true, stateOf("a"), both)
		}, "nothing was said of it"},
		"lost": {func(l *invariants, _ linkDeclaration) {
			l.checkRun(2, false, stateOf(), liveLinks{"a": revocable.Name})
		}, "was in state (" + revocable.ResourceType() + ".l01), lives"},
		"ended": {func(l *invariants, _ linkDeclaration) {
			l.checkRun(2, false, stateOf(), liveLinks{})
			l.checkDestroyed(liveLinks{})
		}, ""},
		"tainted": {func(l *invariants, _ linkDeclaration) {
			l.checkRun(2, false, stateSnapshot{addresses: stateOf("a").addresses, tainted: []string{"x"}}, liveLinks{"a": revocable.Name})
		}, "x is tainted"},
		"twice": {func(l *invariants, _ linkDeclaration) {
			l.checkRun(2, false, stateSnapshot{addresses: stateOf("a").addresses, duplicated: []string{"a"}}, liveLinks{"a": revocable.Name})
		}, "two addresses hold"},
		"destroyed, alive": {func(l *invariants, _ linkDeclaration) {
			l.inState = nil
			l.checkDestroyed(liveLinks{"a": revocable.Name})
		}, "can still be paid"},
		"no call ends it, untold": {func(l *invariants, _ linkDeclaration) {
			l.inState = nil
			l.checkDestroyed(liveLinks{"a": unrevocable.Name})
		}, "can still be paid"},
		"no call ends it, told": {func(l *invariants, _ linkDeclaration) {
			l.inState = nil
			l.recordDiagnostics("a stays", nil)
			l.checkDestroyed(liveLinks{"a": unrevocable.Name})
		}, ""},
		"not destroyed": {func(l *invariants, _ linkDeclaration) { l.checkDestroyed(liveLinks{}) }, "still in state"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, d := newFixture()
			test.then(l, d)
			switch {
			case test.want == "" && len(l.violations) > 0, len(l.violations) > 1:
				t.Errorf("violations: %q", l.violations)
			case test.want != "" && (len(l.violations) == 0 || !strings.Contains(l.violations[0], test.want)):
				t.Errorf("violations: %q, want one with %q", l.violations, test.want)
			}
		})
	}
}
