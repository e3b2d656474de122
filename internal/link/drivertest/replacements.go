package drivertest

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Replacements is what makes a new link.
type Replacements struct {
	// Others are other values of arguments than a shape's, by the shape's name and dotted path. Each argument needs one in a shape;
	// texts, numbers and booleans that a shape names get one by themselves.
	Others map[string]Object
	// Removed are arguments whose removal replaces a link of a shape, by the shape's name and dotted path; that of a text may also be
	// written as "".
	Removed map[string][]string
	// Pairs are replacements that are carried out.
	Pairs map[string]Replacement
	// Excluded are arguments that a shape cannot have, by the shape's name.
	Excluded map[string][]string
}

// Replacement is a pair of configurations, and the attributes because of which one link replaces the other, sorted.
type Replacement struct {
	From, To Object
	Because  []string
}

// Replace returns a Replacement.
func Replace(from, to Object, because ...string) Replacement { return Replacement{from, to, because} }

// A change of each single argument replaces the link, and the plan shows it at that argument. Replacements are one call that ends
// the old link, where the vendor has one, and then one create.
func testReplacements(t *testing.T, h Harness) {
	t.Run("every argument", func(t *testing.T) {
		t.Parallel()
		f := h.Start(t)
		tried := map[string]bool{}
		for _, shape := range h.mostFirst() {
			state := f.Create(f.Fresh(shape.Config))
			config := f.as(shape.Config, state.Attributes())
			imported := f.fillIn(f.Import(state.Text("id")), config, true)
			f.ResetCalls()
			for _, path := range f.arguments() {
				other, ok := f.other(shape, path, tried[path])
				if !ok {
					continue
				}
				tried[path] = true
				f.RequireReplaced(state, tfconfig.With(config, path, other), tfconfig.RootAttribute(path))
				if !strings.Contains(path, ".") {
					f.RequireReplaced(imported, tfconfig.With(config, path, other), path)
				}
			}
			for _, path := range h.Replacements.Removed[shape.Name] {
				f.RequireReplaced(state, tfconfig.With(config, path, nil), tfconfig.RootAttribute(path))
				if _, text := tfconfig.Lookup(config, path).(string); text {
					f.RequireReplaced(state, tfconfig.With(config, path, ""), tfconfig.RootAttribute(path))
				}
			}
			f.RequireCalls()
		}
		for _, path := range f.arguments() {
			if !tried[path] && !f.Server.IsWriteOnly(h.Type(), path) {
				t.Errorf("no other value for the argument %s", path)
			}
		}
	})
	if len(h.Replacements.Pairs) == 0 {
		t.Error("no replacements to carry out")
	}
	for name, pair := range h.Replacements.Pairs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t)
			state := f.Create(pair.From)
			plan := f.RequireReplaced(state, pair.To, pair.Because...)
			f.ResetCalls()
			next, diags := f.Apply(plan)
			left := 1
			if f.d.Operations.Revoke == "" {
				f.RequireText(diags.Warnings(), "can still be paid", state.Text("url"))
				left++
			} else if len(diags) > 0 {
				t.Fatal(diags)
			}
			f.RequireCalls(append(f.endCalls(), f.d.Operations.Create)...)
			f.RequireLive(left)
			if next.Text("id") == state.Text("id") {
				t.Error("the id is still that of the old link")
			}
			f.RequireNoDrift(next, pair.To)
		})
	}
}

// other is another value for an argument of a shape; none where the shape has no value to compare, nobody can compare it, or it was
// tried and is not in Others.
func (f *Fixture) other(shape Shape, path string, tried bool) (any, bool) {
	if value, ok := f.h.Replacements.Others[shape.Name][path]; ok {
		return value, true
	}
	if tried || f.Server.IsWriteOnly(f.h.Type(), path) {
		return nil, false
	}
	switch value := tfconfig.Lookup(shape.Config, path).(type) {
	case string:
		return "another", true
	case bool:
		return !value, true
	case int:
		return value + 1, true
	}
	return nil, false
}

