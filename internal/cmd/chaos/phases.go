package main

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
)

// maxCleanRuns is how many runs without faults and interruptions a phase may take until it settles.
const maxCleanRuns = 5

// run creates, changes and destroys, each until it settles.
func (c *chaos) run(ctx context.Context) error {
	links := declare(c.count)
	if err := c.init(ctx); err != nil {
		return err
	}
	if err := c.apply(ctx, "create", links); err != nil {
		return err
	}
	if err := c.apply(ctx, "change", changed(links)); err != nil {
		return err
	}
	return c.destroy(ctx)
}

// init makes the provider known to the engine.
func (c *chaos) init(ctx context.Context) error {
	if err := c.engine.Write("main.tf", configuration(nil)); err != nil {
		return err
	}
	_, err := c.engine.Expect(ctx, 0, "init", "-no-color")
	return err
}

// apply brings the links into being, or changes them, until a plan is empty.
func (c *chaos) apply(ctx context.Context, phase string, links []linkDeclaration) error {
	c.links = links
	if err := c.engine.Write("main.tf", configuration(links)); err != nil {
		return err
	}
	err := c.runPhase(ctx, phase, "apply", func() (bool, error) {
		if len(c.imports) > 0 {
			return false, nil
		}
		result, err := c.engine.Run(ctx, "plan", "-no-color", "-detailed-exitcode")
		if err == nil && tooYoung.MatchString(result.Printed) {
			return false, clock.System{}.Sleep(ctx, time.Minute) // what it says to do
		}
		if err == nil && result.ExitCode == 1 {
			err = fmt.Errorf("a plan without faults failed:\n%s", result.Printed)
		}
		return result.ExitCode == 0, err
	})
	c.recordCreations()
	c.invariants.checkPhase(phase, links, c.findLiveLinks())
	return err
}

// destroy ends all links, until the state is empty.
func (c *chaos) destroy(ctx context.Context) error {
	c.links, c.imports = nil, map[string]string{}
	err := c.runPhase(ctx, "destroy", "destroy", func() (bool, error) { return len(c.invariants.inState) == 0, nil })
	c.invariants.checkDestroyed(c.findLiveLinks())
	return err
}

// tooYoung is what the provider says of a 404 in a link's first minute; an engine may break the line.
var tooYoung = regexp.MustCompile(`less\s+than\s+a\s+minute\s+ago`)

// runPhase runs a command under faults and interruptions, and then without, until done says that there is nothing left to do.
func (c *chaos) runPhase(ctx context.Context, name, command string, done func() (bool, error)) error {
	c.say("%s", name)
	c.stats.begin(name, c.box)
	defer func() {
		if c.onPhaseEnd != nil {
			c.onPhaseEnd(name)
		}
		c.stats.end(c.box)
		c.say("  %s", c.stats.latest())
	}()
	for range c.noisy {
		a := engineRun{command: command}
		if c.dice.IntN(4) > 0 { // one of many reads that fails ends a plan before anything is done
			a.flags = []string{"-refresh=false"}
		}
		if _, err := c.runCommand(ctx, a); err != nil {
			return err
		}
		if command == "destroy" && len(c.invariants.inState) == 0 {
			break
		}
	}
	for range maxCleanRuns {
		report, err := c.runCommand(ctx, engineRun{command: command, quiet: true})
		if err != nil {
			return err
		}
		settled, err := done()
		if settled || err != nil {
			return err
		}
		if report.ExitCode != 0 {
			c.printErrors(report)
		}
		if tooYoung.MatchString(report.Printed) {
			if err := (clock.System{}).Sleep(ctx, time.Minute); err != nil { // what it says to do
				return err
			}
		}
	}
	c.invariants.violate("%s: not settled after %d runs without a fault", name, maxCleanRuns)
	return nil
}
