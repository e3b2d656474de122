package notfound_test

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/lifecycle"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// minCases is what the matrix may not fall below.
const minCases = 700

// The operations that can be answered by a 404; an action is opAction with its verb.
const (
	opRefresh = "refresh"
	opDestroy = "destroy"
	opAction  = "action_"
)

// bodies are what a 404 can say, by who says it; that of the vendor itself is added.
var bodies = map[string]fault.Fault{
	"page":    {Kind: fault.HTML, Status: 404},
	"empty":   {Kind: fault.Empty, Status: 404},
	"gateway": {Kind: fault.Answer, Status: 404, Body: `{"message":"no Route matched with those values"}`},
}

const theVendor = "vendor"

// What the vendor's list says of the link.
const (
	listed    = "listed"
	notListed = "not_listed"
	broken    = "list_broken"
)

// Whose credentials are in use.
const (
	own     = "own_account"
	other   = "other_account"
	unknown = "unknown_account" // a state without private state
)

// notFoundCase is one case. With a list that does not show it the link is really gone.
type notFoundCase struct {
	op, body, list, account string
	isNew                   bool
}

func (c notFoundCase) title() string {
	age := "old"
	if c.isNew {
		age = "new"
	}
	return strings.Join([]string{c.body, c.list, c.account, age}, "/")
}

// operationsOf are those of the vendor.
func operationsOf(d descriptor.Descriptor) []string {
	out := []string{opRefresh, opDestroy}
	for _, verb := range slices.Sorted(maps.Keys(d.Actions)) {
		out = append(out, opAction+verb)
	}
	return out
}

// casesOf are the cases of a vendor and operation.
func casesOf(d descriptor.Descriptor, op string) []notFoundCase {
	var out []notFoundCase
	for _, body := range append(slices.Sorted(maps.Keys(bodies)), theVendor) {
		for _, list := range []string{listed, notListed, broken} {
			for _, account := range []string{own, other, unknown} {
				for _, isNew := range []bool{false, true} {
					switch {
					case list == broken && d.List == nil: // there is none
					case account == unknown && strings.HasPrefix(op, opAction): // which has no state at all
					default:
						out = append(out, notFoundCase{op, body, list, account, isNew})
					}
				}
			}
		}
	}
	return out
}

// believed is the rule: the account made the link, the link is not new, and the vendor's list, read to its end, does not show it;
// without a list, the vendor itself says so. An action has nothing to compare with.
func (c notFoundCase) believed(d descriptor.Descriptor) bool {
	proven := c.list == notListed
	if d.List == nil {
		proven = c.body == theVendor
	}
	return proven && c.account == own && !c.isNew && !strings.HasPrefix(c.op, opAction)
}

// TestNotFound: a 404 is believed only when it proves that the link is gone; otherwise there is an error, and nothing changes.
// One case: -run 'TestNotFound/<vendor>$/refresh/page/listed/own_account/old'.
func TestNotFound(t *testing.T) {
	t.Parallel()
	cases := 0
	for _, d := range descriptor.All() {
		for _, op := range operationsOf(d) {
			cases += len(casesOf(d, op))
		}
	}
	t.Logf("404 matrix: %d vendors x their operations x 4 bodies x 3 lists x 3 accounts x 2 ages = %d cases", len(descriptor.All()), cases)
	if cases < minCases {
		t.Error("the matrix has shrunk")
	}
	for _, d := range descriptor.All() {
		t.Run(d.Name, func(t *testing.T) {
			for _, op := range operationsOf(d) {
				t.Run(op, func(t *testing.T) {
					t.Parallel()
					f := newFixture(t, d)
					for _, c := range casesOf(d, op) {
						t.Run(c.title(), func(t *testing.T) { f.run(t, c) })
					}
				})
			}
		})
	}
}

// fixture is a sandbox with a provider of each account, which many cases share.
type fixture struct {
	*acctest.Harness
	d         descriptor.Descriptor
	providers map[string]*protocoltest.Server
	theirs    map[string][]byte // the vendor's own 404, by call
}

func newFixture(t *testing.T, d descriptor.Descriptor) *fixture {
	t.Helper()
	f := &fixture{Harness: acctest.Of(d).Start(t, nil), d: d}
	env, err := f.Sandbox.AddAccount(d.Name)
	if err != nil {
		t.Fatal(err)
	}
	settings := descriptor.Object{"account": "other"}
	for variable, value := range env {
		settings[strings.ToLower(strings.TrimPrefix(variable, d.EnvPrefix()))] = value
	}
	for _, unused := range d.Credentials.Unused {
		settings[unused] = nil
	}
	f.StartProvider(nil)
	f.providers = map[string]*protocoltest.Server{
		own: f.Server, unknown: f.Server, other: f.NewProviderWith(descriptor.Object{d.Name: f.Settings(settings)}),
	}
	f.observe()
	f.revokeOne()
	return f
}