// Every argument, at every depth, may be unknown while planning: once where it has a value, and once where it has none. What may
// turn out to be another value plans an update in place, with a warning that names it; a policy without one.
func testUnknownValues(t *testing.T, h Harness) {
	f := h.Start(t)
	kept := map[string]protocoltest.State{}
	for _, shape := range h.Shapes {
		kept[shape.Name] = f.Create(shape.Config)
	}
	f.ResetCalls()
	everything := Object{}
	for _, path := range f.arguments() {
		if !strings.Contains(path, ".") {
			everything[path] = tfconfig.Unknown
		}
		for _, shape := range f.shapesWithAndWithout(path) {
			config := tfconfig.With(shape.Config, path, tfconfig.Unknown)
			if diags := f.Validate(config); len(diags) > 0 {
				t.Errorf("%s, %s: %s", shape.Name, path, diags)
			}
			if f.Server.IsWriteOnly(h.Type(), path) { // no state holds it: it cannot have changed
				f.requirePlan(protocoltest.Create, protocoltest.State{}, config, shape.Name+", "+path)
				f.requirePlan(protocoltest.Nothing, kept[shape.Name], config, shape.Name+", "+path)
				continue
			}
			plan := f.Plan(kept[shape.Name], config)
			if plan.Action != protocoltest.Update || len(plan.Diagnostics) != 1 {
				t.Errorf("%s, %s: %s because of %v: %s", shape.Name, path, plan.Action, plan.Because, plan.Diagnostics)
			}
			f.RequireText(plan.Warnings(), "`"+path, "not known yet")
			if after, diags := f.Server.ApplyKnown(plan, shape.Config); len(diags) > 0 || !after.Raw.Equal(kept[shape.Name].Raw) {
				t.Errorf("%s, %s, the same after all: %s", shape.Name, path, diags)
			}
		}
	}
	if diags := f.Validate(everything); len(diags) > 0 {
		t.Errorf("everything: %s", diags)
	}
	f.requirePlan(protocoltest.Create, protocoltest.State{}, everything, "everything")
	for name, state := range kept {
		if plan := f.Plan(state, everything); plan.HasError() || plan.Action != protocoltest.Update {
			t.Errorf("%s: everything: %s %s", name, plan.Action, plan.Errors())
		}
	}
	policies := []string{"on_destroy", "replace_when", "replace_paid", "timeouts.create", "timeouts"}
	if f.d.Activation != nil {
		policies = append(policies, "activate")
	}
	for _, path := range policies {
		config := tfconfig.With(h.base(), path, tfconfig.Unknown)
		if diags := f.Validate(config); len(diags) > 0 {
			t.Errorf("%s: %s", path, diags)
		}
		f.requirePlan(protocoltest.Create, protocoltest.State{}, config, path)
		f.requirePlan(protocoltest.Update, kept[h.Shapes[0].Name], config, path)
	}
	f.RequireCalls()
}

// requirePlan expects a plan's action, without a word.
func (f *Fixture) requirePlan(want protocoltest.Action, state protocoltest.State, config Object, name string) {
	f.Helper()
	if plan := f.Plan(state, config); plan.Action != want || len(plan.Diagnostics) > 0 {
		f.Errorf("%s: %s because of %v %s, want %s", name, plan.Action, plan.Because, plan.Diagnostics, want)
	}
}

// shapesWithAndWithout are a shape in which an argument has a value, and one that could have it and does not.
func (f *Fixture) shapesWithAndWithout(path string) []Shape {
	var out []Shape
	for _, with := range []bool{true, false} {
		i := slices.IndexFunc(f.h.Shapes, func(s Shape) bool {
			excluded := slices.ContainsFunc(f.h.Replacements.Excluded[s.Name], func(p string) bool { return path == p || strings.HasPrefix(path, p+".") })
			return !excluded && (tfconfig.Lookup(s.Config, path) != nil) == with && (with || hasParent(s.Config, path))
		})
		if i >= 0 {
			out = append(out, f.h.Shapes[i])
		}
	}
	return out
}

// hasParent reports whether a configuration has the object that an argument belongs to.
func hasParent(config Object, path string) bool {
	i := strings.LastIndex(path, ".")
	if i < 0 {
		return true
	}
	if _, err := strconv.Atoi(path[i+1:]); err == nil {
		return false // a list without the element has no such place
	}
	_, ok := tfconfig.Lookup(config, path[:i]).(Object)
	return ok
}
