package link_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestPlanAfterACreateIsEmpty(t *testing.T) {
	t.Parallel()
	kinds := map[string][]func(*memdriver.Options){
		"two-part identity, no revoke": nil,
		"revocable":                    {revocable},
		"one-part identity":            {onePartIdentity},
	}
	configs := map[string]Object{
		"everything":               fullConfig(),
		"what is required":         minimalConfig(),
		"another project":          fullConfig(Object{"project": "elsewhere"}),
		"empty text for a default": fullConfig(Object{"grade": ""}),
		"empty set":                fullConfig(Object{"methods": List{}}),
		"object of nothing":        fullConfig(Object{"contact": Object{}}),
		"nested object of nothing": fullConfig(Object{"contact": Object{"name": "Ada", "address": Object{}}}),
		"empty address":            fullConfig(Object{"return_url": ""}),
		"only a hidden leaf":       fullConfig(Object{"contact": Object{"email": "ada@example.com"}}),
		"other zeros":              fullConfig(Object{"lines": List{Object{"name": "Chair", "price": Object{"value": "010.00"}, "weight": "0.0"}}}),
		"the total as expected":    fullConfig(Object{"total": "109.9"}),
		"active":                   fullConfig(Object{"activate": false}),
		"policies":                 fullConfig(Object{"replace_when": List{"paid", "expired"}, "on_destroy": "abandon", "timeouts": Object{"create": "10m", "read": "1m"}}),
	}
	kinds["shows its defaults"] = nil
	for kindName, changes := range kinds {
		for name, config := range configs {
			t.Run(kindName+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, changes...)
				f.store.FillDefaults = kindName == "shows its defaults"
				if kindName == "one-part identity" {
					config = withValue(config, "project", nil)
				}
				f.requireNoDrift(f.mustCreate(config), config)
				if f.store.Payable() != 1 {
					t.Errorf("the vendor holds %d live links", f.store.Payable())
				}
			})
		}
	}
}

func TestStateAfterACreate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig(Object{"project": "elsewhere"}))
	for path, want := range map[string]any{
		"id": "pl-1", "url": "https://pay.example/pl-1", "state": "open", "status": "ATTEMPT", "project": "elsewhere", "activate": false,
		"replace_when": List{"revoked"}, "on_destroy": "abandon", "timeouts": nil, "total": "109.900",
		"pin": "1234", "contact.email": "ada@example.com", // hidden by the answer
		"return_url": "https://shop.example/done", "lines.0.price.value": "10", // spelt otherwise by the answer
	} {
		if got := state.Get(path); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	for _, part := range []string{"https://memory.example", "elsewhere"} {
		if !strings.Contains(string(privateData(t, state)), part) {
			t.Errorf("the private state does not remember %q: %s", part, privateData(t, state))
		}
	}
	if got := identityOf(t, state); !reflect.DeepEqual(got, map[string]string{"id": "pl-1", "project": "elsewhere"}) {
		t.Errorf("identity: %v", got)
	}
	for _, secret := range []string{"1234", "ada@example.com", "shop.example"} {
		if strings.Contains(string(privateData(t, state)), secret) {
			t.Errorf("the private state repeats the value %q", secret)
		}
	}
}

func TestCreateFillsInDefaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*memdriver.Options)
		path   string
		want   any
	}{
		"revoke where there is a call":  {revocable, "on_destroy", "revoke"},
		"no state replaces":             {keepsEnded, "replace_when", List{}},
		"the provider's project":        {func(*memdriver.Options) {}, "project", "proj"},
		"the vendor's grade":            {func(*memdriver.Options) {}, "grade", "standard"},
		"the vendor's default in lists": {func(*memdriver.Options) {}, "lines.0.price.currency", "EUR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := newFixture(t, tc.change).mustCreate(minimalConfig())
			if got := state.Get(tc.path); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%s: got %v, want %v", tc.path, got, tc.want)
			}
		})
	}
}

