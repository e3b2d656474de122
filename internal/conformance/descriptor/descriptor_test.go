package descriptor_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

func TestDescriptorsAreConsistent(t *testing.T) {
	t.Parallel()
	orders := map[int]string{}
	for _, d := range descriptor.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			if got, ok := descriptor.ByName(d.Name); !ok || got.Title != d.Title || d.Title == "" || d.Documentation == "" {
				t.Errorf("it is not found by its name, or has no Title or no Documentation")
			}
			if tfconfig.Lookup(d.Config, d.Label) == nil {
				t.Errorf("Config has no label at %q", d.Label)
			}
			if d.Unique != "" && (d.Config[d.Unique] == nil || d.Change[d.Unique] != nil) {
				t.Errorf("%s is not in Config, or is in Change", d.Unique)
			}
			if len(d.Change) == 0 || len(d.Shapes) == 0 || !slices.Contains(d.AnswerSwitches, `{}`) {
				t.Error("there is no Change, no Shapes, or no default among AnswerSwitches")
			}
			for _, fragment := range d.PayerData {
				if !strings.Contains(tfconfig.HCL(d.With(d.Payer)), fragment) {
					t.Errorf("%q is not in the configuration", fragment)
				}
			}
			ops := d.Operations
			for what, pair := range map[string][2]bool{
				"List": {ops.List != "", d.List != nil}, "Activate": {ops.Activate != "", d.Activation != nil}, "Token": {ops.Token != "", d.Token != nil},
				"Revoke": {ops.Revoke != "", d.Lifecycle.EndedVerb != ""},
			} {
				if pair[0] != pair[1] {
					t.Errorf("the operation %s is there: %t, and what is told of it: %t", what, pair[0], pair[1])
				}
			}
			for verb, action := range d.Actions {
				if action.Operation == "" || action.Operation != ops.Revoke && action.Operation != ops.Activate || !slices.Contains(action.Calls, action.Operation) {
					t.Errorf("the action %s asks for %q by %q", verb, action.Operation, action.Calls)
				}
			}
		})
		if other := orders[d.Order]; other != "" || d.Order < 1 {
			t.Errorf("%s and %s have the order %d", d.Name, other, d.Order)
		}
		orders[d.Order] = d.Name
	}
}

func TestSampleIsOneLinkOfMany(t *testing.T) {
	t.Parallel()
	for _, d := range descriptor.All() {
		const n = 1234
		data, ids, err := d.Stored(n)
		if err != nil {
			t.Fatal(err)
		}
		var links []descriptor.Object
		if err := json.Unmarshal(data, &links); err != nil || len(links) != n {
			t.Errorf("%s: %d links: %v", d.Name, len(links), err)
		}
		if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != n {
			t.Errorf("%s: the ids are not in order, or not distinct", d.Name)
		}
		box := sandbox.New(sandbox.Options{}, descriptor.Sandboxes()...)
		if err := box.Seed(d.Name, data); err != nil {
			t.Errorf("%s: %v", d.Name, err)
		}
		if got := len(box.Overview()); got != n {
			t.Errorf("%s: the sandbox holds %d links", d.Name, got)
		}
		if err := box.SetSwitches(d.Name, []byte(`{"list_lag":"1s","read_delay":"1s"}`)); err != nil {
			t.Errorf("%s: a switch that every vendor has: %v", d.Name, err)
		}
		all := slices.Concat(d.AnswerSwitches, []string{d.AllowDuplicates, d.ChaosSwitches})
		for _, v := range d.Variants {
			all = append(all, v.Switches)
		}
		for _, s := range d.StatusSwitches {
			all = append(all, s)
		}
		for _, switches := range all {
			if switches != "" && box.SetSwitches(d.Name, []byte(switches)) != nil {
				t.Errorf("%s: no such switches: %s", d.Name, switches)
			}
		}
	}
}

func TestOperationsAreTheSandboxsNames(t *testing.T) {
	t.Parallel()
	box := sandbox.New(sandbox.Options{}, descriptor.Sandboxes()...)
	for _, d := range descriptor.All() {
		known := box.Calls(d.Name)
		o := d.Operations
		for _, op := range []string{o.Create, o.Get, o.List, o.Revoke, o.Activate, o.Token} {
			if op != "" && !slices.Contains(known, op) {
				t.Errorf("%s: the sandbox has no operation %q, only %q", d.Name, op, known)
			}
		}
		if len(known) == 0 {
			t.Error(fmt.Sprint("no vendor in the sandbox: ", d.Name))
		}
	}
}
