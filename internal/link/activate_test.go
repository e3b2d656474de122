package link_test

import (
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestActivateAtTheCreate(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]Object{
		"everything": full(Object{"activate": true}), "what is required": small(Object{"activate": true}),
		"empty text for a default": small(Object{"activate": true, "grade": ""}), "as the vendor spells it": described(Object{"activate": true}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, config)
			count(t, diags, 0, 0)
			w.calls("activate=1 create=1")
			if state.Text("status") != "ACTIVE" || state.Get("activate") != true || w.bank.status("pl-1") != "ACTIVE" {
				t.Errorf("status %s, activate %v", state.Text("status"), state.Get("activate"))
			}
			w.settled(state, config)
		})
	}
}

// pending is a created link whose activation failed.
func pending(t *testing.T, w *world, config Object) protocoltest.State {
	t.Helper()
	w.bank.failNext(callActivate, fault{err: failures()["500"]})
	state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, config)
	count(t, diags, 0, 1)
	says(t, diags, "not activated", "pl-1", "next apply")
	says(t, diags, parts(failures()["500"])...)
	w.calls("activate=1 create=1")
	if !state.Exists() || state.Tainted || state.Text("status") != "ATTEMPT" || state.Get("activate") != true {
		t.Fatalf("status %s, activate %v", state.Text("status"), state.Get("activate"))
	}
	return state
}

func TestActivateFailsAtTheCreate(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]any{"still true": true, "left out": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			state := w.refresh(pending(t, w, full(Object{"activate": true})))
			w.bank.taken()
			config := full(Object{"activate": next})
			plan := w.Plan(kind, state, config)
			if plan.Action != protocoltest.Update || plan.Planned("status") != unknown || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s, status %v: %s", plan.Action, plan.Planned("status"), plan.Diagnostics)
			}
			w.calls("")
			w.bank.failNext(callActivate, fault{err: failures()["503"]})
			failed, diags := w.Apply(plan)
			count(t, diags, 1, 0)
			says(t, diags, "Cannot activate Memory payment link")
			says(t, diags, parts(failures()["503"])...)
			if w.calls("activate=1"); !failed.Raw.Equal(state.Raw) || failed.Tainted {
				t.Fatalf("the state moved: %s", failed.Raw)
			}
			state, diags = w.Apply(w.Plan(kind, state, config))
			count(t, diags, 0, 0)
			w.calls("activate=1")
			if state.Text("status") != "ACTIVE" {
				t.Errorf("status %s", state.Text("status"))
			}
			w.settled(state, config)
		})
	}
	t.Run("carried out all the same", func(t *testing.T) {
		t.Parallel()
		w := start(t)
		w.bank.failNext(callActivate, fault{err: failures()["no word"], after: true})
		state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, full(Object{"activate": true}))
		count(t, diags, 0, 1)
		w.calls("activate=1 create=1")
		w.quiet(w.Plan(kind, w.refresh(state), full(Object{"activate": true})))
	})
	t.Run("given up", func(t *testing.T) {
		t.Parallel()
		w := start(t)
		state := pending(t, w, full(Object{"activate": true}))
		config := full(Object{"activate": false})
		state, plan, diags := w.ApplyConfig(state, kind, config)
		if plan.Action != protocoltest.Update || len(diags) > 0 {
			t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
		}
		w.calls("get=1")
		w.settled(state, config)
	})
	t.Run("replaced meanwhile", func(t *testing.T) {
		t.Parallel()
		w := start(t, revocable)
		config := described(Object{"activate": true, "title": "New"})
		state, plan, diags := w.ApplyConfig(pending(t, w, full(Object{"activate": true})), kind, config)
		if plan.Action != protocoltest.Replace || diags.HasError() {
			t.Fatalf("%s: %s", plan.Action, diags)
		}
		w.calls("activate=1 create=1 get=1 revoke=1")
		w.settled(state, config)
	})
}

func TestActivateInPlace(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]any{"from null": nil, "from false": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			state := w.create(full(Object{"activate": before}))
			config := full(Object{"activate": true, "timeouts": Object{"create": "1m"}})
			state, plan, diags := w.ApplyConfig(state, kind, config)
			if plan.Action != protocoltest.Update || len(diags) > 0 {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, diags)
			}
			if w.calls("activate=1 get=1"); state.Text("id") != "pl-1" || state.Text("status") != "ACTIVE" || identity(t, state)["id"] != "pl-1" {
				t.Errorf("%s is %s", state.Text("id"), state.Text("status"))
			}
			w.settled(state, config)
		})
	}
}

func TestActivateOverAnActiveLink(t *testing.T) {
	t.Parallel()
	active := func(w *world, config Object) protocoltest.State {
		state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, config)
		count(t, diags, 0, 0)
		w.bank.taken()
		return state
	}
	t.Run("null keeps", func(t *testing.T) {
		t.Parallel()
		w := start(t)
		w.settled(active(w, described(Object{"activate": true})), described())
	})
	t.Run("false replaces", func(t *testing.T) {
		t.Parallel()
		w := start(t, revocable)
		config := described(Object{"activate": false})
		state := active(w, described(Object{"activate": true}))
		plan := w.Plan(kind, state, config)
		if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"activate"}) {
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		}
		count(t, plan.Diagnostics, 0, 1)
		says(t, plan.Diagnostics, "activate", "stops working")
		state, _, diags := w.ApplyConfig(state, kind, config)
		if diags.HasError() || state.Text("id") != "pl-2" || state.Text("status") != "ATTEMPT" {
			t.Errorf("%s is %s: %s", state.Text("id"), state.Text("status"), diags)
		}
		w.calls("create=1 get=1 revoke=1")
		w.settled(state, config)
	})
	for status := range statuses {
		t.Run("true over "+status+" that was activated elsewhere", func(t *testing.T) {
			t.Parallel()
			w := start(t, keepsEnded)
			state := w.create(full())
			w.bank.become("pl-1", status)
			state = w.refresh(state)
			plan := w.Plan(kind, state, full(Object{"activate": true}))
			if plan.HasError() || plan.Action != protocoltest.Update {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			w.bank.taken()
			_, diags := w.Apply(plan)
			count(t, diags, 0, 0)
			if status == "ATTEMPT" {
				w.calls("activate=1")
			} else {
				w.calls("")
			}
		})
	}
}

func TestActivateAfterAnImport(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status string
		config any
		calls  string
		action protocoltest.Action
	}{
		"dormant, null":     {"ATTEMPT", nil, "", protocoltest.Nothing},
		"dormant, false":    {"ATTEMPT", false, "", protocoltest.Nothing},
		"dormant, true":     {"ATTEMPT", true, "activate=1", protocoltest.Update},
		"active, null":      {"ACTIVE", nil, "", protocoltest.Nothing},
		"active, true":      {"ACTIVE", true, "", protocoltest.Nothing},
		"active, false":     {"ACTIVE", false, "create=1 get=1", protocoltest.Replace},
		"processing, true":  {"PROCESSING", true, "", protocoltest.Nothing},
		"processing, false": {"PROCESSING", false, "create=1 get=1", protocoltest.Replace},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.create(described())
			w.bank.become("pl-1", tc.status)
			w.bank.shows = true
			state := imported(t, w, "pl-1")
			config := described(Object{"activate": tc.config})
			w.bank.taken()
			plan := w.Plan(kind, state, config)
			if plan.HasError() || plan.Action != tc.action {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			state, diags := w.Apply(plan)
			if diags.HasError() {
				t.Fatal(diags)
			}
			w.calls(tc.calls)
			w.settled(state, config)
		})
	}
}
