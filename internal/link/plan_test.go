package link_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// expiring makes a link that lives for a day, and returns it when it has lived for so long.
func (f *fixture) expiring(config Object, age time.Duration) protocoltest.State {
	f.t.Helper()
	f.store.Life = 24 * time.Hour
	state := f.create(config)
	f.clock.Advance(age)
	return state
}

// From `expires_at` minus `renew_before` on, with a refresh before the plan and without, an open link is replaced, once.
func TestOpenLinkIsRenewed(t *testing.T) {
	t.Parallel()
	for _, refreshed := range []bool{true, false} {
		for age, renewed := range map[time.Duration]bool{0: false, 21*time.Hour - time.Second: false, 21 * time.Hour: true, 23 * time.Hour: true, 25 * time.Hour: true} {
			f := newFixture(t, revocable)
			config := fullConfig(Object{"renew_before": "3h"})
			state := f.expiring(config, age)
			if refreshed {
				state = f.mustRefresh(state)
			}
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, config)
			if !renewed {
				f.requireEmptyPlan(plan)
				continue
			}
			requireCounts(t, plan.Diagnostics, 0, 1)
			requireText(t, plan.Diagnostics, "will be renewed: pl-1", "https://pay.example/pl-1", "expires at 2026-03-02T12:00:00Z", "3h", "stops working")
			if plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"expires_at"}) {
				t.Fatalf("at %s: %s because of %v", age, plan.Action, plan.Because)
			}
			next, diags := f.Apply(plan)
			if requireCounts(t, diags, 0, 0); next.Text("id") != "pl-2" || f.store.Payable() != 1 {
				t.Errorf("%s, and %d can be paid", next.Text("id"), f.store.Payable())
			}
			f.requireCalls("create=1 revoke=1")
			f.requireNoDrift(next, config)
		}
	}
}

// Only an open link is renewed, whatever `replace_when` says.
func TestOnlyAnOpenLinkIsRenewed(t *testing.T) {
	t.Parallel()
	inEveryState(t, func(t *testing.T, f *fixture, state protocoltest.State, config Object, now driver.State, replaced bool) {
		config = withValue(config, "return_url", "https://shop.example/done/") // as an import reads it
		want := f.Plan(resourceType, state, config)
		config = withOverrides(config, Object{"renew_before": "3h"})
		f.store.Change("pl-1", func(l *memdriver.Link) { l.Life, l.Expires = 24*time.Hour, f.clock.Now().Add(time.Hour) })
		state = f.mustRefresh(state)
		plan := f.Plan(resourceType, state, config)
		if renews := now == driver.Open && !replaced; renews != (slices.Equal(plan.Because, []string{"expires_at"})) {
			t.Errorf("%s because of %v", plan.Action, plan.Because)
		} else if !renews && (len(plan.Diagnostics) != len(want.Diagnostics) || !slices.Equal(plan.Because, want.Because)) {
			t.Errorf("%s because of %v %s, without renew_before %s", plan.Action, plan.Because, plan.Diagnostics, want.Diagnostics)
		}
	})
}

// What else replaces a link is why it is replaced; what becomes of the old link is said as it will be.
func TestRenewalBesideOtherChanges(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change  Object
		because string
		text    string
	}{
		"nothing else":                  {Object{}, "expires_at", "The old one is revoked"},
		"an argument":                   {Object{"title": "Another"}, "title", "stops working"},
		"unknown: as in the state":      {Object{"renew_before": tfconfig.Unknown}, "expires_at", "3h"},
		"an argument that is not known": {Object{"title": tfconfig.Unknown}, "expires_at", "not known yet"},
	} {
		f := newFixture(t, revocable)
		config := fullConfig(Object{"renew_before": "3h"})
		plan := f.Plan(resourceType, f.expiring(config, 22*time.Hour), withOverrides(config, tc.change))
		if plan.HasError() || plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{tc.because}) {
			t.Errorf("%s: %s because of %v: %s", name, plan.Action, plan.Because, plan.Diagnostics)
		}
		requireText(t, plan.Diagnostics, "pl-1", tc.text)
	}
	for name, changes := range map[string][]func(*memdriver.Options){"abandoned": {revocable}, "no call": nil} {
		f := newFixture(t, changes...)
		config := fullConfig(Object{"renew_before": "3h", "on_destroy": "abandon"})
		plan := f.Plan(resourceType, f.expiring(config, 22*time.Hour), config)
		requireCounts(t, plan.Diagnostics, 0, 1)
		requireText(t, plan.Diagnostics, "pl-1", "can still be paid until it expires")
		if plan.Action != protocoltest.Replace {
			t.Errorf("%s: %s", name, plan.Action)
		}
	}
}

func TestRenewBeforeThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "0s", "-1h", "3 days", "72"} {
		if diags := newFixture(t).Validate(resourceType, fullConfig(Object{"renew_before": text})); len(diags.ForAttribute("renew_before").Errors()) != 1 {
			t.Errorf("%q: %s", text, diags)
		}
	}
	for text, refused := range map[string]bool{"23h59m": false, "24h": true, "720h": true} {
		f := newFixture(t, revocable)
		state := f.expiring(fullConfig(), 0)
		config := fullConfig(Object{"renew_before": text})
		plan := f.Plan(resourceType, state, config)
		if got := plan.Errors().ForAttribute("renew_before"); (len(got) == 1) != refused || !refused && (plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0) {
			t.Errorf("%s: %s %s", text, plan.Action, plan.Diagnostics)
		}
		if plan := f.Plan(resourceType, state, nil); len(plan.Diagnostics) > 0 {
			t.Errorf("a destroy: %s", plan.Diagnostics)
		}
	}
}

// A vendor that does not say when a link expires renews nothing, and the plan says so.
func TestLinkWithoutAnEndIsNotRenewed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	config := fullConfig(Object{"renew_before": "3h"})
	plan := f.Plan(resourceType, f.mustCreate(config), config)
	requireCounts(t, plan.Diagnostics, 0, 1)
	requireText(t, plan.Diagnostics, "is not renewed: pl-1", "does not say when")
	if plan.Action != protocoltest.Nothing {
		t.Errorf("%s", plan.Action)
	}
}

// Two new links of one run with one value of a unique argument are a warning, or an error where the vendor refuses the second one; a
// replacement is one link, and another run another matter.
func TestTwoNewLinksWithOneUniqueValue(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]int{"warned of": 0, "refused": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(o *memdriver.Options) {
				o.Info.Unique = []string{"title"}
				if refused > 0 {
					o.Info.Lookup = &driver.Lookup{Attribute: "title", Narrow: driver.Filter{Name: "titles", Single: true}, Argument: "titled"}
				}
			})
			config := fullConfig()
			state := f.mustCreate(config)
			f.requireEmptyPlan(f.Plan(resourceType, state, config))
			replaced := f.PlanBeside(resourceType, state, fullConfig(Object{"express": false}))
			requireCounts(t, replaced.Diagnostics, 0, 1)
			requireText(t, replaced.Diagnostics, "can still be paid")
			for range 2 { // one more each time
				second := f.PlanBeside(resourceType, protocoltest.State{}, config)
				requireCounts(t, second.Diagnostics, refused, 1-refused)
				requireText(t, second.ForAttribute("title"), "Two new Memory payment links", "Order 42")
			}
			requireCounts(t, f.PlanBeside(resourceType, protocoltest.State{}, fullConfig(Object{"title": "Another order"})).Diagnostics, 0, 0)
			requireCounts(t, f.Plan(resourceType, protocoltest.State{}, config).Diagnostics, 0, 0)
		})
	}
}

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

// everyUnknown makes each value of a configuration unknown, inner ones too, and all at once.
func everyUnknown() map[string]change {
	base := fullConfig(Object{
		"project": "proj", "activate": false, "total": "109.90", "replace_when": List{"revoked"}, "on_destroy": "abandon",
		"timeouts": Object{"create": "1m", "read": "1m", "delete": "1m"},
	})
	out := map[string]change{}
	all := Object{}
	for _, path := range configPaths(base) {
		out[path] = change{path, withValue(base, path, unknown), rootOf(path)}
		all[rootOf(path)] = unknown
	}
	out["all"] = change{"all", all, ""}
	out["all leaves"] = change{"all leaves", leavesUnknown(base).(Object), ""}
	return out
}

func leavesUnknown(v any) any {
	switch v := v.(type) {
	case Object:
		out := Object{}
		for name, nested := range v {
			out[name] = leavesUnknown(nested)
		}
		return out
	case List:
		out := List{}
		for _, nested := range v {
			out = append(out, leavesUnknown(nested))
		}
		return out
	}
	return unknown
}

