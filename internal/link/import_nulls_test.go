package link_test

import (
	"reflect"
	"testing"
)

// An object that the answer shows with nothing in it is there after an import: a required one would otherwise be missing
// from what Terraform generates, and change in place with the next plan.
func TestImportOfAnObjectOfNulls(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	config := answeredConfig(Object{"contact": Object{}})
	f.mustCreate(config)
	f.store.ShowHidden = true
	state := mustImport(t, f, "pl-1")
	if want := (Object{"name": nil, "email": nil, "address": nil}); !reflect.DeepEqual(state.Get("contact"), want) {
		t.Errorf("contact is %v, want %v", state.Get("contact"), want)
	}
	f.requireNoDrift(state, config)
}
