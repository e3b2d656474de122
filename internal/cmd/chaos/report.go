package main

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

func (c *chaos) say(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// printErrors shows the errors of a run that should have had none.
func (c *chaos) printErrors(report workspace.Report) {
	for _, d := range report.Errors() {
		c.say("    %s", d)
	}
}

// report says what came of it all.
func (c *chaos) report(err error, took time.Duration) {
	c.say("\nLinks that a kill cut off between the vendor's commit and the state: %d", len(c.invariants.cutOff))
	for _, id := range slices.Sorted(maps.Keys(c.invariants.cutOff)) {
		fate := "was found as the guide says, and taken over"
		if !c.invariants.managed[id] {
			fate = "was not taken over"
		}
		c.say("  %s: %s", c.invariants.describe(id), fate)
	}
	if err == nil && len(c.invariants.violations) == 0 {
		c.say("\nEvery promise was kept, after %d runs in %.0f s.", c.runs, took.Seconds())
		return
	}
	for _, violation := range c.invariants.violations {
		c.say("BROKEN  %s", violation)
	}
	remote := ""
	if c.remote != nil {
		remote = " CHAOSARGS=-remote"
	}
	c.say("\nAgain: make chaos SEED=%d LINKS=%d FAULTS=%g%s. The seed decides what is spoilt of each vendor's n-th call of a kind, and at which request each run is hit;\n"+
		"in which order parallel calls come it does not, nor when a retry comes: with CHAOSARGS=-parallelism=1 it is nearly the same run again.", c.seed, c.count, c.faults, remote)
}

// suffix is the end of a run's line.
func (s *interruption) suffix() string {
	if hit := s.result(); hit != none {
		return fmt.Sprintf("; %s at request %d", hit, s.at)
	}
	return ""
}
