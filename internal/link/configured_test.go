package link_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestVendorNotConfigured(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	state := f.mustCreate(fullConfig())
	none := f.serve(Object{})
	if len(none.ConfigureDiagnostics) > 0 {
		t.Fatalf("nothing of the vendor is used yet: %s", none.ConfigureDiagnostics)
	}
	_, imported := none.Import(resourceType, "pl-1")
	after, refreshed := none.Refresh(state)
	_, canceled := none.InvokeAction(t.Context(), cancelAction, Object{"id": "pl-1"})
	for name, diags := range map[string]protocoltest.Diagnostics{
		"create": none.Plan(resourceType, protocoltest.State{}, fullConfig()).Diagnostics, "change": none.Plan(resourceType, state, fullConfig()).Diagnostics,
		"destroy": none.Plan(resourceType, state, nil).Diagnostics, "import": imported, "refresh": refreshed,
		"plan of an action": none.PlanAction(cancelAction, Object{"id": "pl-1"}), "action": canceled,
	} {
		t.Run(name, func(t *testing.T) {
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Memory is not configured", "Add `memory = {}` to the provider block")
		})
	}
	requireUnchanged(t, state, after)
	f.requireCalls("")
}

func TestProviderConfigurationErrors(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config Object
		at     string
	}{
		"unknown object":           {Object{"memory": unknown}, "memory"},
		"unknown setting":          {Object{"memory": Object{"project": unknown}}, "memory.project"},
		"unknown account":          {Object{"memory": Object{"account": unknown}}, "memory.account"},
		"unknown time-out":         {Object{"request_timeout": unknown, "memory": Object{}}, "request_timeout"},
		"unknown budget":           {Object{"retry_budget": unknown, "memory": Object{}}, "retry_budget"},
		"unknown journal":          {Object{"journal": unknown, "memory": Object{}}, "journal"},
		"unknown look":             {Object{"look_before_create": unknown, "memory": Object{}}, "look_before_create"},
		"time-out is no duration":  {Object{"request_timeout": "soon", "memory": Object{}}, "request_timeout"},
		"budget is not above zero": {Object{"retry_budget": "-1s", "memory": Object{}}, "retry_budget"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newFixture(t).serve(tc.config)
			if requireCounts(t, server.ConfigureDiagnostics, 1, 0); len(server.ConfigureDiagnostics.ForAttribute(tc.at)) != 1 {
				t.Errorf("not at %s: %s", tc.at, server.ConfigureDiagnostics)
			}
		})
	}
}

// Credentials of another account never revoke a link.
func TestDestroyChecksTheAccountFirst(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable).withConfig(Object{"account": "shop"})
	state := createOld(f, fullConfig())
	other := f.withConfig(Object{"account": "bank"})
	after, diags := other.destroy(state)
	requireUnchanged(t, state, after)
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, `"shop"`, `"bank"`, "pl-1", "No request was sent")
	f.requireCalls("")
	if f.store.Payable() != 1 {
		t.Error("revoked under another account")
	}
	f.clock.Advance(time.Hour)
	after, diags = f.destroy(state)
	if requireCounts(t, diags, 0, 0); after.Exists() {
		t.Error("still in state")
	}
}

// Where no call revokes a link, one of the same ID under another account does not tell that this one has ended.
func TestDestroyWithoutRevokeReadsNoOtherAccount(t *testing.T) {
	t.Parallel()
	f := newFixture(t).withConfig(Object{"account": "shop"})
	state := createOld(f, fullConfig())
	f.store.SetStatus("pl-1", "CANCELED")
	other := f.withConfig(Object{"account": "bank"})
	after, diags := other.Apply(other.Plan(resourceType, state, nil))
	if requireCounts(t, diags, 0, 1); after.Exists() {
		t.Error("still in state")
	}
	requireText(t, diags, "can still be paid", "pl-1")
	f.requireCalls("")
}

// Under the credentials of another account no replacement is planned: the new link would be made, and the old one not be ended.
func TestReplacementUnderAnotherAccountIsRefused(t *testing.T) {
	t.Parallel()
	change := Object{"title": "New"}
	for name, tc := range map[string]struct {
		config  Object
		status  string
		refused bool
	}{
		"open":      {config: fullConfig(), status: "ATTEMPT", refused: true},
		"expired":   {config: fullConfig(), status: "EXPIRED", refused: true},
		"revoked":   {config: fullConfig(Object{"replace_when": List{}}), status: "CANCELED"},
		"abandoned": {config: fullConfig(Object{"on_destroy": "abandon"}), status: "ATTEMPT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable).withConfig(Object{"account": "shop"})
			state := createOld(f, tc.config)
			f.store.SetStatus("pl-1", tc.status)
			state, _ = f.Refresh(state)
			plan := f.withConfig(Object{"account": "bank"}).Plan(resourceType, state, withOverrides(tc.config, change))
			if plan.HasError() != tc.refused {
				t.Errorf("%s: %s", plan.Action, plan.Diagnostics)
			}
			if tc.refused {
				requireText(t, plan.Diagnostics, "Cannot replace Memory payment link", `"shop"`, `"bank"`, "pl-1")
			}
			if plan := f.Plan(resourceType, state, withOverrides(tc.config, change)); plan.HasError() {
				t.Errorf("under its own account: %s", plan.Diagnostics)
			}
		})
	}
}

