package drivertest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/vendortest"
)

// newLinkGrace is longer than a 404 can be a lag after a create.
const newLinkGrace = 2 * time.Minute

// Fixture is one test's sandbox and provider of a Harness, on a clock that never waits.
type Fixture struct {
	*vendortest.Fixture
	h Harness
	d descriptor.Descriptor
	n int // how many values Fresh has made
}

// Start starts a sandbox and the provider for it; changes override or (nil) remove settings.
func (h Harness) Start(t *testing.T, changes ...Object) *Fixture {
	t.Helper()
	f := h.open(t, nil)
	f.StartProvider(nil, changes...)
	return f
}

// StartSlow is Start with a sandbox whose faults really wait.
func (h Harness) StartSlow(t *testing.T, changes ...Object) *Fixture {
	t.Helper()
	f := h.open(t, clock.System{})
	f.StartProvider(nil, changes...)
	return f
}

// NewServer starts the provider with settings of the vendor's object, which it has to accept.
func (h Harness) NewServer(t *testing.T, clk clock.Clock, settings Object) *protocoltest.Server {
	t.Helper()
	s := h.provider().NewServer(t, clk, Object{h.Descriptor.Name: settings})
	if s.ConfigureDiagnostics.HasError() {
		t.Fatal(s.ConfigureDiagnostics)
	}
	return s
}

func (h Harness) open(t *testing.T, clk clock.Clock) *Fixture {
	t.Helper()
	return &Fixture{Fixture: h.vendor().Start(t, clk), h: h, d: h.Descriptor}
}

// Subtest is the same fixture, reporting to a subtest.
func (f *Fixture) Subtest(t *testing.T) *Fixture {
	out := *f
	out.Fixture = f.Fixture.Subtest(t)
	return &out
}

// Fresh is a configuration with another value of the argument that no two links may share, where there is one.
func (f *Fixture) Fresh(config Object) Object {
	if f.d.Unique == "" {
		return config
	}
	f.n++
	return tfconfig.With(config, f.d.Unique, fmt.Sprint(protocoltest.Fresh, f.n))
}

// API is the vendor in the sandbox.
func (f *Fixture) API() vendorapi.Vendor {
	v, _ := f.Sandbox.Vendor(f.d.Name)
	return v
}

// Switch changes switches of the vendor, a JSON object; "" is none.
func (f *Fixture) Switch(switches string) {
	f.Helper()
	if switches == "" {
		return
	}
	if err := f.API().SetSwitches([]byte(switches)); err != nil {
		f.Fatal(err)
	}
}

// Seed adds n links that differ from one another, as the descriptor's sample with changes by the vendor's JSON keys.
func (f *Fixture) Seed(n int, changes Object) {
	f.Helper()
	data, _, err := f.d.Stored(n)
	var links []Object
	if err == nil {
		err = json.Unmarshal(data, &links)
	}
	for _, link := range links {
		maps.Copy(link, changes)
	}
	if err == nil {
		data, err = json.Marshal(links)
	}
	if err == nil {
		err = f.API().Seed(data)
	}
	if err != nil {
		f.Fatal(err)
	}
}

// Import imports a link that has to be there, without a word.
func (f *Fixture) Import(id string) protocoltest.State {
	f.Helper()
	state, diags := f.ImportByID(id)
	if len(diags) > 0 {
		f.Fatalf("import: %s", diags)
	}
	return state
}

// ApplyInPlace applies a configuration that changes a link in place, without a word and without a request.
func (f *Fixture) ApplyInPlace(state protocoltest.State, config Object) protocoltest.State {
	f.Helper()
	if diags := f.Validate(config); len(diags) > 0 {
		f.Fatalf("validate: %s", diags)
	}
	before := len(f.Sandbox.Requests())
	plan := f.Plan(state, config)
	if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
		f.Fatalf("%s because of %v %s", plan.Action, plan.Because, plan.Diagnostics)
	}
	state, diags := f.Apply(plan)
	if len(diags) > 0 {
		f.Fatal(diags)
	}
	if n := len(f.Sandbox.Requests()) - before; n > 0 {
		f.Errorf("%d requests", n)
	}
	return state
}

// RequireReplaced expects a plan that replaces because of exactly these attributes, and that warns of what becomes of the old
// link. A new link may have rules of its own that the configuration breaks.
func (f *Fixture) RequireReplaced(state protocoltest.State, config Object, because ...string) protocoltest.Plan {
	f.Helper()
	plan := f.Plan(state, config)
	slices.Sort(plan.Because)
	if !slices.Equal(plan.Because, because) || plan.HasError() && !f.Plan(protocoltest.State{}, config).HasError() {
		f.Errorf("plan: %s because of %q, want a replacement because of %q %s", plan.Action, plan.Because, because, plan.Errors())
	}
	words := append(slices.Clone(because), "stops working")
	if f.d.Operations.Revoke == "" {
		words = []string{"can still be paid"}
	}
	f.RequireText(plan.Warnings(), append(words, state.Text("id"), state.Text("url"))...)
	return plan
}

// RequireAdopted expects that the newest link at the vendor is in state, that this was said, and that the plan is empty.
func (f *Fixture) RequireAdopted(state protocoltest.State, config Object, diags protocoltest.Diagnostics) protocoltest.State {
	f.Helper()
	links := f.API().Overview()
	if len(links) == 0 || diags.HasError() || state.Text("id") != links[len(links)-1].ID {
		f.Fatalf("in state %q, %d links: %s", state.Text("id"), len(links), diags)
	}
	f.RequireText(diags.Warnings(), "Adopted", state.Text("id"), state.Text("url"))
	return f.RequireNoDrift(state, config)
}

// RequireLive expects so many links at the vendor that can be paid now, or once they are activated.
func (f *Fixture) RequireLive(want int) {
	f.Helper()
	got := 0
	for _, link := range f.API().Overview() {
		if link.Payable || f.d.Activation != nil && link.Status == f.d.Activation.Waiting {
			got++
		}
	}
	if got != want {
		f.Errorf("%d live links at the vendor, want %d", got, want)
	}
}

// createCalls are those of the first create of a provider.
func (f *Fixture) createCalls() []string {
	if f.d.NoCreationTime { // what exists is noted before
		return []string{f.d.Operations.List, f.d.Operations.Create}
	}
	return []string{f.d.Operations.Create}
}

// endCalls are those of a destroy: without a call that revokes, the link is only looked at.
func (f *Fixture) endCalls() []string {
	if f.d.Operations.Revoke == "" {
		return []string{f.d.Operations.Get}
	}
	return []string{f.d.Operations.Revoke}
}

// fillIn is an imported link after the one apply that fills in, in place, what no answer holds. Where hidden is false, there must
// be nothing to fill in.
func (f *Fixture) fillIn(imported protocoltest.State, config Object, hidden bool) protocoltest.State {
	f.Helper()
	if hidden && f.Plan(imported, config).Action == protocoltest.Update {
		imported = f.ApplyInPlace(imported, config)
	}
	return f.RequireNoDrift(imported, config)
}
