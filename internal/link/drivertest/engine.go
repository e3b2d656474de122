package drivertest

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// EngineFixture is a real engine with the provider in the test's process, and a sandbox.
type EngineFixture struct {
	*Fixture
	// Address is where the link is declared.
	Address string
}

// StartEngine starts a sandbox for a real engine.
func (h Harness) StartEngine(t *testing.T) *EngineFixture {
	t.Helper()
	return &EngineFixture{h.open(t, nil), h.Type() + ".test"}
}

// Run runs steps, and expects so many creates and revokes in all, after the destroy at the end.
func (f *EngineFixture) Run(creates, revokes int, steps ...resource.TestStep) {
	f.Helper()
	f.run(resource.TestCase{Steps: steps}, creates, revokes)
}

func (f *EngineFixture) run(c resource.TestCase, creates, revokes int) {
	f.Helper()
	c.ProtoV6ProviderFactories = f.h.provider().Factories(f.Clock)
	c.CheckDestroy = f.Wrote(creates, revokes)
	resource.Test(f.T, c)
}

// HCL is the provider block, and a link.
func (f *EngineFixture) HCL(config Object) string {
	return f.Sandbox.ProviderBlock() + "resource \"" + f.h.Type() + "\" \"test\" {\n" + tfconfig.HCL(config) + "}\n"
}

// Wrote expects so many creates and revokes so far, and no other write.
func (f *EngineFixture) Wrote(creates, revokes int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		ops := f.d.Operations
		c, r := f.CallCount(ops.Create), 0
		if ops.Revoke != "" {
			r = f.CallCount(ops.Revoke)
		} else {
			revokes = 0
		}
		for _, op := range f.Calls() {
			if !slices.Contains([]string{ops.Create, ops.Get, ops.List, ops.Revoke, ops.Activate, ops.Token}, op) {
				return fmt.Errorf("a request %q", op)
			}
		}
		if c != creates || r != revokes {
			return fmt.Errorf("%d creates and %d revokes, want %d and %d", c, r, creates, revokes)
		}
		return nil
	}
}

// Planned expects an action of the plan.
func (f *EngineFixture) Planned(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(f.Address, a)}}
}

// EmptyPlan expects a plan that changes nothing.
func EmptyPlan() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

