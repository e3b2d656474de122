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

// world is a ledger that saw one run: "a" was made for a vendor's first link and is in state.
func world() (*ledger, declared) {
	d := declared{vendor: revocable, number: 1, version: 1}
	l := newLedger()
	l.born["a"] = birth{vendor: revocable.Name, mark: d.mark(), run: 1}
	l.ran(1, false, holds("a"), alive{"a": revocable.Name})
	return l, d
}

// holds is a state with these links, under addresses of the vendor's links.
func holds(ids ...string) held {
	now := held{at: map[string]string{}}
	for i, id := range ids {
		now.at[id] = declared{vendor: revocable, number: i + 1}.address()
	}
	return now
}

// TestLedger: what is allowed is no violation, and each thing that a run may not do is one.
func TestLedger(t *testing.T) {
	t.Parallel()
	both := alive{"a": revocable.Name, "b": revocable.Name}
	tests := map[string]struct {
		then func(*ledger, declared)
		want string // of the one violation; none when empty
	}{
		"all well": {func(l *ledger, d declared) { l.settled("create", []declared{d}, alive{"a": revocable.Name}) }, ""},
		"a second link": {func(l *ledger, d declared) {
			l.born["b"] = birth{revocable.Name, d.mark(), 2}
			l.settled("create", []declared{d}, both)
		}, "2 links live for " + revocable.ResourceType() + ".l01: a, b"},
		"no link": {func(l *ledger, d declared) { l.settled("create", []declared{d}, alive{}) }, "no link lives for"},
		"another in state": {func(l *ledger, d declared) {
			l.born["b"] = birth{revocable.Name, d.mark(), 2}
			l.settled("create", []declared{d}, alive{"b": revocable.Name})
		}, "is not in state as"},
		"a stray": {func(l *ledger, _ declared) { l.ran(2, false, holds("a"), both) }, "lives, is in no state, and nothing was said of it"},
		"a stray, told": {func(l *ledger, _ declared) {
			l.born["b"] = birth{}
			l.heard("see b", nil)
			l.ran(2, false, holds("a"), both)
		}, ""},
		"a stray, to find": {func(l *ledger, d declared) {
			l.born["b"] = birth{mark: "m"}
			l.heard("", []string{"m"})
			l.ran(2, false, holds("a"), both)
		}, ""},
		"cut off by a kill": {func(l *ledger, _ declared) {
			l.born["b"] = birth{run: 2}
			l.ran(2, true, holds("a"), both)
			l.ran(3, false, holds("a"), both)
		}, ""},
		"not by this kill": {func(l *ledger, _ declared) { l.born["b"] = birth{run: 1}; l.ran(2, true, holds("a"), both) }, "nothing was said of it"},
		"lost":             {func(l *ledger, _ declared) { l.ran(2, true, holds(), alive{"a": revocable.Name}) }, "was in state (" + revocable.ResourceType() + ".l01), lives"},
		"ended":            {func(l *ledger, _ declared) { l.ran(2, false, holds(), alive{}); l.destroyed(alive{}) }, ""},
		"tainted": {func(l *ledger, _ declared) {
			l.ran(2, false, held{at: holds("a").at, tainted: []string{"x"}}, alive{"a": revocable.Name})
		}, "x is tainted"},
		"twice": {func(l *ledger, _ declared) {
			l.ran(2, false, held{at: holds("a").at, twice: []string{"a"}}, alive{"a": revocable.Name})
		}, "two addresses hold"},
		"destroyed, alive":        {func(l *ledger, _ declared) { l.inState = nil; l.destroyed(alive{"a": revocable.Name}) }, "can still be paid"},
		"no call ends it, untold": {func(l *ledger, _ declared) { l.inState = nil; l.destroyed(alive{"a": unrevocable.Name}) }, "can still be paid"},
		"no call ends it, told": {func(l *ledger, _ declared) {
			l.inState = nil
			l.heard("a stays", nil)
			l.destroyed(alive{"a": unrevocable.Name})
		}, ""},
		"not destroyed": {func(l *ledger, _ declared) { l.destroyed(alive{}) }, "still in state"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, d := world()
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
