package faultmatrix_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/proxy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// TestFaultMatrix: whatever goes wrong in whichever call, after at most one more apply one declared link is one live link
// and its id is in state, or the error names the link that may exist. One case: -run 'TestFaultMatrix/<vendor>$/create/dropped_after'.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	columns := columns(newRedirectTrap(t).URL)
	size := matrixSize(columns)
	t.Logf("fault matrix: %d vendors and variants x their operations x %d faults, once and for good = %d cases", len(variants()), len(columns), size)
	if size < 1000 {
		t.Error("the matrix has shrunk")
	}
	for _, v := range variants() {
		t.Run(v.title(), func(t *testing.T) {
			for _, op := range v.operations() {
				t.Run(op, func(t *testing.T) {
					t.Parallel()
					runCases(t, v, op, columns)
				})
			}
		})
	}
}

func matrixSize(columns []column) int {
	size := 0
	for _, v := range variants() {
		for _, op := range v.operations() {
			for _, c := range columns {
				if v.happens(op, c) {
					size += len(c.lasting())
				}
			}
		}
	}
	return size
}

// runCases runs the cases of one row and operation. Those that hang do so all at once, beside the others: they wait more
// than they work.
func runCases(t *testing.T, v vendorVariant, op string, columns []column) {
	var group sync.WaitGroup
	defer group.Wait()
	for _, c := range columns {
		if !v.happens(op, c) {
			continue
		}
		for _, lasting := range c.lasting() {
			run := func() {
				t.Run(c.name+"/"+lasting, func(t *testing.T) { newCase(t, v, op, c, lasting).run() })
			}
			if c.hangs {
				group.Go(run)
				continue
			}
			run()
		}
	}
}

// faultCase is one case: an operation during which something goes wrong, and the next apply.
type faultCase struct {
	*acctest.Harness
	vendorVariant
	column
	op, lasting string
	proxy       *proxy.Proxy
	changes     []object // of the vendor's settings
	wanted      object   // the configuration
	before      protocoltest.State
	fixes       []func()
}

func newCase(t *testing.T, v vendorVariant, op string, c column, lasting string) *faultCase {
	t.Helper()
	var theirs clock.Clock
	if c.hangs {
		theirs = clock.System{}
	}
	out := &faultCase{Harness: v.start(t, theirs, isToken(op)), vendorVariant: v, column: c, op: op, lasting: lasting, wanted: v.config, changes: []object{v.Settings}}
	if c.down {
		out.useProxy()
	}
	if v.Token != nil && isToken(op) {
		out.useToken()
	}
	if v.faultedCall(op) == v.Operations.Activate {
		out.wanted = tfconfig.With(v.config, "activate", true)
	}
	return out
}

// useProxy leads the vendor's addresses through a proxy that can refuse connections.
func (c *faultCase) useProxy() {
	c.Helper()
	var err error
	if c.proxy, err = proxy.Start(c.Context(), c.Sandbox.Sandbox, clock.System{}); err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { _ = c.proxy.Close() })
	led := object{}
	for name, setting := range c.Sandbox.Settings() {
		if text, ok := setting.(string); ok && strings.HasPrefix(text, c.Sandbox.URL()) {
			led[name] = c.proxy.URL + strings.TrimPrefix(text, c.Sandbox.URL())
		}
	}
	c.changes = append(c.changes, led)
}

// useToken gives the provider a token that it refreshes, where the sandbox's own settings do not.
func (c *faultCase) useToken() {
	c.Helper()
	if c.Token.Settings == nil {
		return
	}
	vendor, _ := c.Sandbox.Vendor(c.Descriptor.Name)
	settings, err := c.Token.Settings(vendor, c.TempDir())
	if err != nil {
		c.Fatal(err)
	}
	c.changes = append(c.changes, settings)
	if file, ok := settings[c.Token.File].(string); ok {
		c.fixes = append(c.fixes, func() { c.addTokens(file) })
		c.addTokens(file)
	}
}

// destroys: nothing is declared any more.
func (c *faultCase) destroys() bool { return c.op == opRevoke || c.op == opTokenAtDestroy }

