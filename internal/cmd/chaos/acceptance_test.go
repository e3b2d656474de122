package main

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/engine"

	// Not used here, but built and run: without it the test cache would not notice a change of the provider.
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
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
// it, is reported: a second link, and one that is lost from the state.
func TestAccChaosSeesABrokenPromise(t *testing.T) {
	t.Parallel()
	lost := linkDeclaration{vendor: descriptor.Revocable(), number: 1}.address()
	c, out := start(t, options{seed: 1})
	requireViolations := func(err error, want ...string) {
		t.Helper()
		found := strings.Join(c.invariants.violations, "\n")
		for _, each := range want {
			if err != nil || !strings.Contains(found, each) {
				t.Fatalf("violations: %q, want %q; %v\n%s", found, each, err, out)
			}
		}
		c.invariants.violations = nil
	}
	c.onPhaseEnd = func(string) { repeatCreate(t, c.box) }
	if err := c.init(t.Context()); err != nil {
		t.Fatal(err)
	}
	requireViolations(c.apply(t.Context(), "create", declare(c.count)), "2 links live for "+descriptor.Revocable().ResourceType()+".")
	c.onPhaseEnd = nil
	if _, err := c.engine.Expect(t.Context(), 0, "state", "rm", lost); err != nil {
		t.Fatal(err)
	}
	requireViolations(c.destroy(t.Context()), "was in state ("+lost+"), lives, and nothing was said of it", "was in state, and can still be paid")
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
