package link_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// described is full as the vendor spells it: what an imported link's configuration says.
func described(overrides ...Object) Object {
	return with(full(Object{"return_url": "https://shop.example/done/"}), overrides...)
}

func TestImportThenNothing(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*world) (protocoltest.State, protocoltest.Diagnostics){
		"by two-part id": func(w *world) (protocoltest.State, protocoltest.Diagnostics) { return w.Import(kind, "proj/pl-1") },
		"by id":          func(w *world) (protocoltest.State, protocoltest.Diagnostics) { return w.Import(kind, "pl-1") },
		"by two-part identity": func(w *world) (protocoltest.State, protocoltest.Diagnostics) {
			return w.ImportIdentity(kind, Object{"project": "proj", "id": "pl-1"})
		},
		"by identity's id only": func(w *world) (protocoltest.State, protocoltest.Diagnostics) {
			return w.ImportIdentity(kind, Object{"id": "pl-1"})
		},
	}
	configs := map[string]Object{
		"everything":           described(),
		"what is required":     small(),
		"amounts with zeros":   put(put(described(), "lines.0.price.value", "10.00"), "lines.1.weight", "20.0"),
		"set in another order": described(Object{"methods": List{"ideal", "card"}}),
		"defaults written out": described(Object{"on_destroy": "abandon", "replace_when": List{"revoked"}, "project": "proj", "total": "109.9"}),
		"grade by default":     described(Object{"grade": nil}),
	}
	for way, take := range ways {
		for name, config := range configs {
			t.Run(way+"/"+name, func(t *testing.T) {
				t.Parallel()
				w := start(t)
				w.create(config)
				w.bank.shows = true
				state, diags := take(w)
				count(t, diags, 0, 0)
				w.calls("get=1")
				if !state.Exists() || identity(t, state)["id"] != "pl-1" || identity(t, state)["project"] != "proj" || state.Text("project") != "proj" {
					t.Fatalf("imported %s as %v", state.Raw, identity(t, state))
				}
				if !strings.Contains(string(privateNote(t, state)), "https://memory.example") {
					t.Errorf("the account is not remembered: %s", privateNote(t, state))
				}
				w.settled(state, config)
			})
		}
	}
}

func TestImportOfAOnePartIdentity(t *testing.T) {
	t.Parallel()
	w := start(t, unscoped)
	w.create(described())
	w.bank.shows = true
	w.settled(imported(t, w, "pl-1"), described())
	if _, diags := w.Import(kind, "proj/pl-1"); !diags.HasError() {
		t.Error("takes a slash where the id is one part")
	}
	w.calls("")
}

func TestImportFromAnotherProject(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.create(described(Object{"project": "elsewhere"}))
	w.bank.shows = true
	state := imported(t, w, "elsewhere/pl-1")
	w.settled(state, described(Object{"project": "elsewhere"}))
	w.settled(state, described()) // the project is kept
}

// What the answer hides goes from null to a value in place, once; from then on a change of it replaces.
func TestImportOfHiddenFields(t *testing.T) {
	t.Parallel()
	bare := put(described(Object{"pin": nil}), "contact.email", nil)
	steps := map[string][]Object{
		"at once":            {described()},
		"one after another":  {put(bare, "pin", "1234"), described()},
		"nested one first":   {put(bare, "contact.email", "ada@example.com"), described()},
		"with policies":      {described(Object{"timeouts": Object{"create": "1m"}, "replace_when": List{"paid"}})},
		"together with none": {bare, described()},
	}
	for name, configs := range steps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.create(described())
			state := imported(t, w, "pl-1")
			if state.Get("pin") != nil || state.Get("contact.email") != nil {
				t.Fatalf("not hidden: %s", state.Raw)
			}
			w.settled(state, bare)
			for _, config := range configs {
				var plan protocoltest.Plan
				var diags protocoltest.Diagnostics
				state, plan, diags = w.ApplyConfig(state, kind, config)
				if plan.Action == protocoltest.Replace || len(diags) > 0 {
					t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
				}
				w.calls("get=1")
				w.settled(state, config)
			}
			state = w.refresh(state)
			last := configs[len(configs)-1]
			for _, path := range []string{"pin", "contact.email"} {
				if state.Get(path) != at(last, path) {
					t.Errorf("%s: %v in state", path, state.Get(path))
				}
				plan := w.Plan(kind, state, put(last, path, other(at(last, path))))
				if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{root(path)}) {
					t.Errorf("a second value of %s: %s because of %v", path, plan.Action, plan.Because)
				}
			}
			// Once only: what was filled in is no longer taken for hidden.
			if plan := w.Plan(kind, without(t, state, "pin"), last); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"pin"}) {
				t.Errorf("filled in twice: %s because of %v", plan.Action, plan.Because)
			}
		})
	}
}

// A hidden field that was left out at the create is known to be empty: a value is a change.
func TestHiddenFieldAddedToACreatedLink(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.refresh(w.create(put(full(), "contact.email", nil)))
	if plan := w.Plan(kind, state, full()); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"contact"}) {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}

func TestImportRefusesWhatIsNoID(t *testing.T) {
	t.Parallel()
	ids := []string{"a/b/c", "proj/pl-1/x", "..", ".", "proj/..", "../pl-1", " ", "pl 1", "pl-1 ", "/", "/pl-1", "proj/", "pl-1\n", "pl-\x001", "pl-\x7f", `pl-\1`, "pl-1\u00a0", "other-form", "proj/other-form"}
	for _, id := range ids {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.create(full())
			state, diags := w.Import(kind, id)
			if state.Exists() || !diags.HasError() {
				t.Fatalf("imported as %s", state.Text("id"))
			}
			says(t, diags, "{project}/{id}")
			w.calls("")
		})
	}
	for name, identity := range map[string]Object{
		"slash": {"id": "pl-1/x", "project": "proj"}, "dots": {"id": "..", "project": "proj"}, "dots in project": {"id": "pl-1", "project": ".."},
		"empty": {"id": "", "project": "proj"}, "slash in project": {"id": "pl-1", "project": "a/b"},
	} {
		t.Run("identity with "+name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.create(full())
			state, diags := w.ImportIdentity(kind, identity)
			if state.Exists() || !diags.HasError() {
				t.Fatalf("imported as %s", state.Text("id"))
			}
			w.calls("")
		})
	}
	t.Run("nothing at all", func(t *testing.T) {
		t.Parallel()
		w := start(t)
		if state, diags := w.Import(kind, ""); state.Exists() || !diags.HasError() {
			t.Error("imported nothing")
		}
		w.calls("")
	})
}

func TestImportOfAnUnknownLink(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*world){"scoped": nil, "believing": {believing}, "one part": {unscoped}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, changes...)
			state, diags := w.Import(kind, "pl-7")
			if state.Exists() {
				t.Errorf("imported %s", state.Raw)
			}
			count(t, diags, 1, 0)
			says(t, diags, "Cannot import Memory payment link", "pl-7", "No such link", "req-404", "account")
			w.calls("get=1")
			if len(w.clock.Sleeps()) > 0 {
				t.Error("waits for a link that was not created here")
			}
		})
	}
}

func TestImportWhenTheReadFails(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.create(full())
	w.bank.failNext(callGet, fault{err: &rest.Error{Status: 403, Code: "forbidden", Message: "Not yours", RequestID: "req-9"}})
	state, diags := w.Import(kind, "pl-1")
	if state.Exists() {
		t.Errorf("imported %s", state.Raw)
	}
	count(t, diags, 1, 0)
	says(t, diags, "403", "forbidden", "Not yours", "req-9")
}
