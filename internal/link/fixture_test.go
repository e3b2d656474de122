package link_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
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
	server, _ := f.serveRun(config)
	return server
}

// serveRun is serve, for a run that end ends in order.
func (f *fixture) serveRun(config Object) (server *protocoltest.Server, end func()) {
	f.t.Helper()
	inner := protoserver.New(provider.New("test", f.clock, f.store.Registration(f.options)))
	options := fmt.Sprintf("%+v", f.options)
	known, ok := schemas.Load(options)
	if !ok {
		known, _ = schemas.LoadOrStore(options, protocoltest.ReadSchemas(f.t, inner))
	}
	return protocoltest.StartWith(f.t, inner, known.(*protocoltest.Schemas), config), func() { protoserver.EndRun(f.t.Context(), inner) }
}

// schemas are the providers', by the options of their vendor.
var schemas sync.Map

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

// requireNoDrift requires empty plans, before and after a refresh.
func (f *fixture) requireNoDrift(state protocoltest.State, config Object) {
	f.t.Helper()
	f.requireEmptyPlan(f.Plan(resourceType, state, config))
	refreshed := f.mustRefresh(state)
	if !refreshed.Raw.Equal(state.Raw) || string(refreshed.Private) != string(state.Private) {
		f.requireEmptyPlan(f.Plan(resourceType, refreshed, config))
	}
	f.store.TakeCalls()
}

// requireEmptyPlan requires a plan without changes and diagnostics.
func (f *fixture) requireEmptyPlan(plan protocoltest.Plan) {
	f.t.Helper()
	if plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		f.t.Errorf("expected an empty plan without diagnostics, got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}
}

// requireCalls requires exactly these calls since the last look ("create=1 get=2"; "" for none).
func (f *fixture) requireCalls(want string) {
	f.t.Helper()
	if got := f.store.TakeCalls(); got != want {
		f.t.Errorf("calls: got %q, want %q", got, want)
	}
}

// requireText requires that the diagnostics contain each part.
func requireText(t *testing.T, diags protocoltest.Diagnostics, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(diags.String(), part) {
			t.Errorf("nothing says %q in: %s", part, diags)
		}
	}
}

// requireCounts requires so many errors and warnings.
func requireCounts(t *testing.T, diags protocoltest.Diagnostics, errors, warnings int) {
	t.Helper()
	if len(diags.Errors()) != errors || len(diags.Warnings()) != warnings {
		t.Errorf("want %d errors and %d warnings, got: %s", errors, warnings, diags)
	}
}

// requireUnchanged requires that an error left the state alone.
func requireUnchanged(t *testing.T, before, after protocoltest.State) {
	t.Helper()
	if !after.Exists() || !after.Raw.Equal(before.Raw) || string(after.Private) != string(before.Private) {
		t.Errorf("the state changed:\n%s\n%s", before.Raw, after.Raw)
	}
}

// requirePlannedAsConfigured requires what Terraform's core does: a plan holds only what is configured or what was there before.
func requirePlannedAsConfigured(t *testing.T, config Object, prior protocoltest.State, plan protocoltest.Plan) {
	t.Helper()
	for _, path := range configPaths(config) {
		written := valueAt(config, path)
		if !isLeaf(written) || written == nil || rootOf(path) == "methods" {
			continue
		}
		want := written
		if number, ok := written.(int); ok {
			want = fmt.Sprint(number)
		}
		if got := plan.Planned(path); !reflect.DeepEqual(got, want) && !reflect.DeepEqual(got, prior.Get(path)) {
			t.Errorf("%s: planned %v, written %v, before %v", path, got, want, prior.Get(path))
		}
	}
}

// withoutAttributes returns a state in which these attributes are null, as in one written before they existed.
func withoutAttributes(t *testing.T, state protocoltest.State, names ...string) protocoltest.State {
	t.Helper()
	attributes := attributesOf(t, state)
	for _, name := range names {
		attributes[name] = tftypes.NewValue(attributes[name].Type(), nil)
	}
	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	return state
}

// inState returns a state that says another state of its link.
func inState(t *testing.T, state protocoltest.State, is string) protocoltest.State {
	t.Helper()
	attributes := attributesOf(t, state)
	attributes["state"] = tftypes.NewValue(tftypes.String, is)
	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	return state
}

func attributesOf(t *testing.T, state protocoltest.State) map[string]tftypes.Value {
	t.Helper()
	attributes := map[string]tftypes.Value{}
	if err := state.Raw.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(attributes)
}

// privateData returns the resource's own part of a private state.
func privateData(t *testing.T, state protocoltest.State) []byte {
	t.Helper()
	var private map[string][]byte
	if err := json.Unmarshal(state.Private, &private); err != nil {
		t.Fatalf("private state: %v: %s", err, state.Private)
	}
	return private["link"]
}

// identityOf returns a state's identity, by attribute.
func identityOf(t *testing.T, state protocoltest.State) map[string]string {
	t.Helper()
	if state.Identity == nil || state.Identity.IdentityData == nil {
		t.Fatal("no identity")
	}
	raw, err := state.Identity.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "project": tftypes.String}})
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]tftypes.Value{}
	if err := raw.As(&values); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, value := range values {
		var text string
		if err := value.As(&text); err != nil {
			t.Fatal(err)
		}
		out[name] = text
	}
	return out
}

func quote(v any) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprintf("%q", v)
}

// failures are errors of a vendor or of the network; none of them proves that a link is gone.
func failures() map[string]*rest.Error {
	return map[string]*rest.Error{
		"400":             {Status: 400, Code: "bad_request", Message: "That is not possible", RequestID: "req-400"},
		"401":             {Status: 401, Code: "token_expired", Message: "Who are you?", RequestID: "req-401"},
		"403":             {Status: 403, Code: "forbidden", Message: "Not with this role", RequestID: "req-403"},
		"429":             {Status: 429, Code: "slow_down", Message: "Too many requests", RequestID: "req-429"},
		"500":             {Status: 500, Code: "internal", Message: "Something broke", RequestID: "req-500", Outcome: rest.Unknown},
		"503":             {Status: 503, Code: "busy", Message: "Down for repair", RequestID: "req-503", Outcome: rest.Unknown},
		"connection lost": {Cause: errors.New("connection reset by peer"), Outcome: rest.Unknown},
	}
}

// errorParts returns what a message must show of an error.
func errorParts(err *rest.Error) []string {
	if err.Status == 0 {
		return []string{err.Cause.Error()}
	}
	return []string{strconv.Itoa(err.Status), err.Code, err.Message, err.RequestID}
}

// refusals are the errors of a revoke after which the link is read: the vendor may have refused because of its state, or the outcome is
// unknown.
func refusals() (out []*rest.Error) {
	for _, status := range []int{400, 404, 405, 409, 410, 412, 422} {
		out = append(out, &rest.Error{Status: status, Code: "no_way", Message: "Cannot be canceled", RequestID: "req-x"})
	}
	for _, status := range []int{0, 500, 502, 504} {
		out = append(out, &rest.Error{Status: status, Code: "no_way", Message: "Cannot be canceled", RequestID: "req-x", Outcome: rest.Unknown})
	}
	return out
}
