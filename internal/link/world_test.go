package link_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/provider"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

type (
	Object = tfconfig.Object
	List   = tfconfig.List
)

const (
	kind    = "paymentlinks_memory_link"
	unknown = tfconfig.Unknown
)

// world is a provider with the in-memory vendor, a clock that stands still, and the vendor's store.
type world struct {
	*protocoltest.Server
	t         *testing.T
	about     driver.Info
	revocable bool // its client is a link.Revoker
	bank      *bank
	clock     *clock.Fake
}

// start gives a world; each change makes the vendor another one.
func start(t *testing.T, changes ...func(*world)) *world {
	t.Helper()
	w := &world{t: t, about: defaultAbout(), clock: clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))}
	for _, change := range changes {
		change(w)
	}
	w.bank = newBank(w.clock)
	return w.as(Object{})
}

func unscoped(w *world)   { w.about.Scope = "" }
func believing(w *world)  { w.about.ConfirmNotFoundByList = false }
func revocable(w *world)  { w.revocable = true }
func keepsEnded(w *world) { w.about.ReplaceWhen = nil }

// as is the same vendor and store under another configuration of the provider: endpoint, project, account.
func (w *world) as(memory Object) *world {
	w.t.Helper()
	out := *w
	out.Server = protocoltest.Start(w.t, protoserver.New(provider.New("test", w.clock, w.entry())), Object{"memory": memory})
	if out.ConfigureDiagnostics.HasError() {
		w.t.Fatal(out.ConfigureDiagnostics)
	}
	return &out
}

func (w *world) entry() link.Registration {
	block := settings.Object{Name: "memory", Description: "Memory.", Settings: []settings.Setting{
		{Name: "endpoint", Description: "Address."}, {Name: "project", Description: "Project."}, settings.Account(""),
	}}
	extras := link.Extras{Actions: []link.ActionSpec{
		{Kind: link.ActionRevoke, Verb: "cancel", Description: "Ends a link."},
		{Kind: link.ActionActivate, Verb: "activate", Description: "Activates a link."},
	}}
	if w.revocable {
		return link.Register(vendor{w.about}, block, func(_ context.Context, v settings.Values, _ rest.Config) (revoker, diag.Diagnostics) {
			return revoker{w.client(v)}, nil
		}, extras)
	}
	return link.Register(vendor{w.about}, block, func(_ context.Context, v settings.Values, _ rest.Config) (client, diag.Diagnostics) {
		return w.client(v), nil
	}, extras)
}

// client is configured by settings: the account is "proj", by its scope where links have one, else by its owner.
func (w *world) client(v settings.Values) client {
	account := driver.Account{BaseURL: "https://memory.example", Name: v.Text("account")}
	if v.Text("endpoint") != "" {
		account.BaseURL = v.Text("endpoint")
	}
	project := v.Text("project")
	switch project {
	case "":
		project = "proj"
	case "none":
		project = ""
	}
	if w.about.Scope == "" {
		account.Owner = project
	}
	return client{bank: w.bank, account: account, scope: project}
}

// full is a configuration that uses every argument; with overrides some of them (nil: left out).
func full(overrides ...Object) Object {
	out := Object{
		"title": "Order 42", "grade": "express", "return_url": "https://shop.example/done", "limit": 3, "express": true, "pin": "1234",
		"lines": List{
			Object{"name": "Chair", "price": Object{"value": "10", "currency": "EUR"}, "weight": "1.50"},
			Object{"name": "Table", "price": Object{"value": "99.90", "currency": "EUR"}, "weight": "20"},
		},
		"methods": List{"card", "ideal"},
		"contact": Object{"name": "Ada", "email": "ada@example.com", "address": Object{"city": "Turin", "zip": "10121"}},
	}
	return with(out, overrides...)
}

// small is a configuration with what is required and nothing else.
func small(overrides ...Object) Object {
	return with(Object{"title": "Order 42", "pin": "1234", "lines": List{Object{"name": "Chair", "price": Object{"value": "10"}}}}, overrides...)
}

func with(config Object, overrides ...Object) Object {
	out := clone(config).(Object)
	for _, o := range overrides {
		for name, value := range o {
			out[name] = value
		}
	}
	return out
}

// create applies config where there is nothing yet, without any diagnostic.
func (w *world) create(config Object) protocoltest.State {
	w.t.Helper()
	state, plan, diags := w.ApplyConfig(protocoltest.State{}, kind, config)
	if len(diags) > 0 || plan.Action != protocoltest.Create || !state.Exists() {
		w.t.Fatalf("create: %s, %v", plan.Action, diags)
	}
	w.calls("create=1")
	return state
}

// refresh reads without any diagnostic.
func (w *world) refresh(state protocoltest.State) protocoltest.State {
	w.t.Helper()
	out, diags := w.Refresh(state)
	if len(diags) > 0 {
		w.t.Fatalf("refresh: %v", diags)
	}
	return out
}

// settled demands that another `plan` of config finds nothing to do and says nothing.
func (w *world) settled(state protocoltest.State, config Object) {
	w.t.Helper()
	w.quiet(w.Plan(kind, state, config))
	w.quiet(w.Plan(kind, w.refresh(state), config))
	w.bank.taken()
}

func (w *world) quiet(plan protocoltest.Plan) {
	w.t.Helper()
	if plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		w.t.Errorf("expected an empty plan without a word, got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}
}

// calls demands exactly these calls since it was last asked ("create=1 get=2"; "" for none).
func (w *world) calls(want string) {
	w.t.Helper()
	if got := w.bank.taken(); got != want {
		w.t.Errorf("calls: got %q, want %q", got, want)
	}
}

// says demands that the diagnostics' text holds each part.
func says(t *testing.T, diags protocoltest.Diagnostics, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(diags.String(), part) {
			t.Errorf("nothing says %q in: %s", part, diags)
		}
	}
}

// count demands how many errors and warnings there are.
func count(t *testing.T, diags protocoltest.Diagnostics, errors, warnings int) {
	t.Helper()
	if len(diags.Errors()) != errors || len(diags.Warnings()) != warnings {
		t.Errorf("want %d errors and %d warnings, got: %s", errors, warnings, diags)
	}
}

// unchanged demands that an error left the state alone.
func unchanged(t *testing.T, before, after protocoltest.State) {
	t.Helper()
	if !after.Exists() || !after.Raw.Equal(before.Raw) || string(after.Private) != string(before.Private) {
		t.Errorf("the state changed:\n%s\n%s", before.Raw, after.Raw)
	}
}

// without is a state in which these attributes are null, as one written before they existed.
func without(t *testing.T, state protocoltest.State, names ...string) protocoltest.State {
	t.Helper()
	attributes := map[string]tftypes.Value{}
	if err := state.Raw.As(&attributes); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		attributes[name] = tftypes.NewValue(attributes[name].Type(), nil)
	}
	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	return state
}
