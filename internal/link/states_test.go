package link_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// statuses are the vendor's words and what they mean.
var statuses = map[string]driver.State{
	"ATTEMPT": driver.Open, "ACTIVE": driver.Open, "PROCESSING": driver.Processing, "FINISHED": driver.Paid,
	"EXPIRED": driver.Expired, "CANCELED": driver.Revoked, "BRAND_NEW_WORD": driver.Unknown,
}

var replaceWhens = map[string]any{
	"default": nil, "none": List{}, "revoked": List{"revoked"}, "paid": List{"paid"}, "expired": List{"expired"}, "all": List{"revoked", "expired", "paid"},
}

func ended(s driver.State) bool {
	return s == driver.Paid || s == driver.Expired || s == driver.Revoked
}

// named: the policy names the state.
func named(policy any, s driver.State) bool {
	states, ok := policy.(List)
	if !ok {
		states = List{"revoked"}
	}
	return slices.Contains(states, any(string(s)))
}

// inEveryState runs a test over every state, policy and both kinds of vendor.
func inEveryState(t *testing.T, run func(t *testing.T, w *world, state protocoltest.State, config Object, now driver.State, replaced bool)) {
	t.Helper()
	for status, now := range statuses {
		for policyName, policy := range replaceWhens {
			for _, canRevoke := range []bool{true, false} {
				name := status + "/" + policyName + "/no revoke call"
				var changes []func(*world)
				if canRevoke {
					name, changes = status+"/"+policyName+"/revocable", append(changes, revocable)
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					w := start(t, changes...)
					config := full(Object{"replace_when": policy})
					w.create(config)
					w.bank.become("pl-1", status)
					state, diags := w.Refresh(w.imports(config))
					count(t, diags, 0, 0)
					if state.Text("state") != string(now) || state.Text("status") != status {
						t.Fatalf("state %q, status %q", state.Text("state"), state.Text("status"))
					}
					w.bank.taken()
					run(t, w, state, config, now, named(policy, now))
				})
			}
		}
	}
}

// imports gives the state of the link that config has just created, as it was before its status changed.
func (w *world) imports(config Object) protocoltest.State {
	w.t.Helper()
	status := w.bank.status("pl-1")
	w.bank.become("pl-1", "ATTEMPT")
	w.bank.shows = true
	state := imported(w.t, w, "pl-1")
	w.bank.shows = false
	state, _, diags := w.ApplyConfig(state, kind, put(config, "return_url", "https://shop.example/done/"))
	if diags.HasError() || state.Text("id") != "pl-1" {
		w.t.Fatal(diags)
	}
	w.bank.become("pl-1", status)
	return state
}

func TestStatesPlan(t *testing.T) {
	t.Parallel()
	inEveryState(t, func(t *testing.T, w *world, state protocoltest.State, config Object, now driver.State, replaced bool) {
		config = put(config, "return_url", "https://shop.example/done/")
		plan := w.Plan(kind, state, config)
		switch {
		case replaced:
			if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"state"}) {
				t.Errorf("%s because of %v", plan.Action, plan.Because)
			}
			count(t, plan.Diagnostics, 0, 1)
			says(t, plan.Diagnostics, "will be replaced", string(now), "pl-1", "https://pay.example/pl-1", "replace_when")
		case ended(now):
			if plan.Action != protocoltest.Nothing {
				t.Errorf("%s because of %v", plan.Action, plan.Because)
			}
			count(t, plan.Diagnostics, 0, 1)
			says(t, plan.Diagnostics, "stays as it is", string(now), "pl-1", "https://pay.example/pl-1", "replace_when", "-replace")
		default:
			w.quiet(plan)
		}
		w.calls("")
		after, diags := w.Apply(plan)
		if diags.HasError() {
			t.Fatal(diags)
		}
		switch {
		case !replaced:
			w.calls("")
		case now == driver.Revoked || !w.revocable:
			w.calls("create=1")
		default:
			w.calls("create=1 revoke=1")
		}
		if replaced {
			w.settled(after, config)
		}
	})
}

