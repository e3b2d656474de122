package link_test

import (
	"reflect"
	"testing"
)

// An object that the answer shows with nothing in it is there after an import: a required one would otherwise be missing
// from what Terraform generates, and change in place with the next plan.
func TestImportOfAnObjectOfNulls(t *testing.T) {
	t.Parallel()
	w := start(t)
	config := described(Object{"contact": Object{}})
	w.create(config)
	w.bank.shows = true
	state := imported(t, w, "pl-1")
	if want := (Object{"name": nil, "email": nil, "address": nil}); !reflect.DeepEqual(state.Get("contact"), want) {
		t.Errorf("contact is %v, want %v", state.Get("contact"), want)
	}
	w.settled(state, config)
}
