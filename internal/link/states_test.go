package link_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// statuses are the vendor's statuses and their states.
var statuses = map[string]driver.State{
	"ATTEMPT": driver.Open, "ACTIVE": driver.Open, "PROCESSING": driver.Processing, "FINISHED": driver.Paid,
	"EXPIRED": driver.Expired, "CANCELED": driver.Revoked, "BRAND_NEW_WORD": driver.Unknown,
}

var replaceWhens = map[string]any{
	"default": nil, "none": List{}, "revoked": List{"revoked"}, "paid": List{"paid"}, "expired": List{"expired"}, "all": List{"revoked", "expired", "paid"},
}

func hasEnded(s driver.State) bool {
	return s == driver.Paid || s == driver.Expired || s == driver.Revoked
}

// policyNames: the policy names the state.
func policyNames(policy any, s driver.State) bool {
	states, ok := policy.(List)
	if !ok {
		states = List{"revoked"}
	}
	return slices.Contains(states, any(string(s)))
}

// inEveryState runs a test over every state, policy and both kinds of vendor.
func inEveryState(t *testing.T, run func(t *testing.T, f *fixture, state protocoltest.State, config Object, now driver.State, replaced bool)) {
	t.Helper()
	for status, now := range statuses {
		for policyName, policy := range replaceWhens {
			for _, canRevoke := range []bool{true, false} {
				name := status + "/" + policyName + "/no revoke call"
				var changes []func(*memdriver.Options)
				if canRevoke {
					name, changes = status+"/"+policyName+"/revocable", append(changes, revocable)
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					f := newFixture(t, changes...)
					config := fullConfig(Object{"replace_when": policy})
					state := f.once("import", config, func() protocoltest.State { return f.createAndImport(config) })
					f.store.SetStatus("pl-1", status)
					state, diags := f.Refresh(state)
					requireCounts(t, diags, 0, 0)
					if state.Text("state") != string(now) || state.Text("status") != status {
						t.Fatalf("state %q, status %q", state.Text("state"), state.Text("status"))
					}
					f.store.TakeCalls()
					run(t, f, state, config, now, policyNames(policy, now))
				})
			}
		}
	}
}

// createAndImport creates a link, imports it, and applies the configuration to what was imported.
func (f *fixture) createAndImport(config Object) protocoltest.State {
	f.t.Helper()
	f.create(config)
	f.store.ShowHidden = true
	state := mustImport(f.t, f, "pl-1")
	f.store.ShowHidden = false
	state, _, diags := f.ApplyConfig(state, resourceType, withValue(config, "return_url", "https://shop.example/done/"))
	if diags.HasError() || state.Text("id") != "pl-1" {
		f.t.Fatal(diags)
	}
	return state
}

func TestPlanInEveryState(t *testing.T) {
	t.Parallel()
	inEveryState(t, func(t *testing.T, f *fixture, state protocoltest.State, config Object, now driver.State, replaced bool) {
		config = withValue(config, "return_url", "https://shop.example/done/")
		plan := f.Plan(resourceType, state, config)
		switch {
		case replaced:
			if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"state"}) {
				t.Errorf("%s because of %v", plan.Action, plan.Because)
			}
			requireCounts(t, plan.Diagnostics, 0, 1)
			requireText(t, plan.Diagnostics, "will be replaced", string(now), "pl-1", "https://pay.example/pl-1", "replace_when")
		case hasEnded(now):
			if plan.Action != protocoltest.Nothing {
				t.Errorf("%s because of %v", plan.Action, plan.Because)
			}
			requireCounts(t, plan.Diagnostics, 0, 1)
			requireText(t, plan.Diagnostics, "is kept", string(now), "pl-1", "https://pay.example/pl-1", "replace_when", "-replace")
		default:
			f.requireEmptyPlan(plan)
		}
		f.requireCalls("")
		after, diags := f.Apply(plan)
		if diags.HasError() {
			t.Fatal(diags)
		}
		switch {
		case !replaced:
			f.requireCalls("")
		case now == driver.Revoked || !f.options.Revocable:
			f.requireCalls("create=1")
		default:
			f.requireCalls("create=1 revoke=1")
		}
		if replaced {
			f.requireNoDrift(after, config)
		}
	})
}

