package provider_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestFaultMatrix: whatever goes wrong in whichever call, after at most one more apply one declared link is one live link
// and its id is in state, or the error names the link that may exist. One case: -run 'TestFaultMatrix/qonto$/create/dropped_after'.
func TestFaultMatrix(t *testing.T) {
	t.Parallel()
	columns := mishaps(newTrap(t).URL)
	size := matrixSize(columns)
	t.Logf("fault matrix: %d vendors and variants x their operations x %d faults, once and for good = %d cases", len(rows()), len(columns), size)
	if size < 1000 {
		t.Error("the matrix has shrunk")
	}
	for _, r := range rows() {
		t.Run(r.title, func(t *testing.T) {
			for _, op := range r.ops() {
				t.Run(op, func(t *testing.T) {
					t.Parallel()
					runCells(t, r, op, columns)
				})
			}
		})
	}
}

func matrixSize(columns []mishap) int {
	size := 0
	for _, r := range rows() {
		for _, op := range r.ops() {
			for _, m := range columns {
				if r.happens(op, m) {
					size += len(m.lasting())
				}
			}
		}
	}
	return size
}

// runCells runs the cells of one row and operation. Those that hang do so all at once, beside the others: they wait more
// than they work.
func runCells(t *testing.T, r row, op string, columns []mishap) {
	var group sync.WaitGroup
	defer group.Wait()
	for _, m := range columns {
		if !r.happens(op, m) {
			continue
		}
		for _, lasting := range m.lasting() {
			cell := func() {
				t.Run(m.what+"/"+lasting, func(t *testing.T) { newTrial(t, r, op, m, lasting).run() })
			}
			if m.hangs {
				group.Go(cell)
				continue
			}
			cell()
		}
	}
}

// trial is one cell: an operation during which something goes wrong, and the next apply.
type trial struct {
	*acctest.Harness
	row
	mishap
	op, lasts string
	front     *front
	changes   []object // the vendor's settings
	wanted    object   // the configuration
	before    protocoltest.State
	fixes     []func()
}

func newTrial(t *testing.T, r row, op string, m mishap, lasts string) *trial {
	t.Helper()
	var theirs clock.Clock
	if m.hangs {
		theirs = clock.System{}
	}
	if isToken(op) {
		r.without = nil
	}
	v := acctest.Complete(acctest.Vendor{Name: r.vendor, Account: "main", Secrets: r.secrets, SecretSettings: r.secretSettings, OmitSettings: r.without})
	x := &trial{Harness: v.Start(t, theirs), row: r, mishap: m, op: op, lasts: lasts, wanted: r.config, changes: []object{r.settings}}
	if err := r.set(x.Sandbox, r.switches); err != nil {
		t.Fatal(err)
	}
	if m.down {
		x.front = newFront(t, x.Sandbox.URL())
		x.changes = append(x.changes, x.front.settings(x.Sandbox))
	}
	if r.vendor == "qonto" && isToken(op) {
		x.useTokenFile()
	}
	if strings.HasPrefix(op, "activate") {
		x.wanted = r.with(object{"activate": true})
	}
	return x
}

// useTokenFile: Qonto's token is renewed only where it is in a file.
func (x *trial) useTokenFile() {
	tokens := tokenFile(x.T, x.Sandbox)
	x.changes = append(x.changes, tokens)
	x.fixes = append(x.fixes, func() { plantTokens(x, tokens["token_file"].(string)) })
	plantTokens(x, tokens["token_file"].(string))
}

// destroys: nothing is declared any more.
func (x *trial) destroys() bool { return x.op == "revoke" || x.op == "token_at_destroy" }

// begins: the operation finds nothing in state.
func (x *trial) begins() bool {
	return slices.Contains([]string{"create", "list", "census", "activate", "token"}, x.op)
}

func (x *trial) run() {
	x.Helper()
	if !x.begins() {
		x.StartProvider(nil, x.changes...)
		x.before = x.Create(x.config)
		if x.readLag == 0 {
			x.Clock.Advance(hour)
		}
	}
	if isToken(x.op) && x.vendor == "qonto" {
		qontosandbox.From(x.Sandbox).ExpireTokens()
	}
	x.serve()
	x.ResetCalls()
	x.spoil()
	state, diags := x.first()
	met := x.met()
	x.judge(state, diags, met)
	x.counted(met)
	if x.Failed() {
		x.Logf("requests %q\n%s", x.Calls(), diags)
		return
	}
	for _, fix := range x.fixes {
		fix()
	}
	x.second(state, diags)
}

// serve starts the provider of the operation, where the link's own will not do.
func (x *trial) serve() {
	x.Helper()
	switch {
	case x.hangs:
		x.StartProvider(object{"request_timeout": patience.String()}, x.changes...)
	case x.begins() || isToken(x.op): // which has no token yet
		x.StartProvider(nil, x.changes...)
	}
}

// first is the apply, refresh or destroy during which it goes wrong.
func (x *trial) first() (protocoltest.State, protocoltest.Diagnostics) {
	x.Helper()
	switch {
	case x.destroys():
		return x.Destroy(x.before)
	case slices.Contains([]string{"read", "confirm", "token_at_refresh"}, x.op):
		return x.Refresh(x.before)
	}
	state, _, diags := x.up(x.before)
	return state, diags
}

// up applies what is wanted. (Bench.Up validates it as well, which is the same in every cell.)
func (x *trial) up(state protocoltest.State) (protocoltest.State, protocoltest.Plan, protocoltest.Diagnostics) {
	x.Helper()
	state, plan, diags := x.Server.ApplyConfig(state, x.name(), x.wanted)
	return state, plan, x.Record(diags)
}

// spoil lets it go wrong from now on; fixes mend it.
func (x *trial) spoil() {
	x.Helper()
	if x.down {
		x.front.down()
		x.fixes = append(x.fixes, x.front.up)
		return
	}
	switch x.op {
	case "list", "census": // an answer that is lost, so that the list is looked at
		lost := fault.Fault{Vendor: x.vendor, Op: "create", Kind: fault.Drop, After: true, Times: 1}
		if x.keyed() { // which is looked for after a 5xx only
			lost = fault.Fault{Vendor: x.vendor, Op: "create", Status: 500, After: true, Times: 1}
		}
		x.Sandbox.Inject(lost)
	case "confirm":
		x.fixes = append(x.fixes, x.Sandbox.Inject(fault.Fault{Vendor: x.vendor, Op: "get", Status: 404, Body: `{"message":"no such link"}`}))
	}
	if x.readLag+x.listLag > 0 {
		if err := x.set(x.Sandbox, `{"read_delay":"`+x.readLag.String()+`","list_lag":"`+x.listLag.String()+`"}`); err != nil {
			x.Fatal(err)
		}
		x.fixes = append(x.fixes, func() { x.Clock.Advance(hour) }) // it passes
		return
	}
	fault := x.fault
	fault.Vendor, fault.Op = x.vendor, x.hit(x.op)
	if x.lasts == "once" {
		fault.Times = 1
	}
	fault.Skip = x.spared()
	x.fixes = append(x.fixes, x.Sandbox.Inject(fault))
}

// spared are the calls that pass before the one that is meant: Powens' list is asked once before its first create.
func (x *trial) spared() int {
	if x.vendor == "powens" && x.op == "list" {
		return 1
	}
	return 0
}
