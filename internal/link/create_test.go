package link_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestCreateThenNothing(t *testing.T) {
	t.Parallel()
	kinds := map[string][]func(*world){
		"two-part identity, no revoke": nil,
		"revocable":                    {revocable},
		"one-part identity":            {unscoped},
	}
	configs := map[string]Object{
		"everything":               full(),
		"what is required":         small(),
		"another project":          full(Object{"project": "elsewhere"}),
		"empty text for a default": full(Object{"grade": ""}),
		"empty set":                full(Object{"methods": List{}}),
		"object of nothing":        full(Object{"contact": Object{}}),
		"nested object of nothing": full(Object{"contact": Object{"name": "Ada", "address": Object{}}}),
		"empty address":            full(Object{"return_url": ""}),
		"only a hidden leaf":       full(Object{"contact": Object{"email": "ada@example.com"}}),
		"other zeros":              full(Object{"lines": List{Object{"name": "Chair", "price": Object{"value": "010.00"}, "weight": "0.0"}}}),
		"the total as expected":    full(Object{"total": "109.9"}),
		"active":                   full(Object{"activate": false}),
		"policies":                 full(Object{"replace_when": List{"paid", "expired"}, "on_destroy": "abandon", "timeouts": Object{"create": "10m", "read": "1m"}}),
	}
	kinds["shows its defaults"] = nil
	for kindName, changes := range kinds {
		for name, config := range configs {
			t.Run(kindName+"/"+name, func(t *testing.T) {
				t.Parallel()
				w := start(t, changes...)
				w.bank.fills = kindName == "shows its defaults"
				if kindName == "one-part identity" {
					config = put(config, "project", nil)
				}
				w.settled(w.create(config), config)
				if w.bank.live() != 1 {
					t.Errorf("the vendor holds %d live links", w.bank.live())
				}
			})
		}
	}
}

func TestCreatedState(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.create(full(Object{"project": "elsewhere"}))
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
		if !strings.Contains(string(privateNote(t, state)), part) {
			t.Errorf("the private state does not remember %q: %s", part, privateNote(t, state))
		}
	}
	if got := identity(t, state); !reflect.DeepEqual(got, map[string]string{"id": "pl-1", "project": "elsewhere"}) {
		t.Errorf("identity: %v", got)
	}
	for _, secret := range []string{"1234", "ada@example.com", "shop.example"} {
		if strings.Contains(string(privateNote(t, state)), secret) {
			t.Errorf("the private state repeats the value %q", secret)
		}
	}
}

func TestCreateDefaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*world)
		path   string
		want   any
	}{
		"revoke where there is a call":  {revocable, "on_destroy", "revoke"},
		"no state replaces":             {keepsEnded, "replace_when", List{}},
		"the provider's project":        {func(*world) {}, "project", "proj"},
		"the vendor's grade":            {func(*world) {}, "grade", "standard"},
		"the vendor's default in lists": {func(*world) {}, "lines.0.price.currency", "EUR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := start(t, tc.change).create(small())
			if got := state.Get(tc.path); !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%s: got %v, want %v", tc.path, got, tc.want)
			}
		})
	}
}

func TestCreateDemandsWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := start(t)
	plan := w.Plan(kind, protocoltest.State{}, small(Object{"pin": nil}))
	if count(t, plan.Diagnostics, 1, 0); len(plan.ForAttribute("pin")) != 1 {
		t.Errorf("not at pin: %s", plan.Diagnostics)
	}
	w.calls("")

	// A link that exists is not asked for it, not even for a change; the new one is.
	state := w.create(small())
	w.settled(state, small(Object{"pin": nil}))
	if plan := w.Plan(kind, state, small(Object{"pin": nil, "title": "New"})); len(plan.ForAttribute("pin")) != 1 {
		t.Errorf("a replacement makes a new link and needs a pin: %s", plan.Diagnostics)
	}
}

// An answer that cannot be mapped comes after the POST: the link exists, so it is kept, with a warning.
func TestCreateWithAnAnswerThatDoesNotFit(t *testing.T) {
	t.Parallel()
	for _, project := range []string{"elsewhere", "proj"} {
		t.Run(project, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.bank.odd = true
			config := full(Object{"return_url": "https://shop.example/done/"})
			if project != "proj" { // the provider's own needs no word
				config = put(config, "project", project)
			}
			state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, config)
			if diags.HasError() || len(diags.Warnings()) == 0 || !state.Exists() || state.Tainted {
				t.Fatalf("want a link in state and warnings only, got %v %s", state, diags)
			}
			if state.Text("id") != "pl-1" || state.Text("url") != "https://pay.example/pl-1" || identity(t, state)["project"] != project {
				t.Errorf("the link is not in state: id %q, project %q, identity %v", state.Text("id"), state.Text("project"), identity(t, state))
			}
			w.calls("create=1")
			w.bank.odd = false
			w.settled(w.refresh(state), config)
		})
	}
}

func TestCreateBreakingAPromise(t *testing.T) {
	t.Parallel()
	wrong := full(Object{"total": "1.00"})
	t.Run("revoked again", func(t *testing.T) {
		t.Parallel()
		w := start(t, revocable)
		state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, wrong)
		if state.Exists() || state.Tainted {
			t.Errorf("something is in state: %s", state.Raw)
		}
		if count(t, diags, 1, 0); len(diags.ForAttribute("total")) != 1 {
			t.Errorf("not at total: %s", diags)
		}
		if w.calls("create=1 revoke=1"); w.bank.live() != 0 {
			t.Error("the link is still payable")
		}
	})
	t.Run("revoke fails", func(t *testing.T) {
		t.Parallel()
		w := start(t, revocable)
		w.bank.failNext(callRevoke, fault{err: &rest.Error{Status: 500, Message: "Down for repair", Outcome: rest.Unknown}})
		state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, wrong)
		if !state.Exists() || !state.Tainted || state.Text("id") != "pl-1" {
			t.Fatalf("the link that still lives must be in state, tainted: %s", state.Raw)
		}
		count(t, diags, 2, 0)
		says(t, diags, "Other total", "pl-1", "Down for repair", "tainted")
		w.calls("create=1 revoke=1")

		state, plan, diags := w.ApplyConfig(state, kind, full())
		if plan.Action != protocoltest.Replace || diags.HasError() {
			t.Fatalf("the tainted link is not replaced: %s %s", plan.Action, diags)
		}
		w.calls("create=1 get=1 revoke=1")
		w.settled(state, full())
	})
	t.Run("no call revokes", func(t *testing.T) {
		t.Parallel()
		w := start(t)
		state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, wrong)
		if !state.Exists() || !state.Tainted {
			t.Fatalf("the link that still lives must be in state, tainted: %s", state.Raw)
		}
		says(t, diags, "Other total", "pl-1")
		if strings.Contains(diags.String(), "the next apply revokes it") {
			t.Errorf("promises a revoke where there is no call: %s", diags)
		}
		w.calls("create=1")
	})
}