func TestReplacementInEveryState(t *testing.T) {
	t.Parallel()
	inEveryState(t, func(t *testing.T, f *fixture, state protocoltest.State, config Object, now driver.State, replaced bool) {
		config = withValue(withValue(config, "return_url", "https://shop.example/done/"), "title", "Another order")
		again := now.MayBePaid() && !replaced
		plan := f.Plan(resourceType, state, config)
		if again {
			requireCounts(t, plan.Diagnostics, 1, 0)
			requireText(t, plan.ForAttribute("title"), "`"+string(now)+"`", "pl-1", "https://pay.example/pl-1", "title", "replace_paid")
		}
		if plan.HasError() != again {
			t.Fatal(plan.Diagnostics)
		}
		config["replace_paid"] = true
		plan = f.Plan(resourceType, state, config)
		warnings := plan.Diagnostics
		if again {
			requireText(t, warnings[:1], "`"+string(now)+"`", "pl-1", "title", "requests the money again")
			warnings = warnings[1:]
		}
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
			requireCounts(t, warnings, 0, 1)
			requireText(t, warnings, "will be replaced", string(now))
		case !f.options.Revocable && !hasEnded(now):
			requireCounts(t, warnings, 0, 1)
			requireText(t, warnings, "can still be paid", "https://pay.example/pl-1")
		case now == driver.Open:
			requireCounts(t, warnings, 0, 1)
			requireText(t, warnings, "title", "pl-1", "stops working")
		default:
			requireCounts(t, warnings, 0, 0)
		}
		after, diags := f.Apply(plan)
		if diags.HasError() {
			t.Fatal(diags)
		}
		switch {
		case f.options.Revocable && now != driver.Revoked:
			f.requireCalls("create=1 revoke=1")
		case !f.options.Revocable && !hasEnded(now): // read: it may have ended since
			f.requireCalls("create=1 get=1")
		default:
			f.requireCalls("create=1")
		}
		f.requireNoDrift(after, config)
	})
}

func TestDestroyInEveryState(t *testing.T) {
	t.Parallel()
	for _, policy := range []string{"", "abandon", "fail"} {
		for status, now := range statuses {
			for _, canRevoke := range []bool{true, false} {
				if policy == "fail" && canRevoke {
					continue
				}
				name := strings.Join([]string{"on_destroy " + policy, status, "no revoke call"}, "/")
				var changes []func(*memdriver.Options)
				if canRevoke {
					name, changes = strings.Join([]string{"on_destroy " + policy, status, "revocable"}, "/"), append(changes, revocable)
				}
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					f := newFixture(t, changes...)
					config := minimalConfig()
					if policy != "" {
						config = minimalConfig(Object{"on_destroy": policy})
					}
					state := f.mustCreate(config)
					f.store.SetStatus("pl-1", status)
					state = f.mustRefresh(state)
					f.store.TakeCalls()
					destroyInState(t, f, state, now, policy)
				})
			}
		}
	}
}

func destroyInState(t *testing.T, f *fixture, state protocoltest.State, now driver.State, policy string) {
	t.Helper()
	plan := f.Plan(resourceType, state, nil)
	switch {
	case policy == "fail" && !hasEnded(now):
		requireCounts(t, plan.Diagnostics, 1, 0)
		requireText(t, plan.Diagnostics, "pl-1", "https://pay.example/pl-1", "`fail`", `on_destroy = "abandon"`)
		replacement := f.Plan(resourceType, state, minimalConfig(Object{"on_destroy": "fail", "title": "New"}))
		requireCounts(t, replacement.Diagnostics, 1, 0)
		f.requireCalls("")
		return
	case !f.options.Revocable && !hasEnded(now):
		requireCounts(t, plan.Diagnostics, 0, 1)
		requireText(t, plan.Diagnostics, "can still be paid", "https://pay.example/pl-1")
	case now == driver.Processing:
		requireCounts(t, plan.Diagnostics, 0, 1)
		requireText(t, plan.Diagnostics, "A payment is in progress", "https://pay.example/pl-1")
	default:
		requireCounts(t, plan.Diagnostics, 0, 0)
	}
	if plan.Action != protocoltest.Delete {
		t.Fatalf("planned %s", plan.Action)
	}
	f.requireCalls("")
	after, diags := f.Apply(plan)
	if after.Exists() {
		t.Error("still in state")
	}
	revokes := f.options.Revocable && policy == ""
	if revokes || hasEnded(now) {
		requireCounts(t, diags, 0, 0)
	} else {
		requireCounts(t, diags, 0, 1)
		requireText(t, diags, "can still be paid", "https://pay.example/pl-1")
	}
	switch {
	case revokes && now != driver.Revoked:
		f.requireCalls("revoke=1")
	case !f.options.Revocable && !hasEnded(now):
		f.requireCalls("get=1")
	default:
		f.requireCalls("")
	}
}

func TestImportInEveryState(t *testing.T) {
	t.Parallel()
	for status, now := range statuses {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.mustCreate(answeredConfig())
			f.store.SetStatus("pl-1", status)
			f.store.ShowHidden = true
			state := mustImport(t, f, "pl-1")
			if state.Text("state") != string(now) || state.Text("status") != status || state.Get("activate") != (status != "ATTEMPT") {
				t.Errorf("state %q, status %q, activate %v", state.Text("state"), state.Text("status"), state.Get("activate"))
			}
			plan := f.Plan(resourceType, state, answeredConfig(Object{"replace_when": List{}}))
			action := protocoltest.Update // the policy itself
			if now == driver.Revoked {    // an import keeps what it finds, also an ended link
				action = protocoltest.Nothing
			}
			if plan.Action != action {
				t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			want := 0
			if hasEnded(now) {
				want = 1
			}
			requireCounts(t, plan.Diagnostics, 0, want)
			f.requireCalls("get=1")
		})
	}
}