// Said expects the texts in this order, wherever the engine breaks its lines.
func Said(texts ...string) *regexp.Regexp {
	for i, text := range texts {
		texts[i] = strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s+`)
	}
	return regexp.MustCompile("(?s)" + strings.Join(texts, ".*"))
}

// RunEngine has a real engine take a link through its life: created, rewritten, changed in place, imported, replaced by
// one with nulls in its sets, destroyed; and one whose values only the apply knows.
func RunEngine(t *testing.T, h Harness) {
	t.Run("life", func(t *testing.T) {
		t.Parallel()
		f := h.StartEngine(t)
		base, replaced := h.base(), f.replacement(func(Object) bool { return true })
		_, ids, err := f.d.Stored(1)
		if err != nil {
			t.Fatal(err)
		}
		imported := resource.TestStep{ResourceName: f.Address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: f.d.NeverReturned}
		block := imported
		block.ImportStateVerify, block.ImportStateKind = false, resource.ImportBlockWithID
		steps := []resource.TestStep{
			{
				Config: f.HCL(base), ConfigPlanChecks: f.Planned(plancheck.ResourceActionCreate), Check: f.Wrote(1, 0),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(f.Address, tfjsonpath.New("state"), knownvalue.StringExact("open")),
					statecheck.ExpectKnownValue(f.Address, tfjsonpath.New("url"), knownvalue.StringRegexp(regexp.MustCompile("^http"))),
				},
			},
			{Config: f.HCL(f.rewritten()), ConfigPlanChecks: EmptyPlan()},
			{Config: f.HCL(tfconfig.With(base, "timeouts.delete", "1m")), ConfigPlanChecks: f.Planned(plancheck.ResourceActionUpdate), Check: f.Wrote(1, 0)},
			imported,
			{ResourceName: f.Address, ImportState: true, ImportStateId: "../../x", ExpectError: Said("Invalid import ID")},
			{ResourceName: f.Address, ImportState: true, ImportStateId: ids[0], ExpectError: Said("found no link", "for these credentials")},
			{Config: f.HCL(f.withNulls(replaced)), ConfigPlanChecks: f.Planned(plancheck.ResourceActionReplace), Check: f.Wrote(2, 1)},
			{Config: f.HCL(replaced), ConfigPlanChecks: EmptyPlan()},
		}
		if len(f.d.NeverReturned) == 0 {
			steps = append(steps, block)
		}
		f.Run(2, 2, steps...)
	})
	t.Run("identity", func(t *testing.T) {
		t.Parallel()
		f := h.StartEngine(t)
		steps := []resource.TestStep{{
			Config:            f.HCL(h.base()),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(f.Address, tfjsonpath.New("id"))},
		}}
		if s := f.d.Scope; s != nil {
			steps[0].ConfigStateChecks = append(steps[0].ConfigStateChecks, statecheck.ExpectIdentityValueMatchesState(f.Address, tfjsonpath.New(s.Attribute)))
		}
		if len(f.d.NeverReturned) == 0 {
			steps = append(steps, resource.TestStep{ResourceName: f.Address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity})
		}
		// Terraform knows identities from 1.12 on; this runs on OpenTofu and on the newer Terraform of the further engines.
		f.run(resource.TestCase{TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)}, Steps: steps}, 1, 1)
	})
	t.Run("unknown while planning", func(t *testing.T) {
		t.Parallel()
		f := h.StartEngine(t)
		base := h.base()
		leaves := tfconfig.LeafPaths(base)
		later := func(values Object, also string) string { // another `also` makes every value unknown while planning
			input, config := Object{"also": also}, base
			for i, path := range leaves {
				name := fmt.Sprintf("v%d", i)
				input[name] = tfconfig.Lookup(values, path)
				config = tfconfig.With(config, path, "${terraform_data.later.output."+name+"}")
			}
			return "resource \"terraform_data\" \"later\" {\n" + tfconfig.HCL(Object{"input": input}) + "}\n" + f.HCL(config)
		}
		changed := f.replacement(func(to Object) bool { return slices.Equal(tfconfig.LeafPaths(to), leaves) })
		f.Run(2, 2,
			resource.TestStep{Config: later(base, "1")},
			// The same values do nothing; with others the engine ends the apply, and the next plan replaces.
			resource.TestStep{Config: later(base, "2"), ConfigPlanChecks: f.Planned(plancheck.ResourceActionUpdate), Check: f.Wrote(1, 0)},
			resource.TestStep{Config: later(changed, "3"), ExpectError: Said("inconsistent final plan")},
			resource.TestStep{Config: later(changed, "3"), ConfigPlanChecks: f.Planned(plancheck.ResourceActionReplace), Check: f.Wrote(2, 1)},
		)
	})
}

// withNulls is a configuration with a null element in each of its sets, and in the default of `replace_when`.
func (f *EngineFixture) withNulls(config Object) Object {
	f.Helper()
	replaceWhen := List{}
	for _, state := range f.d.Lifecycle.ReplaceWhen {
		replaceWhen = append(replaceWhen, string(state))
	}
	out := tfconfig.With(config, "replace_when", append(replaceWhen, nil))
	for name, value := range config {
		if set, ok := value.(List); ok && len(set) > 0 {
			if _, text := set[0].(string); text {
				out = tfconfig.With(out, name, append(slices.Clone(set), nil))
			}
		}
	}
	return out
}

// replacement is a configuration that replaces a link of the first shape.
func (f *EngineFixture) replacement(fits func(to Object) bool) Object {
	f.Helper()
	pairs := f.h.Replacements.Pairs
	for _, name := range slices.Sorted(maps.Keys(pairs)) {
		if reflect.DeepEqual(pairs[name].From, f.h.base()) && fits(pairs[name].To) {
			return pairs[name].To
		}
	}
	f.Fatal("Replacements.Pairs has no pair from the first shape to a configuration with the same arguments")
	return nil
}

// rewritten is another way to write the first shape.
func (f *EngineFixture) rewritten() Object {
	f.Helper()
	for _, pair := range f.h.Unchanged.Rewritten {
		if reflect.DeepEqual(pair[0], f.h.base()) {
			return pair[1]
		}
	}
	f.Fatal("no other way to write the first shape")
	return nil
}
