package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// chaos is one seed's run through a real engine.
type chaos struct {
	options
	box    *sandbox.Sandbox
	engine *workspace.Workspace
	dice   *rand.Rand

	links   []declared
	imports map[string]string // addresses with what they are to take over
	ledger  *ledger
	tally   tally
	runs    int
	secrets []string

	mu     sync.Mutex // of what the hooks see
	unborn map[string]birth
	tokens []string

	meddle func(phase string) // a test's, at the end of a phase
}

// attempt is one run of the engine.
type attempt struct {
	command string
	quiet   bool // without faults and blows
	flags   []string
}

var (
	madeID      = regexp.MustCompile(`"id":"([^"]+)"`)
	accessToken = regexp.MustCompile(`"(?:access_token|accessToken|token|auth_token)":"([^"]{8,})"`)
	crashed     = regexp.MustCompile(`(?i)panic:|goroutine \d+ \[|terraform crash|plugin crash`)
)

// witness notes what vendors make, and the secrets that they hand out.
func (c *chaos) witness(m sandbox.Moment) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found := accessToken.FindSubmatch(m.Reply); m.Op == "token" && found != nil {
		c.tokens = append(c.tokens, string(found[1]))
	}
	if m.Op != "create" || !m.Committed {
		return
	}
	if id := madeID.FindSubmatch(m.Reply); id != nil {
		c.unborn[string(id[1])] = birth{vendor: m.Vendor, mark: string(markForm.Find(m.Request)), run: c.runs}
	}
}

// try runs the engine once, and checks what it left behind.
func (c *chaos) try(ctx context.Context, a attempt) (workspace.Report, error) {
	c.runs++
	hit := &strike{}
	share := 0.0
	if !a.quiet {
		hit, share = draw(c.dice, c.count), c.faults
	}
	c.box.Unleash(sandbox.Chaos{
		Seed: c.seed, Share: share, Patience: requestTimeout, Before: hit.before,
		After: func(m sandbox.Moment) { c.witness(m); hit.after(m) },
	})
	if err := c.engine.Write("imports.tf", importFile(c.imports)); err != nil {
		return workspace.Report{}, err
	}
	flags := append([]string{a.command, "-json", "-auto-approve", fmt.Sprintf("-parallelism=%d", c.parallelism)}, a.flags...)
	running, err := c.engine.Start(ctx, flags...)
	if err != nil {
		return workspace.Report{}, err
	}
	hit.aim(running)
	result, err := running.Wait()
	if err != nil {
		return workspace.Report{}, err
	}
	report, err := result.Report()
	if err != nil {
		return report, err
	}
	if hit.err != nil {
		return report, fmt.Errorf("run %d: %w", c.runs, hit.err)
	}
	c.tally.ran(hit.hit(), report)
	if err := c.judge(report, hit.killed()); err != nil {
		return report, err
	}
	c.say("  run %d, %s%s: exit %d, %d errors, %d in state%s", c.runs, a.command, strings.Join(append([]string{""}, a.flags...), " "),
		report.ExitCode, len(report.Errors()), len(c.ledger.inState), hit.told())
	if c.verbose {
		c.complain(report)
	}
	return report, c.follow(ctx, report, hit.killed())
}

// births hands the ledger what the vendors have made.
func (c *chaos) births() {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.Copy(c.ledger.born, c.unborn)
	clear(c.unborn)
}

// hidden are the texts that no output may show.
func (c *chaos) hidden() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Concat(c.secrets, c.tokens)
}

// judge holds the run against what no run may do.
func (c *chaos) judge(report workspace.Report, killed bool) error {
	c.births()
	if found := crashed.FindString(report.Printed); found != "" {
		c.ledger.violation("run %d: something crashed: %q", c.runs, found)
	}
	for _, secret := range c.hidden() {
		if strings.Contains(report.Printed, secret) {
			c.ledger.violation("run %d: the output shows the secret %q", c.runs, secret)
		}
	}
	var said strings.Builder
	for _, d := range report.Diagnostics {
		said.WriteString(d.Summary + "\n" + d.Detail + "\n")
	}
	c.ledger.heard(said.String(), c.announced(report))
	now, err := readState(c.engine.Dir)
	if err != nil {
		return err
	}
	c.ledger.ran(c.runs, killed, now, c.living())
	return nil
}

// announced are the marks of the declarations of which an error says that a link may exist, to be looked for.
func (c *chaos) announced(report workspace.Report) (marks []string) {
	told := advice(report)
	for _, d := range c.links {
		if slices.Contains(told[d.address()], toFind) {
			marks = append(marks, d.mark())
		}
	}
	return marks
}

// living are the links that somebody can pay, now or once they are activated.
func (c *chaos) living() alive {
	out := alive{}
	for _, l := range c.box.Overview() {
		d, _ := descriptor.ByName(l.Vendor)
		if l.Payable || d.Activation != nil && l.Status == d.Activation.Waiting {
			out[l.ID] = l.Vendor
		}
	}
	return out
}

func (c *chaos) stateHas(address string) bool {
	for _, at := range c.ledger.inState {
		if at == address {
			return true
		}
	}
	return false
}
