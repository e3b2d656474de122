package link_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// requireNoDrift requires empty plans, before and after a refresh.
func (f *fixture) requireNoDrift(state protocoltest.State, config Object) {
	f.t.Helper()
	f.requireEmptyPlan(f.Plan(resourceType, state, config))
	refreshed := f.mustRefresh(state)
	if !refreshed.Raw.Equal(state.Raw) || string(refreshed.Private) != string(state.Private) {
		f.requireEmptyPlan(f.Plan(resourceType, refreshed, config))
	}
	f.store.TakeCalls()
}

// requireEmptyPlan requires a plan without changes and diagnostics.
func (f *fixture) requireEmptyPlan(plan protocoltest.Plan) {
	f.t.Helper()
	if plan.Action != protocoltest.Nothing || len(plan.Diagnostics) > 0 {
		f.t.Errorf("expected an empty plan without diagnostics, got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
	}
}

// requireCalls requires exactly these calls since the last look ("create=1 get=2"; "" for none).
func (f *fixture) requireCalls(want string) {
	f.t.Helper()
	if got := f.store.TakeCalls(); got != want {
		f.t.Errorf("calls: got %q, want %q", got, want)
	}
}

// requireText requires that the diagnostics contain each part.
func requireText(t *testing.T, diags protocoltest.Diagnostics, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(diags.String(), part) {
			t.Errorf("nothing says %q in: %s", part, diags)
		}
	}
}

// requireCounts requires so many errors and warnings.
func requireCounts(t *testing.T, diags protocoltest.Diagnostics, errors, warnings int) {
	t.Helper()
	if len(diags.Errors()) != errors || len(diags.Warnings()) != warnings {
		t.Errorf("want %d errors and %d warnings, got: %s", errors, warnings, diags)
	}
}

// requireUnchanged requires that an error left the state alone.
func requireUnchanged(t *testing.T, before, after protocoltest.State) {
	t.Helper()
	if !after.Exists() || !after.Raw.Equal(before.Raw) || string(after.Private) != string(before.Private) {
		t.Errorf("the state changed:\n%s\n%s", before.Raw, after.Raw)
	}
}

// requirePlannedAsConfigured requires what Terraform's core does: a plan holds only what is configured or what was there before.
func requirePlannedAsConfigured(t *testing.T, config Object, prior protocoltest.State, plan protocoltest.Plan) {
	t.Helper()
	for _, path := range configPaths(config) {
		written := valueAt(config, path)
		if !isLeaf(written) || written == nil || rootOf(path) == "methods" {
			continue
		}
		want := written
		if number, ok := written.(int); ok {
			want = fmt.Sprint(number)
		}
		if got := plan.Planned(path); !reflect.DeepEqual(got, want) && !reflect.DeepEqual(got, prior.Get(path)) {
			t.Errorf("%s: planned %v, written %v, before %v", path, got, want, prior.Get(path))
		}
	}
}

// withoutAttributes returns a state in which these attributes are null, as in one written before they existed.
func withoutAttributes(t *testing.T, state protocoltest.State, names ...string) protocoltest.State {
	t.Helper()
	attributes := attributesOf(t, state)
	for _, name := range names {
		attributes[name] = tftypes.NewValue(attributes[name].Type(), nil)
	}
	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	return state
}

// inState returns a state that says another state of its link.
func inState(t *testing.T, state protocoltest.State, is string) protocoltest.State {
	t.Helper()
	attributes := attributesOf(t, state)
	attributes["state"] = tftypes.NewValue(tftypes.String, is)
	state.Raw = tftypes.NewValue(state.Raw.Type(), attributes)
	return state
}

func attributesOf(t *testing.T, state protocoltest.State) map[string]tftypes.Value {
	t.Helper()
	attributes := map[string]tftypes.Value{}
	if err := state.Raw.As(&attributes); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(attributes)
}

// privateData returns the resource's own part of a private state.
func privateData(t *testing.T, state protocoltest.State) []byte {
	t.Helper()
	var private map[string][]byte
	if err := json.Unmarshal(state.Private, &private); err != nil {
		t.Fatalf("private state: %v: %s", err, state.Private)
	}
	return private["link"]
}

// identityOf returns a state's identity, by attribute.
func identityOf(t *testing.T, state protocoltest.State) map[string]string {
	t.Helper()
	if state.Identity == nil || state.Identity.IdentityData == nil {
		t.Fatal("no identity")
	}
	raw, err := state.Identity.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "project": tftypes.String}})
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]tftypes.Value{}
	if err := raw.As(&values); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for name, value := range values {
		var text string
		if err := value.As(&text); err != nil {
			t.Fatal(err)
		}
		out[name] = text
	}
	return out
}

func quote(v any) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprintf("%q", v)
}
