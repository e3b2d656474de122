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
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// chaos is one seed's run through a real engine.
type chaos struct {
	options
	box    *sandbox.Sandbox
	remote *remoteState // nil for a local state
	engine *workspace.Workspace
	dice   *rand.Rand

	links      []linkDeclaration
	imports    map[string]string // addresses with what they are to take over
	invariants *invariants
	stats      stats
	runs       int
	// killedBefore tells that something of the latest run was killed.
	killedBefore bool
	secrets      []string

	mu         sync.Mutex // of what the hooks see
	unrecorded map[string]creation
	tokens     []string

	onPhaseEnd func(phase string) // a test's, at the end of a phase
}

// engineRun is one run of the engine.
type engineRun struct {
	command string
	quiet   bool // without faults and interruptions
	flags   []string
}

var (
	madeID      = regexp.MustCompile(`"id":"([^"]+)"`)
	accessToken = regexp.MustCompile(`"(?:access_token|accessToken|token|auth_token)":"([^"]{8,})"`)
	crashed     = regexp.MustCompile(`(?i)panic:|goroutine \d+ \[|terraform crash|plugin crash`)
)

// observe notes what vendors make, and the secrets that they hand out.
func (c *chaos) observe(m fault.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d, _ := descriptor.ByName(m.Vendor)
	if found := accessToken.FindSubmatch(m.Reply); m.Op == d.Operations.Token && found != nil {
		c.tokens = append(c.tokens, string(found[1]))
	}
	if m.Op != d.Operations.Create || !m.Committed {
		return
	}
	if id := madeID.FindSubmatch(m.Reply); id != nil {
		c.unrecorded[string(id[1])] = creation{vendor: m.Vendor, label: string(labelPattern.Find(m.Request)), run: c.runs}
	}
}

// runCommand runs the engine once, and checks what it left behind.
func (c *chaos) runCommand(ctx context.Context, a engineRun) (workspace.Report, error) {
	if c.killedBefore && a.command == "apply" {
		if err := c.planFirst(ctx); err != nil {
			return workspace.Report{}, err
		}
	}
	c.runs++
	hit := &interruption{}
	share := 0.0
	if !a.quiet {
		hit, share = randomInterruption(c.dice, c.count), c.faults
	}
	c.box.StartChaos(fault.Chaos{
		Seed: c.seed, Rate: share, Patience: requestTimeout, Before: hit.before,
		After: func(m fault.Event) { c.observe(m); hit.after(m) },
	})
	if err := c.engine.Write("imports.tf", importFile(c.imports)); err != nil {
		return workspace.Report{}, err
	}
	flags := append([]string{a.command, "-json", "-auto-approve", fmt.Sprintf("-parallelism=%d", c.parallelism)}, a.flags...)
	running, err := c.engine.Start(ctx, flags...)
	if err != nil {
		return workspace.Report{}, err
	}
	hit.attach(running)
	result, err := running.Wait()
	hit.detach()
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
	c.stats.countRun(hit.result(), report)
	killed := hit.killed()
	if killed {
		if err := restoreState(c.engine.Dir); err != nil {
			return report, err
		}
	}
	// A provider whose engine was killed finishes what it had begun while the next run is under way.
	if err := c.checkRun(report, killed || c.killedBefore); err != nil {
		return report, err
	}
	c.killedBefore = killed
	c.say("  run %d, %s%s: exit %d, %d errors, %d in state%s", c.runs, a.command, strings.Join(append([]string{""}, a.flags...), " "),
		report.ExitCode, len(report.Errors()), len(c.invariants.inState), hit.suffix())
	if c.verbose {
		c.printErrors(report)
	}
	return report, c.followAdvice(ctx, report)
}

// recordCreations notes what the vendors have made.
func (c *chaos) recordCreations() {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.Copy(c.invariants.created, c.unrecorded)
	clear(c.unrecorded)
}

// secretTexts are the texts that no output may show.
func (c *chaos) secretTexts() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Concat(c.secrets, c.tokens)
}

// checkRun holds the run against what no run may do.
func (c *chaos) checkRun(report workspace.Report, killed bool) error {
	c.recordCreations()
	if found := crashed.FindString(report.Printed); found != "" {
		c.invariants.violate("run %d: something crashed: %q", c.runs, found)
	}
	for _, secret := range c.secretTexts() {
		if strings.Contains(report.Printed, secret) {
			c.invariants.violate("run %d: the output shows the secret %q", c.runs, secret)
		}
	}
	if secret, err := c.engine.FindInJournal(c.secretTexts()...); secret != "" || err != nil {
		c.invariants.violate("run %d: the journal shows the secret %q, %v", c.runs, secret, err)
	}
	var said strings.Builder
	for _, d := range report.Diagnostics {
		said.WriteString(d.Summary + "\n" + d.Detail + "\n")
	}
	c.invariants.recordDiagnostics(said.String(), c.reported(report))
	now, err := c.readState()
	if err != nil {
		return err
	}
	c.invariants.checkRun(c.runs, killed, now, c.findLiveLinks())
	return nil
}

// reported are the labels of the declarations of which an error says that a link may exist, to be looked for.
func (c *chaos) reported(report workspace.Report) (labels []string) {
	told := importAdvice(report.Errors())
	for _, d := range c.links {
		if slices.Contains(told[d.address()], importPlaceholder) {
			labels = append(labels, d.label())
		}
	}
	return labels
}

// findLiveLinks finds the links that somebody can pay, now or once they are activated.
func (c *chaos) findLiveLinks() liveLinks {
	out := liveLinks{}
	for _, l := range c.box.Overview() {
		d, _ := descriptor.ByName(l.Vendor)
		if l.Payable || d.Activation != nil && l.Status == d.Activation.Waiting {
			out[l.ID] = l.Vendor
		}
	}
	return out
}

func (c *chaos) isInState(address string) bool {
	for _, at := range c.invariants.inState {
		if at == address {
			return true
		}
	}
	return false
}
