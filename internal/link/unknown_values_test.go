package link_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// everyUnknown makes each value of a configuration unknown, inner ones too, and all at once.
func everyUnknown() map[string]change {
	base := fullConfig(Object{
		"project": "proj", "activate": false, "total": "109.90", "replace_when": List{"revoked"}, "on_destroy": "abandon",
		"timeouts": Object{"create": "1m", "read": "1m", "delete": "1m"},
	})
	out := map[string]change{}
	all := Object{}
	for _, path := range configPaths(base) {
		out[path] = change{path, withValue(base, path, unknown), rootOf(path)}
		all[rootOf(path)] = unknown
	}
	out["all"] = change{"all", all, ""}
	out["all leaves"] = change{"all leaves", leavesUnknown(base).(Object), ""}
	return out
}

func leavesUnknown(v any) any {
	switch v := v.(type) {
	case Object:
		out := Object{}
		for name, nested := range v {
			out[name] = leavesUnknown(nested)
		}
		return out
	case List:
		out := List{}
		for _, nested := range v {
			out = append(out, leavesUnknown(nested))
		}
		return out
	}
	return unknown
}

func TestUnknownValuesInAPlannedCreate(t *testing.T) {
	t.Parallel()
	for name, c := range everyUnknown() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			if diags := f.Validate(resourceType, c.config); len(diags) > 0 {
				t.Fatalf("validate: %s", diags)
			}
			plan := f.Plan(resourceType, protocoltest.State{}, c.config)
			if plan.Action != protocoltest.Create || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s: %s", plan.Action, plan.Diagnostics)
			}
			if c.changed != "" && rootOf(name) != "methods" && plan.Planned(name) != unknown {
				t.Errorf("planned %v for an unknown value", plan.Planned(name))
			}
			f.requireCalls("")
			// At apply everything is known, and Terraform plans again.
			f.requireNoDrift(f.mustCreate(fullConfig()), fullConfig())
		})
	}
}

// What is not known while planning is not changed: an update in place, and a warning that names it. At apply the same value does nothing;
// another one is an error before anything is changed, whether the engine plans again (and reports it in its own words) or not.
func TestUnknownValuesInAPlannedChange(t *testing.T) {
	t.Parallel()
	policies := map[string]bool{"replace_when": true, "on_destroy": true, "timeouts": true, "activate": true}
	for name, c := range everyUnknown() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			config := fullConfig(Object{"activate": false, "timeouts": Object{"create": "1m", "read": "1m", "delete": "1m"}})
			state := f.mustRefresh(f.mustCreate(config))
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, c.config)
			if plan.HasError() || plan.Action != protocoltest.Update {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			if policies[c.changed] {
				requireCounts(t, plan.Diagnostics, 0, 0)
				return
			}
			requireCounts(t, plan.Diagnostics, 0, 1)
			if c.changed != "" {
				requireText(t, plan.Diagnostics, "`"+c.changed, "not known yet", "Apply again")
			}
			if after, diags := f.ApplyKnown(plan, config); len(diags) > 0 || !after.Raw.Equal(state.Raw) {
				t.Errorf("the same values: %s", diags)
			}
			other := withOverrides(config, Object{"title": "Known now"})
			if after, diags := f.ApplyKnown(plan, other); !strings.Contains(diags.Errors().String(), "inconsistent final plan") || !after.Raw.Equal(state.Raw) {
				t.Errorf("another title: %s", diags)
			}
			plan = f.Plan(resourceType, state, other)
			plan.Action = protocoltest.Update // as an engine would that does not plan again
			after, diags := f.Apply(plan)
			if requireCounts(t, diags, 1, 0); diags[0].Attribute != "title" || !after.Raw.Equal(state.Raw) {
				t.Errorf("%s", diags)
			}
			requireText(t, diags, "Apply again", "Nothing was changed")
			f.requireCalls("")
			after, _, diags = f.ApplyConfig(state, resourceType, other)
			if diags.HasError() || after.Text("id") != "pl-2" {
				t.Fatalf("applied again: %s", diags)
			}
		})
	}
}

// An element of a set that is not known yet leaves open what the set is; what no value of it could make equal is a change.
func TestUnknownElementsOfASet(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	for want, values := range map[protocoltest.Action][]List{
		protocoltest.Update:  {{"card", unknown}, {unknown, "ideal", unknown}, {"card", unknown, nil}},
		protocoltest.Replace: {{unknown}, {"paypal", unknown}, {"card", "ideal", "paypal", unknown}},
	} {
		for _, value := range values {
			if plan := f.Plan(resourceType, state, fullConfig(Object{"methods": value})); plan.Action != want {
				t.Errorf("%v: %s because of %v", value, plan.Action, plan.Because)
			}
		}
	}
}

// An attribute that an import could not read may be unknown while planning: it is still filled in, in place.
func TestUnknownHiddenAttributeAfterAnImport(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(fullConfig(Object{"return_url": nil}))
	state := mustImport(t, f, "pl-1")
	f.store.TakeCalls()
	for _, path := range []string{"pin", "contact.email"} {
		if plan := f.Plan(resourceType, state, withValue(fullConfig(Object{"return_url": nil}), path, unknown)); plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s because of %v: %s", path, plan.Action, plan.Because, plan.Diagnostics)
		}
	}
	f.requireCalls("")
}
