package link_test

import (
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What the configuration set when the link was made, and the vendor would have filled in without it, makes a new link when it is
// removed or emptied. What it did not set stays, and so do payers' data, amounts, the scope, and what was the default anyway.
func TestRemovedArgumentsReplace(t *testing.T) {
	t.Parallel()
	base := answeredConfig(Object{"total": "109.90", "project": "proj"})
	two := withValue(base, "lines.1.price.currency", nil)
	for name, tc := range map[string]struct {
		made Object
		path string
		want string // the root of what is removed; "" if nothing is
	}{
		"text":                      {base, "grade", "grade"},
		"bool":                      {base, "express", "express"},
		"in a list":                 {base, "lines.0.price.currency", "lines"},
		"in one element of a list":  {two, "lines.0.price.currency", "lines"},
		"of the element without it": {two, "lines.1.price.currency", ""},
		"default text":              {fullConfig(Object{"grade": "standard"}), "grade", ""},
		"default bool":              {fullConfig(Object{"express": false}), "express", ""},
		"never set":                 {fullConfig(Object{"grade": nil}), "grade", ""},
		"sensitive":                 {base, "pin", ""},
		"nested and sensitive":      {base, "contact.email", ""},
		"amount":                    {base, "total", ""},
		"scope":                     {base, "project", ""},
	} {
		values := []any{nil}
		if _, text := valueAt(tc.made, tc.path).(string); text && tc.path != "total" {
			values = append(values, "")
		}
		for _, value := range values {
			t.Run(name+" "+quote(value), func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, revocable)
				f.store.FillDefaults = true
				state := f.create(tc.made)
				without := withValue(tc.made, tc.path, value)
				for _, before := range []protocoltest.State{state, f.mustRefresh(state)} {
					plan := f.Plan(resourceType, before, without)
					if tc.want == "" {
						f.requireEmptyPlan(plan)
						continue
					}
					if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{tc.want}) {
						t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
					}
					requireText(t, plan.Diagnostics, "`"+tc.path+"`", "no longer sets")
					requirePlannedAsConfigured(t, without, before, plan)
					f.requireEmptyPlan(f.Plan(resourceType, before, tc.made))
				}
				if tc.want == "" {
					return
				}
				// An imported link has no note: leaving out keeps what it is.
				imported := mustImport(t, f, state.Text("id"))
				if plan := f.Plan(resourceType, imported, without); plan.Action == protocoltest.Replace {
					t.Errorf("after an import: %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				state, _, _ = f.ApplyConfig(state, resourceType, without)
				f.store.TakeCalls()
				f.requireNoDrift(state, without)
			})
		}
	}
}

// A CRLF is an LF, white space at the end of a text and a null in a set are none: such a plan is empty, and the state keeps its form.
func TestTextsAndNullsThatAreNoDifference(t *testing.T) {
	t.Parallel()
	base := answeredConfig(Object{"title": "Order 42\nfor two"})
	for path, values := range map[string][]any{
		"title":        {"Order 42\r\nfor two", "Order 42\nfor two\n", "Order 42\nfor two \t\r\n"},
		"grade":        {"express "},
		"lines.0.name": {"Chair\n"},
		"contact.name": {"Ada "},
		"labels":       {Object{"shop": "Turin\r\n", "desk": "7", "none": nil}},
		"methods":      {List{"card", nil, "ideal"}, List{"ideal\n", "card"}},
		"replace_when": {List{"revoked", nil}},
	} {
		for _, value := range values {
			t.Run(path+" "+quote(value), func(t *testing.T) {
				t.Parallel()
				other := withValue(base, path, value)
				for _, pair := range [][2]Object{{base, other}, {other, base}, {other, other}} {
					f := newFixture(t, revocable)
					state := f.create(pair[0])
					for _, text := range f.store.Links()[0].Methods {
						if text == "" {
							t.Error("a null was sent")
						}
					}
					for _, before := range []protocoltest.State{state, f.mustRefresh(state)} {
						f.requireEmptyPlan(f.Plan(resourceType, before, pair[1]))
					}
					imported := mustImport(t, f, state.Text("id"))
					if plan := f.Plan(resourceType, imported, pair[1]); plan.Action == protocoltest.Replace {
						t.Errorf("after an import: %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
					}
				}
			})
		}
	}
}