func TestOnlyANewLinkIsValidatedForCreate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	plan := f.Plan(resourceType, protocoltest.State{}, minimalConfig(Object{"pin": nil}))
	if requireCounts(t, plan.Diagnostics, 1, 0); len(plan.ForAttribute("pin")) != 1 {
		t.Errorf("not at pin: %s", plan.Diagnostics)
	}
	f.requireCalls("")

	// A link that exists is not asked for it, not even for a change; the new one is.
	state := f.mustCreate(minimalConfig())
	f.requireNoDrift(state, minimalConfig(Object{"pin": nil}))
	if plan := f.Plan(resourceType, state, minimalConfig(Object{"pin": nil, "title": "New"})); len(plan.ForAttribute("pin")) != 1 {
		t.Errorf("a replacement makes a new link and needs a pin: %s", plan.Diagnostics)
	}
}

// If the answer to a create cannot be mapped, the link exists all the same and stays in state, with a warning.
func TestCreateWithAnInvalidAnswerIsAWarning(t *testing.T) {
	t.Parallel()
	for _, project := range []string{"elsewhere", "proj"} {
		t.Run(project, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.InvalidAnswers = true
			config := fullConfig(Object{"return_url": "https://shop.example/done/"})
			if project != "proj" { // the provider's own needs no word
				config = withValue(config, "project", project)
			}
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, config)
			if diags.HasError() || len(diags.Warnings()) == 0 || !state.Exists() || state.Tainted {
				t.Fatalf("want a link in state and warnings only, got %v %s", state, diags)
			}
			if state.Text("id") != "pl-1" || state.Text("url") != "https://pay.example/pl-1" || identityOf(t, state)["project"] != project {
				t.Errorf("the link is not in state: id %q, project %q, identity %v", state.Text("id"), state.Text("project"), identityOf(t, state))
			}
			f.requireCalls("create=1")
			f.store.InvalidAnswers = false
			f.requireNoDrift(f.mustRefresh(state), config)
		})
	}
}

// A link that asks for other money than its plan is ended, and an error. Where nothing ends it, it is in state and a warning: an error
// would taint it, and the next apply make a second one.
func TestNewLinkOfOtherMoneyIsRevoked(t *testing.T) {
	t.Parallel()
	wrong := fullConfig(Object{"total": "1.00"})
	for name, tc := range map[string]struct {
		changes []func(*memdriver.Options)
		fault   memdriver.Fault // of the revoke
		calls   string
		kept    string // what the warning says of a link that is still there; "" for an error, and nothing in state
	}{
		"revoked again":                {changes: []func(*memdriver.Options){revocable}, calls: "create=1 revoke=1"},
		"revoked, and the answer lost": {[]func(*memdriver.Options){revocable}, memdriver.Fault{Err: failures()["connection lost"], After: true}, "create=1 get=1 revoke=1", ""},
		"revoke fails":                 {[]func(*memdriver.Options){revocable}, memdriver.Fault{Err: failures()["503"]}, "create=1 get=1 revoke=1", "Down for repair"},
		"no call revokes":              {calls: "create=1", kept: "documents no call"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, tc.changes...)
			if tc.fault.Err != nil {
				f.store.FailNext(memdriver.CallRevoke, tc.fault)
			}
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, wrong)
			f.requireCalls(tc.calls)
			if tc.kept == "" {
				if requireCounts(t, diags, 1, 0); len(diags.ForAttribute("total")) != 1 || state.Exists() || f.store.Payable() != 0 {
					t.Errorf("in state: %s, %d payable links: %s", state.Raw, f.store.Payable(), diags)
				}
				return
			}
			if state.Tainted || state.Text("id") != "pl-1" {
				t.Fatalf("the link that still lives must be in state, not tainted: %s", state.Raw)
			}
			requireCounts(t, diags, 0, 1)
			requireText(t, diags.ForAttribute("total"), "1.00", "pl-1", tc.kept)
			if len(tc.changes) == 0 {
				f.requireNoDrift(f.mustRefresh(state), wrong)
				return
			}
			// Its total is drift, and the next apply ends it before it makes another one.
			state, plan, diags := f.ApplyConfig(state, resourceType, fullConfig())
			if plan.Action != protocoltest.Nothing || diags.HasError() || state.Text("total") == "1.00" {
				t.Fatalf("%s, total %q %s", plan.Action, state.Text("total"), diags)
			}
			if plan := f.Plan(resourceType, state, wrong); plan.Action != protocoltest.Replace {
				t.Errorf("another total than the link has: %s", plan.Action)
			}
		})
	}
}