// observe keeps what the vendor itself says of a link that is gone.
func (f *fixture) observe() {
	f.Helper()
	var mu sync.Mutex
	f.theirs = map[string][]byte{}
	f.Sandbox.StartChaos(fault.Chaos{After: func(e fault.Event) {
		mu.Lock()
		defer mu.Unlock()
		f.theirs[e.Op] = e.Reply
	}})
	defer f.Sandbox.StartChaos(fault.Chaos{})
	state := f.make()
	f.Sandbox.Simulate(state.Text("id"), "delete")
	f.Refresh(state)
	f.Destroy(state)
	for verb := range f.d.Actions {
		f.InvokeAction(f.d.ActionType(verb), descriptor.Object{"id": state.Text("id")})
	}
}

// revokeOne leaves a link in the list that is revoked, where links can be.
func (f *fixture) revokeOne() {
	f.Helper()
	for _, row := range f.d.Lifecycle.Rows {
		if row.State != lifecycle.Revoked || row.Gone() {
			continue
		}
		vendor, _ := f.Sandbox.Vendor(f.d.Name)
		if err := f.d.Bring(vendor, f.make().Text("id"), row.Situations()[0], f.Clock.Now()); err != nil {
			f.Fatal(err)
		}
		return
	}
}

// make makes a link.
func (f *fixture) make() protocoltest.State {
	f.Helper()
	state, _, diags := f.Server.ApplyConfig(protocoltest.State{}, f.d.ResourceType(), f.d.With(f.d.Payer))
	if !state.Exists() {
		f.Fatalf("create: %s", diags)
	}
	return state
}

// inject lets calls about one link be answered by the case's 404.
func (f *fixture) inject(c notFoundCase) (remove func()) {
	var removes []func()
	for _, call := range []string{f.d.Operations.Get, f.d.Operations.Revoke, f.d.Operations.Activate} {
		if call == "" {
			continue
		}
		injected := bodies[c.body]
		if c.body == theVendor {
			injected = fault.Fault{Status: 404, Body: string(f.theirs[call])}
		}
		injected.Vendor, injected.Op = f.d.Name, call
		removes = append(removes, f.Sandbox.Inject(injected))
	}
	if c.list == broken {
		removes = append(removes, f.Sandbox.Inject(fault.Fault{Vendor: f.d.Name, Op: f.d.Operations.List, Kind: fault.Truncate}))
	}
	return func() {
		for _, remove := range removes {
			remove()
		}
	}
}

func (f *fixture) run(t *testing.T, c notFoundCase) {
	f.Harness = f.Subtest(t)
	f.Server = f.providers[own].WithT(t)
	state := f.make()
	id, url := state.Text("id"), state.Text("url")
	if !c.isNew {
		f.Clock.Advance(2 * time.Minute)
	}
	if c.list == notListed {
		f.Sandbox.Simulate(id, "delete")
	} else {
		defer f.Sandbox.Simulate(id, "delete")
	}
	if c.account == unknown {
		state.Private = nil
	}
	f.Server = f.providers[c.account].WithT(t)
	remove := f.inject(c)
	defer remove()
	var after protocoltest.State
	var diags protocoltest.Diagnostics
	switch c.op {
	case opRefresh:
		after, diags = f.Refresh(state)
	case opDestroy:
		after, diags = f.Destroy(state)
	default:
		after = state
		_, diags = f.InvokeAction(f.d.ActionType(strings.TrimPrefix(c.op, opAction)), descriptor.Object{"id": id})
	}
	changed := !after.Exists() || !after.Raw.Equal(state.Raw)
	named := strings.Contains(diags.String(), id)
	switch believed := c.believed(f.d); {
	case c.op == opDestroy && f.d.Operations.Revoke == "": // a destroy only lets go, and says so unless the link is gone
		if after.Exists() || diags.HasError() || !believed && !strings.Contains(diags.String(), url) {
			t.Errorf("in state: %t, %s", after.Exists(), diags)
		}
	case !believed && (!diags.HasError() || changed):
		t.Errorf("it proves nothing: in state %t, changed %t, %s", after.Exists(), changed, diags)
	case believed && (diags.HasError() || !changed || c.op == opRefresh && !named):
		t.Errorf("the link is gone: in state %t, changed %t, %s", after.Exists(), changed, diags)
	}
}
