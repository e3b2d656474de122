package link_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestPlanAfterAnImportIsEmpty(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*fixture) (protocoltest.State, protocoltest.Diagnostics){
		"by two-part id": func(f *fixture) (protocoltest.State, protocoltest.Diagnostics) {
			return f.Import(resourceType, "proj/pl-1")
		},
		"by id": func(f *fixture) (protocoltest.State, protocoltest.Diagnostics) { return f.Import(resourceType, "pl-1") },
		"by two-part identity": func(f *fixture) (protocoltest.State, protocoltest.Diagnostics) {
			return f.ImportIdentity(resourceType, Object{"project": "proj", "id": "pl-1"})
		},
		"by identity's id only": func(f *fixture) (protocoltest.State, protocoltest.Diagnostics) {
			return f.ImportIdentity(resourceType, Object{"id": "pl-1"})
		},
	}
	configs := map[string]Object{
		"everything":           answeredConfig(),
		"what is required":     minimalConfig(),
		"amounts with zeros":   withValue(withValue(answeredConfig(), "lines.0.price.value", "10.00"), "lines.1.weight", "20.0"),
		"set in another order": answeredConfig(Object{"methods": List{"ideal", "card"}}),
		"defaults written out": answeredConfig(Object{"on_destroy": "abandon", "replace_when": List{"revoked"}, "project": "proj", "total": "109.9"}),
		"grade by default":     answeredConfig(Object{"grade": nil}),
	}
	for way, take := range ways {
		for name, config := range configs {
			t.Run(way+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t)
				f.mustCreate(config)
				f.store.ShowHidden = true
				state, diags := take(f)
				requireCounts(t, diags, 0, 0)
				f.requireCalls("get=1")
				if !state.Exists() || identityOf(t, state)["id"] != "pl-1" || identityOf(t, state)["project"] != "proj" || state.Text("project") != "proj" {
					t.Fatalf("imported %s as %v", state.Raw, identityOf(t, state))
				}
				if !strings.Contains(string(privateData(t, state)), "https://memory.example") {
					t.Errorf("the account is not remembered: %s", privateData(t, state))
				}
				f.requireNoDrift(state, config)
			})
		}
	}
}

func TestImportOfAOnePartIdentity(t *testing.T) {
	t.Parallel()
	f := newFixture(t, onePartIdentity)
	f.mustCreate(answeredConfig())
	f.store.ShowHidden = true
	f.requireNoDrift(mustImport(t, f, "pl-1"), answeredConfig())
	if _, diags := f.Import(resourceType, "proj/pl-1"); !diags.HasError() {
		t.Error("takes a slash where the id is one part")
	}
	f.requireCalls("")
}

func TestImportFromAnotherProject(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(answeredConfig(Object{"project": "elsewhere"}))
	f.store.ShowHidden = true
	state := mustImport(t, f, "elsewhere/pl-1")
	f.requireNoDrift(state, answeredConfig(Object{"project": "elsewhere"}))
	f.requireNoDrift(state, answeredConfig()) // the project is kept
}

// An attribute that the answer hides goes from null to the configured value in place, once; after that a change replaces.
func TestHiddenAttributesAreFilledInOnceAfterAnImport(t *testing.T) {
	t.Parallel()
	bare := withValue(answeredConfig(Object{"pin": nil}), "contact.email", nil)
	steps := map[string][]Object{
		"at once":            {answeredConfig()},
		"one after another":  {withValue(bare, "pin", "1234"), answeredConfig()},
		"nested one first":   {withValue(bare, "contact.email", "ada@example.com"), answeredConfig()},
		"with policies":      {answeredConfig(Object{"timeouts": Object{"create": "1m"}, "replace_when": List{"paid"}})},
		"together with none": {bare, answeredConfig()},
	}
	for name, configs := range steps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.mustCreate(answeredConfig())
			state := mustImport(t, f, "pl-1")
			if state.Get("pin") != nil || state.Get("contact.email") != nil {
				t.Fatalf("not hidden: %s", state.Raw)
			}
			f.requireNoDrift(state, bare)
			for _, config := range configs {
				var plan protocoltest.Plan
				var diags protocoltest.Diagnostics
				state, plan, diags = f.ApplyConfig(state, resourceType, config)
				if plan.Action == protocoltest.Replace || len(diags) > 0 {
					t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
				}
				f.requireCalls("get=1")
				f.requireNoDrift(state, config)
			}
			state = f.mustRefresh(state)
			last := configs[len(configs)-1]
			for _, path := range []string{"pin", "contact.email"} {
				if state.Get(path) != valueAt(last, path) {
					t.Errorf("%s: %v in state", path, state.Get(path))
				}
				plan := f.Plan(resourceType, state, withValue(last, path, otherValue(valueAt(last, path))))
				if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{rootOf(path)}) {
					t.Errorf("a second value of %s: %s because of %v", path, plan.Action, plan.Because)
				}
			}
			// Once only: an attribute that was filled in no longer counts as hidden.
			if plan := f.Plan(resourceType, withoutAttributes(t, state, "pin"), last); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"pin"}) {
				t.Errorf("filled in twice: %s because of %v", plan.Action, plan.Because)
			}
		})
	}
}