// creates: the operation finds nothing in state.
func (c *faultCase) creates() bool {
	return slices.Contains([]string{opCreate, opList, opSnapshot, opActivate, opToken}, c.op)
}

func (c *faultCase) run() {
	c.Helper()
	if !c.creates() {
		c.StartProvider(nil, c.changes...)
		c.before = c.Create(c.config)
		if c.readLag == 0 {
			c.Clock.Advance(time.Hour)
		}
	}
	if isToken(c.op) && !c.Token.ClientCredentials {
		vendor, _ := c.Sandbox.Vendor(c.Descriptor.Name)
		c.Token.Expire(vendor)
	}
	c.startProvider()
	c.ResetCalls()
	c.injectFault()
	state, diags := c.first()
	seen := c.observe()
	c.requirePromise(state, diags, seen)
	c.requireSends(seen)
	if c.Failed() {
		c.Logf("requests %q\n%s", c.Calls(), diags)
		return
	}
	for _, fix := range c.fixes {
		fix()
	}
	c.requireNextApply(state, diags)
}

// startProvider starts the provider of the operation, where the link's own will not do.
func (c *faultCase) startProvider() {
	c.Helper()
	switch {
	case c.hangs:
		c.StartProvider(object{"request_timeout": requestTimeout.String()}, c.changes...)
	case c.creates() || isToken(c.op): // which has no token yet
		c.StartProvider(nil, c.changes...)
	}
}

// first is the apply, refresh or destroy during which it goes wrong.
func (c *faultCase) first() (protocoltest.State, protocoltest.Diagnostics) {
	c.Helper()
	switch {
	case c.destroys():
		return c.Destroy(c.before)
	case slices.Contains([]string{opRead, opConfirm, opTokenAtRefresh}, c.op):
		return c.Refresh(c.before)
	}
	state, _, diags := c.applyWanted(c.before)
	return state, diags
}

// applyWanted applies what is wanted. (Harness.ApplyConfig validates it as well, which is the same in every case.)
func (c *faultCase) applyWanted(state protocoltest.State) (protocoltest.State, protocoltest.Plan, protocoltest.Diagnostics) {
	c.Helper()
	state, plan, diags := c.Server.ApplyConfig(state, c.ResourceType(), c.wanted)
	return state, plan, c.Record(diags)
}

// injectFault lets it go wrong from now on; fixes mend it.
func (c *faultCase) injectFault() {
	c.Helper()
	vendor, has := c.Descriptor.Name, c.Operations
	if c.down {
		if err := c.proxy.Close(); err != nil {
			c.Fatal(err)
		}
		c.fixes = append(c.fixes, func() {
			if err := c.proxy.Reopen(c.Context()); err != nil {
				c.Fatal(err)
			}
		})
		return
	}
	switch c.op {
	case opList, opSnapshot: // an answer that is lost, so that the list is looked at
		lost := fault.Fault{Vendor: vendor, Op: has.Create, Kind: fault.Drop, After: true, Times: 1}
		if c.keyed() { // which is looked for after a 5xx only
			lost = fault.Fault{Vendor: vendor, Op: has.Create, Status: 500, After: true, Times: 1}
		}
		c.Sandbox.Inject(lost)
	case opConfirm:
		c.fixes = append(c.fixes, c.Sandbox.Inject(fault.Fault{Vendor: vendor, Op: has.Get, Status: 404, Body: `{"message":"no such link"}`}))
	}
	if c.readLag+c.listLag > 0 {
		c.setSwitches(c.Harness, `{"read_delay":"`+c.readLag.String()+`","list_lag":"`+c.listLag.String()+`"}`)
		c.fixes = append(c.fixes, func() { c.Clock.Advance(time.Hour) }) // it passes
		return
	}
	injected := c.fault
	injected.Vendor, injected.Op, injected.Skip = vendor, c.faultedCall(c.op), c.spared()
	if c.lasting == "once" {
		injected.Times = 1
	}
	c.fixes = append(c.fixes, c.Sandbox.Inject(injected))
}

// spared are the calls that pass before the one that is meant: a list is read before the first create where creation times
// are unknown.
func (c *faultCase) spared() int {
	if c.NoCreationTime && c.op == opList {
		return 1
	}
	return 0
}
