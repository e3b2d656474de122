package link_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/fakeclock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	Object = tfconfig.Object
	List   = tfconfig.List
)

const (
	resourceType = "paymentlinks_memory_link"
	unknown      = tfconfig.Unknown
)

// fixture is a provider with the vendor in memory, a clock that stands still, and the vendor's store.
type fixture struct {
	*protocoltest.Server
	t       *testing.T
	options memdriver.Options
	memory  Object // the vendor's configuration in the provider block
	store   *memdriver.Store
	clock   *fakeclock.Clock
}

// newFixture configures the provider; each change makes the vendor another one.
func newFixture(t *testing.T, changes ...func(*memdriver.Options)) *fixture {
	t.Helper()
	f := &fixture{t: t, options: memdriver.Options{Info: memdriver.DefaultInfo()}, clock: fakeclock.New(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	for _, change := range changes {
		change(&f.options)
	}
	f.store = memdriver.NewStore(f.clock)
	return f.withConfig(Object{})
}

func onePartIdentity(o *memdriver.Options) { o.Info.Scope = "" }
func revocable(o *memdriver.Options)       { o.Revocable = true }
func keepsEnded(o *memdriver.Options)      { o.Info.ReplaceWhen = nil }
func withoutList(o *memdriver.Options)     { o.NoList = true }

// withConfig returns the same vendor and store under another configuration of the provider: endpoint, project, account.
func (f *fixture) withConfig(memory Object) *fixture {
	f.t.Helper()
	out := *f
	out.memory = memory
	out.Server = f.serve(Object{"memory": memory})
	if out.ConfigureDiagnostics.HasError() {
		f.t.Fatal(out.ConfigureDiagnostics)
	}
	return &out
}

// serve returns a provider with this configuration, valid or not.
func (f *fixture) serve(config Object) *protocoltest.Server {
	f.t.Helper()
	server := protoserver.New(provider.New("test", f.clock, f.store.Registration(f.options)))
	return protocoltest.Start(f.t, server, config)
}

// serveRun is serve, for a run that end ends in order.
func (f *fixture) serveRun(config Object) (server *protocoltest.Server, end func()) {
	f.t.Helper()
	inner := protoserver.New(provider.New("test", f.clock, f.store.Registration(f.options)))
	return protocoltest.Start(f.t, inner, config), func() { protoserver.EndRun(f.t.Context(), inner) }
}

// fullConfig sets every argument, except for overrides (nil leaves one out).
func fullConfig(overrides ...Object) Object {
	out := Object{
		"title": "Order 42", "grade": "express", "return_url": "https://shop.example/done", "limit": 3, "express": true, "pin": "1234",
		"lines": List{
			Object{"name": "Chair", "price": Object{"value": "10", "currency": "EUR"}, "weight": "1.50"},
			Object{"name": "Table", "price": Object{"value": "99.90", "currency": "EUR"}, "weight": "20"},
		},
		"methods": List{"card", "ideal"},
		"labels":  Object{"shop": "Turin", "desk": "7"},
		"contact": Object{"name": "Ada", "email": "ada@example.com", "address": Object{"city": "Turin", "zip": "10121"}},
	}
	return withOverrides(out, overrides...)
}

// answeredConfig is fullConfig in the form in which the vendor answers it: the configuration of an imported link.
func answeredConfig(overrides ...Object) Object {
	return withOverrides(fullConfig(Object{"return_url": "https://shop.example/done/"}), overrides...)
}

// minimalConfig sets what is required and nothing else.
func minimalConfig(overrides ...Object) Object {
	return withOverrides(Object{"title": "Order 42", "pin": "1234", "lines": List{Object{"name": "Chair", "price": Object{"value": "10"}}}}, overrides...)
}

func withOverrides(config Object, overrides ...Object) Object {
	out := clone(config).(Object)
	for _, o := range overrides {
		maps.Copy(out, o)
	}
	return out
}

// earlierRuns holds what once has built, by everything that it depends on.
var earlierRuns sync.Map

type earlierRun struct {
	once  sync.Once
	links []memdriver.Link
	state protocoltest.State
}

// once returns the state that build makes of a new store. It builds it once for all tests that want the same: the others get the
// links and the state, as if an earlier run of Terraform had made them. name and config say what is built.
func (f *fixture) once(name string, config Object, build func() protocoltest.State) protocoltest.State {
	f.t.Helper()
	if !f.store.IsNew() {
		return build()
	}
	entry, _ := earlierRuns.LoadOrStore(fmt.Sprintf("%s %+v %v %v", name, f.options, f.memory, config), &earlierRun{})
	run := entry.(*earlierRun)
	run.once.Do(func() {
		run.state = build()
		run.links = f.store.Links()
	})
	if !run.state.Exists() {
		f.t.Fatal("nothing was built: see another test")
	}
	if f.store.IsNew() {
		f.store.Restore(run.links)
	}
	return run.state
}

// mustCreate creates a link without any diagnostic.
func (f *fixture) mustCreate(config Object) protocoltest.State {
	f.t.Helper()
	return f.once("create", config, func() protocoltest.State { return f.create(config) })
}

func (f *fixture) create(config Object) protocoltest.State {
	f.t.Helper()
	state, plan, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
	if len(diags) > 0 || plan.Action != protocoltest.Create || !state.Exists() {
		f.t.Fatalf("create: %s, %v", plan.Action, diags)
	}
	f.requireCalls("create=1")
	return state
}

// createOld creates a link and lets it grow too old for a 404 to be a lag.
func createOld(f *fixture, config Object) protocoltest.State {
	state := f.mustCreate(config)
	f.clock.Advance(time.Hour)
	return state
}

// mustRefresh refreshes without any diagnostic.
func (f *fixture) mustRefresh(state protocoltest.State) protocoltest.State {
	f.t.Helper()
	out, diags := f.Refresh(state)
	if len(diags) > 0 {
		f.t.Fatalf("refresh: %v", diags)
	}
	return out
}

// mustImport imports without any diagnostic.
func mustImport(t *testing.T, f *fixture, id string) protocoltest.State {
	t.Helper()
	state, diags := f.Import(resourceType, id)
	if len(diags) > 0 || !state.Exists() {
		t.Fatalf("import: %s", diags)
	}
	return state
}

// destroy plans a destroy without any diagnostic, and applies it.
func (f *fixture) destroy(state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
	f.t.Helper()
	plan := f.Plan(resourceType, state, nil)
	if len(plan.Diagnostics) > 0 {
		f.t.Fatalf("destroy plan: %s", plan.Diagnostics)
	}
	return f.Apply(plan)
}