// Terraform folds warnings of one summary into one, so a warning that a URL dies or can still be paid names its link in the summary.
func TestSummaryNamesALinkThatDiesOrStaysPayable(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes []func(*memdriver.Options)
		config  Object
		warn    func(f *fixture, state protocoltest.State) protocoltest.Diagnostics
	}{
		"an open link is replaced": {changes: []func(*memdriver.Options){revocable}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, state, fullConfig(Object{"title": "New"})).Diagnostics
		}},
		"an abandoned link is replaced": {changes: []func(*memdriver.Options){revocable}, config: Object{"on_destroy": "abandon"}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, state, fullConfig(Object{"title": "New", "on_destroy": "abandon"})).Diagnostics
		}},
		"an ended link is replaced": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, inState(f.t, state, "revoked"), fullConfig()).Diagnostics
		}},
		"no call ends it": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			return f.Plan(resourceType, state, nil).Diagnostics
		}},
		"no call ended it": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			_, diags := f.Apply(f.Plan(resourceType, state, nil))
			return diags
		}},
		"abandoned": {changes: []func(*memdriver.Options){revocable}, config: Object{"on_destroy": "abandon"}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			_, diags := f.destroy(state)
			return diags
		}},
		"paid before its destroy": {changes: []func(*memdriver.Options){revocable}, warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			f.store.SetStatus("pl-1", "FINISHED")
			f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: &rest.Error{Status: 409}})
			_, diags := f.destroy(state)
			return diags
		}},
		"gone": {warn: func(f *fixture, state protocoltest.State) protocoltest.Diagnostics {
			f.store.Forget("pl-1")
			_, diags := f.Refresh(state)
			return diags
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, tc.changes...)
			diags := tc.warn(f, createOld(f, fullConfig(tc.config)))
			requireCounts(t, diags, 0, 1)
			if !strings.Contains(diags[0].Summary, "pl-1") {
				t.Errorf("the summary names no link: %s", diags)
			}
		})
	}
}

// clone returns a deep copy of a configuration.
func clone(v any) any {
	switch v := v.(type) {
	case Object:
		out := Object{}
		for name, nested := range v {
			out[name] = clone(nested)
		}
		return out
	case List:
		out := List{}
		for _, nested := range v {
			out = append(out, clone(nested))
		}
		return out
	}
	return v
}

// configPaths lists every path of a configuration, inner ones too ("lines", "lines.0", "lines.0.price.value"), sorted.
func configPaths(v any) []string {
	var out []string
	add := func(name string, nested any) {
		out = append(out, name)
		for _, below := range configPaths(nested) {
			out = append(out, name+"."+below)
		}
	}
	switch v := v.(type) {
	case Object:
		for name, nested := range v {
			add(name, nested)
		}
	case List:
		for i, nested := range v {
			add(strconv.Itoa(i), nested)
		}
	}
	slices.Sort(out)
	return out
}

// valueAt returns the value at a path.
func valueAt(v any, path string) any {
	for _, part := range strings.Split(path, ".") {
		switch parent := v.(type) {
		case Object:
			v = parent[part]
		case List:
			i, err := strconv.Atoi(part)
			if err != nil {
				panic(err)
			}
			v = parent[i]
		default:
			panic("no value at " + path)
		}
	}
	return v
}

// withValue returns a copy of a configuration with another value at a path.
func withValue(config Object, path string, value any) Object {
	out := clone(config).(Object)
	parent, name := any(out), path
	if i := strings.LastIndex(path, "."); i >= 0 {
		parent, name = valueAt(out, path[:i]), path[i+1:]
	}
	switch parent := parent.(type) {
	case Object:
		parent[name] = value
	case List:
		i, err := strconv.Atoi(name)
		if err != nil {
			panic(err)
		}
		parent[i] = value
	}
	return out
}

// otherValue returns another value of the same kind.
func otherValue(v any) any {
	switch v := v.(type) {
	case string:
		if _, err := strconv.ParseFloat(v, 64); err == nil {
			return "7" + v
		}
		return v + "x"
	case bool:
		return !v
	case int:
		return v + 1
	}
	panic(fmt.Sprintf("no other %v", v))
}

// isLeaf reports whether v is neither an object nor a list.
func isLeaf(v any) bool {
	switch v.(type) {
	case Object, List:
		return false
	}
	return true
}

// rootOf returns the top-level attribute of a path.
func rootOf(path string) string {
	out, _, _ := strings.Cut(path, ".")
	return out
}