// A new link needs the first part of its identity: its own, or the provider's default. An existing one has it.
func TestNewLinkNeedsAScope(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	none := f.withConfig(Object{"project": "none"})
	plan := none.Plan(resourceType, protocoltest.State{}, fullConfig())
	requireCounts(t, plan.Diagnostics, 1, 0)
	requireText(t, plan.ForAttribute("project"), "Missing project", "`project`", "`memory`")
	for _, project := range []any{"proj", unknown} {
		requireCounts(t, none.Plan(resourceType, protocoltest.State{}, fullConfig(Object{"project": project})).Diagnostics, 0, 0)
	}
	none.requireEmptyPlan(none.Plan(resourceType, state, fullConfig()))
	f.requireCalls("")
}

func TestRefusedCreateLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := *err
			refused.Outcome = rest.NotApplied
			f := newFixture(t)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: &refused})
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
			if state.Exists() {
				t.Errorf("in state: %s", state.Raw)
			}
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot create Memory payment link", "Nothing was created")
			requireText(t, diags, errorParts(err)...)
			f.requireCalls("create=1")

			state, _, diags = f.ApplyConfig(state, resourceType, fullConfig()) // the next apply is a plain create
			requireCounts(t, diags, 0, 0)
			f.requireCalls("create=1")
			f.requireNoDrift(state, fullConfig())
		})
	}
}

func TestRefusedCreateNamesTheAttribute(t *testing.T) {
	t.Parallel()
	for pointer, want := range map[string]string{
		"/title":                            "title",
		"title":                             "title",
		"/payment_link/title":               "title",
		"/payment_link/lines/1/price/value": "lines.1.price.value",
		"data.lines[0].price.currency":      "lines.0.price.currency",
		"lines/0/nonsense":                  "lines.0",
		"lines/first/name":                  "lines",
		"lines/-1/name":                     "lines",
		"contact.address.zip":               "contact.address.zip",
		"contact.address.zip.more":          "contact.address.zip",
		"returnUrl":                         "return_url",
		"/body/replaceWhen":                 "replace_when",
		"methods/0":                         "methods",
		"nowhere/at/all":                    "",
		"":                                  "",
		"///":                               "",
	} {
		t.Run(pointer, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: &rest.Error{
				Status: 422, Code: "invalid", Message: "Look at the field", RequestID: "req-1",
				Fields: []rest.Field{{Pointer: "no_such_field", Message: "First"}, {Pointer: pointer, Code: "wrong", Message: "Second"}},
			}})
			_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
			if requireCounts(t, diags, 1, 0); diags[0].Attribute != want {
				t.Errorf("at %q, want %q", diags[0].Attribute, want)
			}
			requireText(t, diags, "422", "invalid", "Look at the field", "req-1", "First", "Second", "wrong", "Nothing was created")
		})
	}
}

// A replacement whose create fails has revoked the old link and leaves no state: the next apply creates.
func TestReplacementWhoseCreateFails(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	state := f.mustCreate(fullConfig())
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["429"]})
	state, _, diags := f.ApplyConfig(state, resourceType, fullConfig(Object{"title": "New"}))
	if !diags.HasError() || state.Exists() {
		t.Fatalf("in state: %v, %s", state.Exists(), diags)
	}
	f.requireCalls("create=1 get=1 revoke=1")
	f.requireNoDrift(f.mustCreate(fullConfig(Object{"title": "New"})), fullConfig(Object{"title": "New"}))
}
