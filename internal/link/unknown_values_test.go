package link_test

import (
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

// inPlace are the attributes that change in place.
var inPlace = map[string]bool{"replace_when": true, "on_destroy": true, "timeouts": true, "activate": true}

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

func TestUnknownValuesInAPlannedChange(t *testing.T) {
	t.Parallel()
	for name, c := range everyUnknown() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			config := fullConfig(Object{"activate": false, "timeouts": Object{"create": "1m", "read": "1m", "delete": "1m"}})
			state := f.mustCreate(config)
			plan := f.Plan(resourceType, state, c.config)
			want := protocoltest.Replace
			if inPlace[c.changed] {
				want = protocoltest.Update
			}
			if plan.HasError() || plan.Action != want {
				t.Fatalf("%s because of %v, want %s: %s", plan.Action, plan.Because, want, plan.Diagnostics)
			}
			if want == protocoltest.Replace && c.changed != "" && (len(plan.Because) != 1 || plan.Because[0] != c.changed) {
				t.Errorf("because of %v", plan.Because)
			}
			f.requireCalls("")
			state, _, diags := f.ApplyConfig(state, resourceType, fullConfig(Object{"title": "Known now"}))
			if diags.HasError() {
				t.Fatal(diags)
			}
			f.store.TakeCalls()
			f.requireNoDrift(state, fullConfig(Object{"title": "Known now"}))
		})
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
