package drivertest

import (
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Unchanged is what makes no new link.
type Unchanged struct {
	// Rewritten are two ways to write one link.
	Rewritten [][2]Object
	// InPlace are changes that make neither a new link nor a request.
	InPlace [][2]Object
	// Needed are optional arguments, by dotted path, that do not simply stay what the link has when the configuration no longer names
	// them: they have a default, or a rule of their own. NeverEmpty are those of the others that cannot be "". Kept are those that stay
	// although the configuration named them, beside the sensitive ones: the scope, and what a new link would have too.
	Needed, NeverEmpty, Kept []string
	// FillSwitches make the vendor fill in what a create left out, and Filled are the arguments of the first shape that it fills in.
	FillSwitches string
	Filled       []string
}

// Another way to write the same link is no change, whatever the state holds; what can be changed without a new link is changed
// without a request.
func testUnchanged(t *testing.T, h Harness) {
	if len(h.Unchanged.Rewritten) == 0 {
		t.Error("no second way to write a link")
	}
	t.Run("rewritten", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		for _, pair := range h.Unchanged.Rewritten {
			for _, pair := range [][2]Object{pair, {pair[1], pair[0]}} {
				from := f.Fresh(pair[0])
				to := f.as(pair[1], from)
				state := f.Create(from)
				f.RequireNoDrift(state, from)
				f.RequireNoDrift(state, to)
				f.fillIn(f.Import(state.Text("id")), f.as(f.visible(pair[1]), from), false)
			}
		}
		ends := f.d.Operations
		for _, op := range []string{ends.Revoke, ends.Activate} {
			if op != "" && f.CallCount(op) > 0 {
				t.Errorf("%d requests %q", f.CallCount(op), op)
			}
		}
	})
	t.Run("in place", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		for _, pair := range h.Unchanged.InPlace {
			from := f.Fresh(pair[0])
			to := f.as(pair[1], from)
			f.RequireNoDrift(f.ApplyInPlace(f.Create(from), to), to)
		}
	})
	t.Run("left out", func(t *testing.T) {
		t.Parallel()
		testLeftOut(t, h)
	})
}

// as is a configuration of the same link as another.
func (f *Fixture) as(config, link Object) Object {
	if f.d.Unique == "" || config[f.d.Unique] == nil {
		return config
	}
	return tfconfig.With(config, f.d.Unique, link[f.d.Unique])
}

// visible is a configuration less what no answer holds.
func (f *Fixture) visible(config Object) Object {
	for _, path := range f.d.NeverReturned {
		if tfconfig.Lookup(config, path) != nil {
			config = tfconfig.With(config, path, nil)
		}
	}
	return config
}

// What a configuration does not name stays what the link has if the vendor filled it in, or an import did. What a configuration named
// when the link was made replaces it.
func testLeftOut(t *testing.T, h Harness) {
	f := h.Start(t)
	for _, shape := range h.Shapes {
		config := f.Fresh(shape.Config)
		state := f.Create(config)
		imported, everything, allKept := f.Import(state.Text("id")), config, config
		kept := f.keptWhenLeftOut(config)
		for _, path := range kept {
			values := []any{nil}
			if _, text := tfconfig.Lookup(config, path).(string); text && !slices.Contains(h.Unchanged.NeverEmpty, path) {
				values = append(values, "")
			}
			everything = tfconfig.With(everything, path, nil)
			if f.Server.AttributeAt(h.Type(), path).Sensitive || slices.Contains(h.Unchanged.Kept, path) {
				allKept = tfconfig.With(allKept, path, nil)
				for _, value := range values {
					f.RequireEmptyPlan(state, tfconfig.With(config, path, value))
				}
				continue
			}
			for _, value := range values {
				plan := f.Plan(state, tfconfig.With(config, path, value))
				if plan.HasError() || !slices.Equal(plan.Because, []string{tfconfig.RootAttribute(path)}) {
					f.Errorf("%s removed: %s because of %v: %s", path, plan.Action, plan.Because, plan.Diagnostics)
				}
				f.RequireText(plan.Warnings(), "`"+path+"`", "no longer sets")
			}
		}
		after := f.RequireNoDrift(state, allKept)
		f.RequireNoDrift(imported, f.visible(everything))
		for _, path := range kept {
			if !tfconfig.Equal(tfconfig.Lookup(config, path), after.Get(path)) {
				t.Errorf("%s is %v after a plan that leaves it out", path, after.Get(path))
			}
		}
	}
	if h.Unchanged.FillSwitches == "" {
		return
	}
	f.Switch(h.Unchanged.FillSwitches)
	base := f.Fresh(h.base())
	filled := f.Create(base)
	for _, path := range h.Unchanged.Filled {
		if filled.Get(path) == nil {
			t.Errorf("%s is not what the vendor filled in", path)
		}
	}
	f.RequireNoDrift(filled, base)
	f.RequireNoDrift(f.Import(filled.Text("id")), base)
}

// keptWhenLeftOut are the arguments of a configuration that the vendor would fill in.
func (f *Fixture) keptWhenLeftOut(config Object) []string {
	return slices.DeleteFunc(f.arguments(), func(path string) bool {
		a := f.Server.AttributeAt(f.h.Type(), path)
		return !a.Optional || !a.Computed || a.NestedType != nil || tfconfig.Lookup(config, path) == nil || slices.Contains(f.h.Unchanged.Needed, path)
	})
}

// A status says nothing about the rest of a link, whatever its shape.
func testStatuses(t *testing.T, h Harness) {
	for _, shape := range h.Shapes {
		t.Run(shape.Name, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t)
			config := tfconfig.With(shape.Config, "replace_when", List{})
			state := f.Create(config)
			f.Clock.Advance(newLinkGrace)
			for _, row := range f.d.Lifecycle.Rows {
				for _, situation := range row.Situations() {
					if situation.Gone {
						continue
					}
					if err := f.d.Bring(f.API(), state.Text("id"), situation, f.Clock.Now()); err != nil {
						t.Fatal(err)
					}
					f.Switch(f.d.StatusSwitches[situation.Status])
					f.ResetCalls()
					fresh, diags := f.Refresh(state)
					f.RequireCalls(f.d.Operations.Get)
					if len(diags) > 0 || fresh.Text("state") != string(row.State) || fresh.Text("url") != state.Text("url") {
						t.Errorf("%s: state %q, url %q %s", situation.Name(), fresh.Text("state"), fresh.Text("url"), diags)
					}
					if plan := f.Plan(fresh, config); plan.HasError() || plan.Action != protocoltest.Nothing {
						t.Errorf("%s: %s because of %v %s", situation.Name(), plan.Action, plan.Because, plan.Diagnostics)
					}
				}
			}
		})
	}
}
