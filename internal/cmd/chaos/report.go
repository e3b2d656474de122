package main

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

func (c *chaos) say(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// complain shows the errors of a run that should have had none.
func (c *chaos) complain(report workspace.Report) {
	for _, d := range report.Errors() {
		c.say("    %s", d)
	}
}

// conclude says what came of it all.
func (c *chaos) conclude(err error, took time.Duration) {
	c.say("\nLinks that a kill cut off between the vendor's commit and the state: %d", len(c.ledger.window))
	for _, id := range slices.Sorted(maps.Keys(c.ledger.window)) {
		fate := "was found as the guide says, and taken over"
		if !c.ledger.ever[id] {
			fate = "was not taken over"
		}
		c.say("  %s: %s", c.ledger.tell(id), fate)
	}
	if err == nil && len(c.ledger.violations) == 0 {
		c.say("\nEvery promise was kept, after %d runs in %.0f s.", c.runs, took.Seconds())
		return
	}
	for _, violation := range c.ledger.violations {
		c.say("BROKEN  %s", violation)
	}
	c.say("\nAgain: make chaos SEED=%d LINKS=%d FAULTS=%g. The seed decides what is spoilt of each vendor's n-th call of a kind, and at which request each run is hit;\n"+
		"in which order parallel calls come it does not, nor when a retry comes: with CHAOSARGS=-parallelism=1 it is nearly the same run again.", c.seed, c.count, c.faults)
}

// told is the end of a run's line.
func (s *strike) told() string {
	if hit := s.hit(); hit != none {
		return fmt.Sprintf("; %s at request %d", hit, s.at)
	}
	return ""
}