func TestUnknownValuesInAPlannedCreate(t *testing.T) {
	t.Parallel()
	for name, c := range everyUnknown() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			if diags := f.Validate(resourceType, c.config); len(diags) > 0 {
				t.Fatalf("validate: %s", diags)
			}
			plan := f.Plan(resourceType, protocoltest.State{}, c.config)
			if plan.Action != protocoltest.Create || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s: %s", plan.Action, plan.Diagnostics)
			}
			if c.changed != "" && rootOf(name) != "methods" && plan.Planned(name) != unknown {
				t.Errorf("planned %v for an unknown value", plan.Planned(name))
			}
			f.requireCalls("")
			// At apply everything is known, and Terraform plans again.
			f.requireNoDrift(f.mustCreate(fullConfig()), fullConfig())
		})
	}
}

// What is not known while planning is not changed: an update in place, and a warning that names it. At apply the same value does nothing;
// another one is an error before anything is changed, whether the engine plans again (and reports it in its own words) or not.
func TestUnknownValuesInAPlannedChange(t *testing.T) {
	t.Parallel()
	policies := map[string]bool{"replace_when": true, "on_destroy": true, "timeouts": true, "activate": true}
	for name, c := range everyUnknown() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			config := fullConfig(Object{"activate": false, "timeouts": Object{"create": "1m", "read": "1m", "delete": "1m"}})
			state := f.mustRefresh(f.mustCreate(config))
			f.store.TakeCalls()
			plan := f.Plan(resourceType, state, c.config)
			if plan.HasError() || plan.Action != protocoltest.Update {
				t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			if policies[c.changed] {
				requireCounts(t, plan.Diagnostics, 0, 0)
				return
			}
			requireCounts(t, plan.Diagnostics, 0, 1)
			if c.changed != "" {
				requireText(t, plan.Diagnostics, "`"+c.changed, "not known yet", "Apply again")
			}
			if after, diags := f.ApplyKnown(plan, config); len(diags) > 0 || !after.Raw.Equal(state.Raw) {
				t.Errorf("the same values: %s", diags)
			}
			other := withOverrides(config, Object{"title": "Known now"})
			if after, diags := f.ApplyKnown(plan, other); !strings.Contains(diags.Errors().String(), "inconsistent final plan") || !after.Raw.Equal(state.Raw) {
				t.Errorf("another title: %s", diags)
			}
			plan = f.Plan(resourceType, state, other)
			plan.Action = protocoltest.Update // as an engine would that does not plan again
			after, diags := f.Apply(plan)
			if requireCounts(t, diags, 1, 0); diags[0].Attribute != "title" || !after.Raw.Equal(state.Raw) {
				t.Errorf("%s", diags)
			}
			requireText(t, diags, "Apply again", "Nothing was changed")
			f.requireCalls("")
			after, _, diags = f.ApplyConfig(state, resourceType, other)
			if diags.HasError() || after.Text("id") != "pl-2" {
				t.Fatalf("applied again: %s", diags)
			}
		})
	}
}

// An element of a set that is not known yet leaves open what the set is; what no value of it could make equal is a change.
func TestUnknownElementsOfASet(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	for want, values := range map[protocoltest.Action][]List{
		protocoltest.Update:  {{"card", unknown}, {unknown, "ideal", unknown}, {"card", unknown, nil}},
		protocoltest.Replace: {{unknown}, {"paypal", unknown}, {"card", "ideal", "paypal", unknown}},
	} {
		for _, value := range values {
			if plan := f.Plan(resourceType, state, fullConfig(Object{"methods": value})); plan.Action != want {
				t.Errorf("%v: %s because of %v", value, plan.Action, plan.Because)
			}
		}
	}
}

// An attribute that an import could not read may be unknown while planning: it is still filled in, in place.
func TestUnknownHiddenAttributeAfterAnImport(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(fullConfig(Object{"return_url": nil}))
	state := mustImport(t, f, "pl-1")
	f.store.TakeCalls()
	for _, path := range []string{"pin", "contact.email"} {
		if plan := f.Plan(resourceType, state, withValue(fullConfig(Object{"return_url": nil}), path, unknown)); plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s because of %v: %s", path, plan.Action, plan.Because, plan.Diagnostics)
		}
	}
	f.requireCalls("")
}
