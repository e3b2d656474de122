package main

import (
	"context"
	"fmt"
)

// quietRuns is how many runs without faults and blows a phase may take until it settles.
const quietRuns = 5

// play creates, changes and destroys, each until it settles.
func (c *chaos) play(ctx context.Context) error {
	links := declare(c.count)
	if err := c.install(ctx); err != nil {
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

// install makes the provider known to the engine.
func (c *chaos) install(ctx context.Context) error {
	if err := c.engine.Write("main.tf", configuration(nil)); err != nil {
		return err
	}
	_, err := c.engine.Expect(ctx, 0, "init", "-no-color")
	return err
}

// apply brings the links into being, or changes them, until a plan is empty.
func (c *chaos) apply(ctx context.Context, phase string, links []declared) error {
	c.links = links
	if err := c.engine.Write("main.tf", configuration(links)); err != nil {
		return err
	}
	err := c.phase(ctx, phase, "apply", func() (bool, error) {
		if len(c.imports) > 0 {
			return false, nil
		}
		result, err := c.engine.Run(ctx, "plan", "-no-color", "-detailed-exitcode")
		if err == nil && result.ExitCode == 1 {
			err = fmt.Errorf("a plan without faults failed:\n%s", result.Printed)
		}
		return result.ExitCode == 0, err
	})
	c.births()
	c.ledger.settled(phase, links, c.living())
	return err
}

// destroy ends all links, until the state is empty.
func (c *chaos) destroy(ctx context.Context) error {
	c.links, c.imports = nil, map[string]string{}
	err := c.phase(ctx, "destroy", "destroy", func() (bool, error) { return len(c.ledger.inState) == 0, nil })
	c.ledger.destroyed(c.living())
	return err
}

// phase runs a command under faults and blows, and then without, until done says that there is nothing left to do.
func (c *chaos) phase(ctx context.Context, name, command string, done func() (bool, error)) error {
	c.say("%s", name)
	c.tally.begin(name, c.box)
	defer func() {
		if c.meddle != nil {
			c.meddle(name)
		}
		c.tally.end(c.box)
		c.say("  %s", c.tally.last())
	}()
	for range c.noisy {
		a := attempt{command: command}
		if c.dice.IntN(4) > 0 { // one of many reads that fails ends a plan before anything is done
			a.flags = []string{"-refresh=false"}
		}
		if _, err := c.try(ctx, a); err != nil {
			return err
		}
		if command == "destroy" && len(c.ledger.inState) == 0 {
			break
		}
	}
	for range quietRuns {
		report, err := c.try(ctx, attempt{command: command, quiet: true})
		if err != nil {
			return err
		}
		settled, err := done()
		if settled || err != nil {
			return err
		}
		if report.ExitCode != 0 {
			c.complain(report)
		}
	}
	c.ledger.violation("%s: not settled after %d runs without a fault", name, quietRuns)
	return nil
}