func TestStatesReplace(t *testing.T) {
	t.Parallel()
	inEveryState(t, func(t *testing.T, w *world, state protocoltest.State, config Object, now driver.State, replaced bool) {
		config = put(put(config, "return_url", "https://shop.example/done/"), "title", "Another order")
		plan := w.Plan(kind, state, config)
		because := []string{"title"}
		if replaced {
			because = []string{"state", "title"}
		}
		slices.Sort(plan.Because)
		if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, because) {
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		}
		switch {
		case replaced:
			count(t, plan.Diagnostics, 0, 1)
			says(t, plan.Diagnostics, "will be replaced", string(now))
		case !w.revocable && !ended(now):
			count(t, plan.Diagnostics, 0, 1)
			says(t, plan.Diagnostics, "stays payable", "https://pay.example/pl-1")
		case now == driver.Open:
			count(t, plan.Diagnostics, 0, 1)
			says(t, plan.Diagnostics, "title", "pl-1", "stops working")
		default:
			count(t, plan.Diagnostics, 0, 0)
		}
		after, diags := w.Apply(plan)
		if diags.HasError() {
			t.Fatal(diags)
		}
		switch {
		case w.revocable && now != driver.Revoked:
			w.calls("create=1 revoke=1")
		case !w.revocable && !ended(now): // looked at: it may have ended since
			w.calls("create=1 get=1")
		default:
			w.calls("create=1")
		}
		w.settled(after, config)
	})
}

func TestStatesDestroy(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"", "abandon", "fail"} {
		for status, now := range statuses {
			for _, canRevoke := range []bool{true, false} {
				if policy == "fail" && canRevoke {
					continue
				}
				name := strings.Join([]string{"on_destroy " + policy, status, "no revoke call"}, "/")
				var changes []func(*world)
				if canRevoke {
					name, changes = strings.Join([]string{"on_destroy " + policy, status, "revocable"}, "/"), append(changes, revocable)
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					w := start(t, changes...)
					config := small()
					if policy != "" {
						config = small(Object{"on_destroy": policy})
					}
					state := w.create(config)
					w.bank.become("pl-1", status)
					state = w.refresh(state)
					w.bank.taken()
					destroyInState(t, w, state, now, policy)
				})
			}
		}
	}
}

func destroyInState(t *testing.T, w *world, state protocoltest.State, now driver.State, policy string) {
	t.Helper()
	plan := w.Plan(kind, state, nil)
	switch {
	case policy == "fail" && !ended(now):
		count(t, plan.Diagnostics, 1, 0)
		says(t, plan.Diagnostics, "pl-1", "https://pay.example/pl-1", "`fail`", `on_destroy = "abandon"`)
		replacement := w.Plan(kind, state, small(Object{"on_destroy": "fail", "title": "New"}))
		count(t, replacement.Diagnostics, 1, 0)
		w.calls("")
		return
	case !w.revocable && !ended(now):
		count(t, plan.Diagnostics, 0, 1)
		says(t, plan.Diagnostics, "stays payable", "https://pay.example/pl-1")
	default:
		count(t, plan.Diagnostics, 0, 0)
	}
	if plan.Action != protocoltest.Delete {
		t.Fatalf("planned %s", plan.Action)
	}
	w.calls("")
	after, diags := w.Apply(plan)
	if after.Exists() {
		t.Error("still in state")
	}
	revokes := w.revocable && policy == ""
	if revokes || ended(now) {
		count(t, diags, 0, 0)
	} else {
		count(t, diags, 0, 1)
		says(t, diags, "stays payable", "https://pay.example/pl-1")
	}
	switch {
	case revokes && now != driver.Revoked:
		w.calls("revoke=1")
	case !w.revocable && !ended(now):
		w.calls("get=1")
	default:
		w.calls("")
	}
}

func TestStatesImport(t *testing.T) {
	t.Parallel()
	for status, now := range statuses {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.create(described())
			w.bank.become("pl-1", status)
			w.bank.shows = true
			state := imported(t, w, "pl-1")
			if state.Text("state") != string(now) || state.Text("status") != status || state.Get("activate") != (status != "ATTEMPT") {
				t.Errorf("state %q, status %q, activate %v", state.Text("state"), state.Text("status"), state.Get("activate"))
			}
			plan := w.Plan(kind, state, described(Object{"replace_when": List{}}))
			action := protocoltest.Update // the policy itself
			if now == driver.Revoked {    // an import keeps what it finds, also a link that is over
				action = protocoltest.Nothing
			}
			if plan.Action != action {
				t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			want := 0
			if ended(now) {
				want = 1
			}
			count(t, plan.Diagnostics, 0, want)
			w.calls("get=1")
		})
	}
}
