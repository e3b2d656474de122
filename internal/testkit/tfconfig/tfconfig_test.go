package tfconfig_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

type (
	object = tfconfig.Object
	list   = tfconfig.List
)

func TestChangedLeavesItsArgumentAlone(t *testing.T) {
	t.Parallel()
	config := object{"items": list{object{"title": "a", "price": object{"value": "1"}}}, "open": true}
	changed := tfconfig.Changed(config, object{"items.0.price.value": "2", "new.deep": 3}, object{"open": nil})
	if got := tfconfig.Lookup(changed, "items.0.price.value"); got != "2" {
		t.Errorf("changed to %v", got)
	}
	want := object{"items": list{object{"title": "a", "price": object{"value": "1"}}}, "open": true}
	if !reflect.DeepEqual(config, want) {
		t.Errorf("the argument became %v", config)
	}
	if got, want := tfconfig.LeafPaths(changed), []string{"items.0.price.value", "items.0.title", "new.deep", "open"}; !slices.Equal(got, want) {
		t.Errorf("leaves %q, want %q", got, want)
	}
	if tfconfig.Lookup(changed, "items.7.title") != nil || tfconfig.Lookup(changed, "open.below") != nil {
		t.Error("there is something where nothing is")
	}
}

func TestHCL(t *testing.T) {
	t.Parallel()
	got := tfconfig.HCL(object{"b": list{1, "x ${count.index}"}, "a": object{"c": true, "d": nil, "e.f": "g"}})
	const want = "a = {\nc = true\nd = null\n\"e.f\" = \"g\"\n}\nb = [1, \"x ${count.index}\"]\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