// An argument that the answer to an import leaves out is taken from the configuration, once, and that is said.
func TestMissingAtImportIsTakenOnTrust(t *testing.T) {
	t.Parallel()
	for name, leaveOut := range map[string]func(*memdriver.Link){
		"title": func(l *memdriver.Link) { l.Title = "" }, "lines": func(l *memdriver.Link) { l.Lines = nil }, "methods": func(l *memdriver.Link) { l.Methods = nil },
		"lines.weight": func(l *memdriver.Link) { l.Lines[0].Weight = "" }, "contact.name": func(l *memdriver.Link) { l.Contact = nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.store.ShowHidden = true
			f.mustCreate(answeredConfig())
			f.store.Change("pl-1", leaveOut)
			state := mustImport(t, f, "pl-1")
			state, plan, diags := f.ApplyConfig(state, resourceType, answeredConfig())
			if plan.Action != protocoltest.Update {
				t.Fatalf("%s because of %v", plan.Action, plan.Because)
			}
			requireCounts(t, diags, 0, 1)
			requireText(t, diags, "adopted as configured", name, "pl-1")
			f.requireNoDrift(state, answeredConfig())
			f.requireNoDrift(f.mustRefresh(state), answeredConfig())
		})
	}
}

// An engine drops what the provider noted of a link when the provider is killed within a change of it: what the import could not read is
// filled in all the same, and replaces nothing.
func TestMissingAtImportOutlastsAKill(t *testing.T) {
	t.Parallel()
	for _, refreshed := range []bool{true, false} {
		f := newFixture(t)
		f.mustCreate(answeredConfig())
		state := mustImport(t, f, "pl-1")
		state.Private = nil
		if refreshed {
			state = f.mustRefresh(state)
		}
		state, plan, diags := f.ApplyConfig(state, resourceType, answeredConfig())
		if plan.Action != protocoltest.Update || diags.HasError() {
			t.Errorf("refreshed %t: %s because of %v: %s", refreshed, plan.Action, plan.Because, diags)
		}
		f.requireNoDrift(state, answeredConfig())
	}
}

// What an import could not read stays open until it is filled in, whatever else is applied before: an object that is there and holds
// nothing too.
func TestMissingAtImportOutlastsOtherChanges(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.store.ShowHidden = true
	f.mustCreate(answeredConfig())
	f.store.Change("pl-1", func(l *memdriver.Link) { l.Contact = &memdriver.Contact{} })
	config := answeredConfig(Object{"contact": nil, "replace_when": List{"paid"}})
	state, plan, diags := f.ApplyConfig(mustImport(t, f, "pl-1"), resourceType, answeredConfig(Object{"contact": Object{}, "replace_when": List{"paid"}}))
	if plan.Action != protocoltest.Update || len(diags) > 0 {
		t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
	}
	config["contact"] = answeredConfig()["contact"]
	if plan = f.Plan(resourceType, state, config); plan.Action != protocoltest.Update {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}

// A hidden attribute that was left out at the create is known to be empty: setting it is a change.
func TestHiddenAttributeAddedAfterACreateReplaces(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustRefresh(f.mustCreate(withValue(fullConfig(), "contact.email", nil)))
	if plan := f.Plan(resourceType, state, fullConfig()); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"contact"}) {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}

func TestImportRefusesInvalidIDs(t *testing.T) {
	t.Parallel()
	ids := []any{"", "a/b/c", "proj/pl-1/x", "..", ".", "proj/..", "../pl-1", " ", "pl 1", "pl-1 ", "/", "/pl-1", "proj/", "pl-1\n", "pl-\x001", "pl-\x7f", `pl-\1`, "pl-1\u00a0", "other-form", "proj/other-form"}
	for _, pair := range [][2]string{{"proj", "pl-1/x"}, {"proj", ".."}, {"..", "pl-1"}, {"proj", ""}, {"a/b", "pl-1"}} {
		ids = append(ids, Object{"project": pair[0], "id": pair[1]})
	}
	for _, id := range ids {
		t.Run(fmt.Sprint(id), func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.mustCreate(fullConfig())
			var state protocoltest.State
			var diags protocoltest.Diagnostics
			if identity, ok := id.(Object); ok {
				state, diags = f.ImportIdentity(resourceType, identity)
			} else {
				state, diags = f.Import(resourceType, id.(string))
			}
			if state.Exists() || !diags.HasError() {
				t.Fatalf("imported as %s", state.Text("id"))
			}
			f.requireCalls("")
			if id != "" { // which is nothing at all
				requireText(t, diags, "{project}/{id}")
			}
		})
	}
}

func TestImportOfAMissingLink(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*memdriver.Options){"scoped": nil, "without a list": {withoutList}, "one part": {onePartIdentity}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, changes...)
			state, diags := f.Import(resourceType, "pl-7")
			if state.Exists() {
				t.Errorf("imported %s", state.Raw)
			}
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot import Memory payment link", "pl-7", "No such link", "req-404", "account")
			f.requireCalls("get=1")
			if len(f.clock.Sleeps()) > 0 {
				t.Error("waits for a link that was not created here")
			}
		})
	}
}

func TestImportWhenTheReadFails(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(fullConfig())
	f.store.FailNext(memdriver.CallGet, memdriver.Fault{Err: &rest.Error{Status: 403, Code: "forbidden", Message: "Not yours", RequestID: "req-9"}})
	state, diags := f.Import(resourceType, "pl-1")
	if state.Exists() {
		t.Errorf("imported %s", state.Raw)
	}
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "403", "forbidden", "Not yours", "req-9")
}

// After an import, an object of nulls in the answer is an object of nulls in state: as null, a required one would be missing from the
// configuration that Terraform generates, and change with the next plan.
func TestImportKeepsAnObjectOfNulls(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	config := answeredConfig(Object{"contact": Object{}})
	f.mustCreate(config)
	f.store.ShowHidden = true
	state := mustImport(t, f, "pl-1")
	if want := (Object{"name": nil, "email": nil, "address": nil}); !reflect.DeepEqual(state.Get("contact"), want) {
		t.Errorf("contact is %v, want %v", state.Get("contact"), want)
	}
	f.requireNoDrift(state, config)
}
