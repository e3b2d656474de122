package main

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"

	// Not used here, but built and run: without it the test cache would not notice a change of the provider.
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
	_ "github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

// start makes a small chaos; without TF_ACC the test is skipped.
func start(t *testing.T, o options) (*chaos, *bytes.Buffer) {
	t.Helper()
	found := engine.Require(t)
	var out bytes.Buffer
	o.out, o.count, o.parallelism, o.verbose = &out, 8, 4, true
	c, clean, err := newChaos(t.Context(), found, o)
	t.Cleanup(func() {
		if err := clean(); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, &out
}

// TestAccChaos: a small run keeps every promise, although requests failed and runs were interrupted.
func TestAccChaos(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]options{"local state": {seed: 4}, "remote state": {seed: 5, overHTTP: true}} { // which do not wait for minutes
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o.faults, o.noisy = 0.25, 2
			testChaos(t, o)
		})
	}
}

func testChaos(t *testing.T, o options) {
	t.Helper()
	c, out := start(t, o)
	err := c.run(t.Context())
	c.report(err, 0)
	if err != nil || len(c.invariants.violations) > 0 {
		t.Fatalf("%v\n%s", err, out)
	}
	faults, interruptions := 0, 0
	for _, count := range c.box.ChaosStats() {
		faults += count
	}
	for _, line := range c.stats.lines {
		interruptions += strings.Count(line, "kill") + strings.Count(line, "interrupt")
	}
	// How many there are hangs on the order in which parallel requests arrive, and on when a kill ends them.
	if faults == 0 || interruptions == 0 || len(c.invariants.managed) < c.count {
		t.Errorf("%d requests failed, %d interruptions took place, %d links were in state: that proves little\n%s", faults, interruptions, len(c.invariants.managed), out)
	}
}

// TestAccChaosSeesABrokenPromise: what is done behind the provider's back, as a provider that breaks its promises would do
// it, is reported.
func TestAccChaosSeesABrokenPromise(t *testing.T) {
	t.Parallel()
	t.Run("a second link", func(t *testing.T) {
		t.Parallel()
		c, out := start(t, options{seed: 1})
		c.onPhaseEnd = func(string) { repeatCreate(t, c.box) }
		if err := c.init(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := c.apply(t.Context(), "create", declare(c.count)); err != nil {
			t.Fatalf("%s\n%s", err, out)
		}
		if found := strings.Join(c.invariants.violations, "\n"); !strings.Contains(found, "2 links live for "+descriptor.Revocable().ResourceType()+".") {
			t.Errorf("violations: %q\n%s", found, out)
		}
	})
	t.Run("a link lost from the state", func(t *testing.T) {
		t.Parallel()
		lost := linkDeclaration{vendor: descriptor.Revocable(), number: 1}.address()
		c, out := start(t, options{seed: 1})
		if err := c.init(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := c.apply(t.Context(), "create", declare(c.count)); err != nil || len(c.invariants.violations) > 0 {
			t.Fatalf("%v %q\n%s", err, c.invariants.violations, out)
		}
		if _, err := c.engine.Expect(t.Context(), 0, "state", "rm", lost); err != nil {
			t.Fatal(err)
		}
		if err := c.destroy(t.Context()); err != nil {
			t.Fatalf("%s\n%s", err, out)
		}
		found := strings.Join(c.invariants.violations, "\n")
		for _, want := range []string{"was in state (" + lost + "), lives, and nothing was said of it", "was in state, and can still be paid"} {
			if !strings.Contains(found, want) {
				t.Errorf("violations: %q, want %q\n%s", found, want, out)
			}
		}
	})
}

// TestAccKilledEngine: a kill of the engine itself leaves behind what it has not written down yet: with Terraform and a local
// state the link that was being created, with OpenTofu all of the last seconds. Each is found as the guide says.
func TestAccKilledEngine(t *testing.T) {
	t.Parallel()
	c, out := start(t, options{seed: 1})
	if err := c.init(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.links = declare(c.count)
	if err := c.engine.Write("main.tf", configuration(c.links)); err != nil {
		t.Fatal(err)
	}
	const at = 6
	c.killEngine(t, at)
	c.recordCreations()
	now, err := readState(c.engine.Dir)
	if err != nil {
		t.Fatal(err)
	}
	lost := at - len(now.addresses)
	if living := c.findLiveLinks(); len(living) != at || lost < 1 || lost > 1 && filepath.Base(c.engine.Program) != "tofu" {
		t.Errorf("%d links live, %d are in state; want %d", len(living), len(now.addresses), at)
	}
	c.invariants.checkRun(c.runs, true, now, c.findLiveLinks())
	if err := c.apply(t.Context(), "after the kill", c.links); err != nil {
		t.Fatalf("%s\n%s", err, out)
	}
	if len(c.invariants.violations) > 0 || len(c.invariants.cutOff) != lost {
		t.Errorf("%d links were cut off, want %d; violations %q\n%s", len(c.invariants.cutOff), lost, c.invariants.violations, out)
	}
}

// killEngine kills an apply when a vendor has made so many links, and before it says so.
func (c *chaos) killEngine(t *testing.T, at int) {
	t.Helper()
	var running *workspace.Process
	var ready sync.WaitGroup
	ready.Add(1)
	created := 0
	c.box.StartChaos(fault.Chaos{After: func(m fault.Event) {
		ready.Wait()
		c.observe(m)
		if d, _ := descriptor.ByName(m.Vendor); m.Op == d.Operations.Create && m.Committed {
			if created++; created == at {
				running.Kill()
			}
		}
	}})
	running, err := c.engine.Start(t.Context(), "apply", "-auto-approve", "-parallelism=1")
	ready.Done()
	if err != nil {
		t.Fatal(err)
	}
	if result, err := running.Wait(); err != nil || result.ExitCode != -1 {
		t.Fatalf("exit %d, %v\n%s", result.ExitCode, err, result.Printed)
	}
}

// repeatCreate sends a create that was answered once more.
func repeatCreate(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	d := descriptor.Revocable()
	first := box.Requests(sandbox.ByOp(d.Name, d.Operations.Create))[0]
	request, err := http.NewRequestWithContext(t.Context(), first.Method, box.URL()+"/"+d.Name+first.Path, bytes.NewReader(first.Body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = first.Header.Clone()
	for name := range first.Header {
		if strings.Contains(name, "Idempotency") {
			request.Header.Del(name)
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil || response.StatusCode >= http.StatusMultipleChoices {
		t.Fatalf("%s, %v", response.Status, err)
	}
}
