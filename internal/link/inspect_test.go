package link_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// privateNote is what the resource keeps in private state; the framework's own keys begin with a point.
func privateNote(t *testing.T, state protocoltest.State) []byte {
	t.Helper()
	var private map[string][]byte
	if err := json.Unmarshal(state.Private, &private); err != nil {
		t.Fatalf("private state: %v: %s", err, state.Private)
	}
	return private["link"]
}

// identity is the state's identity, by attribute.
func identity(t *testing.T, state protocoltest.State) map[string]string {
	t.Helper()
	if state.Identity == nil || state.Identity.IdentityData == nil {
		t.Fatal("no identity")
	}
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "project": tftypes.String}}
	raw, err := state.Identity.IdentityData.Unmarshal(kind)
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

// imported imports without any diagnostic.
func imported(t *testing.T, w *world, id string) protocoltest.State {
	t.Helper()
	state, diags := w.Import(kind, id)
	if len(diags) > 0 || !state.Exists() {
		t.Fatalf("import: %s", diags)
	}
	return state
}

func text(v any) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprintf("%q", v)
}

// plannedAsWritten is a rule of Terraform's core: a plan may only hold what is written or what was there before.
func plannedAsWritten(t *testing.T, config Object, prior protocoltest.State, plan protocoltest.Plan) {
	t.Helper()
	for _, path := range places(config) {
		written := at(config, path)
		if !leaf(written) || written == nil || root(path) == "methods" {
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
