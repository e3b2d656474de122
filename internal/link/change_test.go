package link_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// filledIn are arguments that keep the link's value when they are left out: a payer's data.
var filledIn = []string{"pin", "contact.email"}

// noted are arguments that the vendor fills in, and whose removal is told.
var noted = []string{"grade", "express", "lines.0.price.currency", "lines.1.price.currency"}

// removed reports whether a change removes one of noted.
func (c change) removed() bool {
	path, how, _ := strings.Cut(c.name, " ")
	return slices.Contains(noted, path) && (how == "left out" || how == "emptied")
}

// warnings is how many a change has: of the old URL, and of what was removed.
func (c change) warnings() int {
	if c.removed() {
		return 2
	}
	return 1
}

// requiredPaths cannot be left out.
var requiredPaths = []string{"title", "lines", "lines.0.name", "lines.1.name", "lines.0.price", "lines.1.price", "lines.0.price.value", "lines.1.price.value"}

type change struct {
	name    string
	config  Object
	changed string // the attribute that changes; "" for none
}

// everyChange generates changes: each leaf with another value, each value left out, and collections of other sizes.
func everyChange() []change {
	base := fullConfig()
	var out []change
	add := func(name, path string, value any) {
		out = append(out, change{name, withValue(base, path, value), rootOf(path)})
	}
	for _, path := range configPaths(base) {
		value := valueAt(base, path)
		element := rootOf(path) == "methods" && path != "methods" || path == "lines.0" || path == "lines.1"
		if isLeaf(value) {
			add(path+" changed", path, otherValue(value))
		}
		if _, text := value.(string); text && !slices.Contains(filledIn, path) && !slices.Contains(requiredPaths, path) && rootOf(path) != "methods" && path != "lines.0.weight" && path != "lines.1.weight" {
			add(path+" emptied", path, "")
		}
		if element || slices.Contains(requiredPaths, path) {
			continue
		}
		add(path+" left out", path, nil)
		if slices.Contains(filledIn, path) {
			out[len(out)-1].changed = ""
		}
	}
	lines, methods := base["lines"].(List), base["methods"].(List)
	third := Object{"name": "Lamp", "price": Object{"value": "5"}}
	add("list shrunk at its end", "lines", lines[:1])
	add("list shrunk at its front", "lines", lines[1:])
	add("list grown at its end", "lines", append(slices.Clone(lines), third))
	add("list grown at its front", "lines", append(List{third}, lines...))
	add("list grown by its own last", "lines", append(slices.Clone(lines), lines[1]))
	add("list reordered", "lines", List{lines[1], lines[0]})
	add("set shrunk", "methods", methods[:1])
	add("set grown", "methods", append(slices.Clone(methods), "paypal"))
	add("set emptied", "methods", List{})
	add("object emptied", "contact", Object{})
	add("object of nulls", "contact", Object{"name": nil, "address": Object{"city": nil}})
	out[len(out)-1].config = withValue(out[len(out)-1].config, "contact.email", nil)
	add("nested object emptied", "contact.address", Object{})
	add("project changed", "project", "elsewhere")
	add("total promised", "total", "500")
	return out
}

// No vendor can change a link: a change of any argument replaces it, because of that argument and no other.
func TestEveryArgumentAloneReplaces(t *testing.T) {
	t.Parallel()
	base := newFixture(t)
	state := base.mustRefresh(base.mustCreate(fullConfig()))
	base.store.TakeCalls()
	for _, c := range everyChange() {
		t.Run(c.name, func(t *testing.T) {
			plan := base.Plan(resourceType, state, c.config)
			if c.changed == "" {
				base.requireEmptyPlan(plan)
				return
			}
			if plan.HasError() || plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{c.changed}) {
				t.Errorf("got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			requireCounts(t, plan.Diagnostics, 0, c.warnings()) // the old URL can still be paid
			requireText(t, plan.Diagnostics, "can still be paid", "https://pay.example/pl-1")
			requirePlannedAsConfigured(t, c.config, state, plan)
		})
	}
	base.requireCalls("")
}

// The same changes applied: there is one new link, the old one is revoked, and the next plan is empty.
func TestEveryReplacementRevokesTheOldLink(t *testing.T) {
	t.Parallel()
	for _, c := range everyChange() {
		if c.changed == "" || c.changed == "total" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			state, plan, diags := f.ApplyConfig(f.mustCreate(fullConfig()), resourceType, c.config)
			if plan.Action != protocoltest.Replace || diags.HasError() {
				t.Fatalf("got %s: %s", plan.Action, diags)
			}
			requireText(t, diags, c.changed, "pl-1", "stops working")
			requireCounts(t, diags, 0, c.warnings())
			if f.requireCalls("create=1 get=1 revoke=1"); state.Text("id") != "pl-2" || f.store.Payable() != 1 {
				t.Errorf("the state holds %s, the vendor %d live links", state.Text("id"), f.store.Payable())
			}
			f.requireNoDrift(state, c.config)
		})
	}
}

// The same value in another form is no change.
func TestEquivalentValuesPlanNothing(t *testing.T) {
	t.Parallel()
	base := fullConfig(Object{"total": "109.90"})
	cases := map[string][2]Object{}
	for _, zeros := range []string{"10.0", "10.00", "010", "10.0000000000"} {
		cases["amount as "+zeros] = [2]Object{base, withValue(base, "lines.0.price.value", zeros)}
	}
	for _, zeros := range []string{"1.5", "01.500"} {
		cases["weight as "+zeros] = [2]Object{base, withValue(base, "lines.0.weight", zeros)}
	}
	for _, total := range []any{"109.9", "109.900", nil} {
		cases["total as "+quote(total)] = [2]Object{base, withValue(base, "total", total)}
	}
	cases["total written out"] = [2]Object{fullConfig(), base}
	cases["set reordered"] = [2]Object{base, withValue(base, "methods", List{"ideal", "card"})}
	for _, pair := range [][2]any{{nil, ""}, {"", nil}, {nil, "standard"}, {"standard", ""}, {"standard", nil}} {
		cases["grade "+quote(pair[0])+" then "+quote(pair[1])] = [2]Object{withValue(base, "grade", pair[0]), withValue(base, "grade", pair[1])}
	}
	for _, pair := range [][2]any{{nil, ""}, {"", nil}} {
		cases["return_url "+quote(pair[0])+" then "+quote(pair[1])] = [2]Object{withValue(base, "return_url", pair[0]), withValue(base, "return_url", pair[1])}
	}
	nothings := map[string]any{"null": nil, "{}": Object{}, "{nulls}": Object{"name": nil, "address": nil}, "{empty}": Object{"name": "", "address": Object{"city": ""}}}
	for a, before := range nothings {
		for b, after := range nothings {
			cases["contact "+a+" then "+b] = [2]Object{withValue(base, "contact", before), withValue(base, "contact", after)}
		}
	}
	cases["set null then empty"] = [2]Object{withValue(base, "methods", nil), withValue(base, "methods", List{})}
	cases["set empty then null"] = [2]Object{withValue(base, "methods", List{}), withValue(base, "methods", nil)}
	cases["pin emptied"] = [2]Object{base, withValue(base, "pin", "")}
	cases["email emptied"] = [2]Object{base, withValue(base, "contact.email", "")}
	for _, name := range slices.Collect(maps.Keys(cases)) {
		cases[name+", defaults shown"] = cases[name]
	}
	for name, pair := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			f.store.FillDefaults = strings.HasSuffix(name, "defaults shown")
			state := f.mustCreate(pair[0])
			for _, before := range []protocoltest.State{state, f.mustRefresh(state)} {
				plan := f.Plan(resourceType, before, pair[1])
				if plan.HasError() || len(plan.Because) > 0 || plan.Action == protocoltest.Replace || len(plan.Diagnostics) > 0 {
					t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				requirePlannedAsConfigured(t, pair[1], before, plan)
			}
			f.store.TakeCalls()
			state, _, diags := f.ApplyConfig(state, resourceType, pair[1])
			requireCounts(t, diags, 0, 0)
			f.requireCalls("get=1")
			f.requireNoDrift(state, pair[1])
		})
	}
}

// A value that the vendor answers in another form stays as configured, also beside real drift.
func TestDriftBesideAVendorForm(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	f.store.Change("pl-1", func(l *memdriver.Link) { l.Lines[1].Value = "98.00" })
	state = f.mustRefresh(state)
	for path, want := range map[string]string{
		"lines.1.price.value": "98.0000000000", "lines.0.price.value": "10", "return_url": "https://shop.example/done", "lines.1.weight": "20", "pin": "1234",
	} {
		if got := state.Text(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if plan := f.Plan(resourceType, state, fullConfig()); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"lines"}) {
		t.Errorf("drift of a price: %s because of %v", plan.Action, plan.Because)
	}
}

// An argument that was left out and that the vendor fills in later (the payer's details, at the payment) is no reason for another
// link.
func TestAttributesFilledInLaterAreNoDrift(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	config := fullConfig(Object{"contact": nil, "return_url": nil})
	state := f.mustCreate(config)
	f.store.Change("pl-1", func(l *memdriver.Link) {
		l.Contact, l.ReturnURL = &memdriver.Contact{Name: "Ada"}, "https://shop.example/"
	})
	f.requireNoDrift(f.mustRefresh(state), config)
}

// If a value that the vendor wrote in another form drifts and comes back, the state follows.
func TestDriftInAVendorFormIsFollowed(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig())
	f.store.Change("pl-1", func(l *memdriver.Link) { l.ReturnURL = "https://elsewhere.example/" })
	state = f.mustRefresh(state)
	if state.Text("return_url") != "https://elsewhere.example/" {
		t.Fatalf("the drift is not seen: %s", state.Text("return_url"))
	}
	f.store.Change("pl-1", func(l *memdriver.Link) { l.ReturnURL = "https://shop.example/done/" })
	if state = f.mustRefresh(state); state.Text("return_url") == "https://elsewhere.example/" {
		t.Error("the state holds what the vendor does not say any more")
	}
}

var policyOverrides = map[string]Object{
	"replace_when more":   {"replace_when": List{"revoked", "paid"}},
	"replace_when none":   {"replace_when": List{}},
	"replace_paid":        {"replace_paid": true},
	"on_destroy":          {"on_destroy": "fail"},
	"timeouts":            {"timeouts": Object{"create": "10m"}},
	"timeouts.delete":     {"timeouts": Object{"delete": "1h"}},
	"all":                 {"replace_when": List{"expired"}, "replace_paid": true, "on_destroy": "fail", "timeouts": Object{"read": "10s"}},
	"written-out default": {"on_destroy": "abandon", "replace_when": List{"revoked"}, "replace_paid": false},
}

// Policies change in place and without a request, whatever the state's origin.
func TestPoliciesChangeInPlace(t *testing.T) {
	t.Parallel()
	origins := map[string]func(*testing.T, *fixture) protocoltest.State{
		"created": func(_ *testing.T, f *fixture) protocoltest.State { return f.mustCreate(fullConfig()) },
		"imported": func(t *testing.T, f *fixture) protocoltest.State {
			f.mustCreate(fullConfig())
			f.store.ShowHidden = true
			return mustImport(t, f, "pl-1")
		},
		"from before there were policies": func(t *testing.T, f *fixture) protocoltest.State {
			return withoutAttributes(t, f.mustCreate(fullConfig()), "replace_when", "replace_paid", "on_destroy", "timeouts")
		},
	}
	for origin, build := range origins {
		for name, policy := range policyOverrides {
			t.Run(origin+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t)
				state := build(t, f)
				config := fullConfig(policy)
				if origin == "imported" { // it describes the link as the vendor spells it
					config = withValue(config, "return_url", "https://shop.example/done/")
				}
				f.store.TakeCalls()
				plan := f.Plan(resourceType, state, config)
				want := protocoltest.Update
				if name == "written-out default" && origin != "from before there were policies" {
					want = protocoltest.Nothing
				}
				if plan.Action != want || len(plan.Diagnostics) > 0 {
					t.Fatalf("got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				state, diags := f.Apply(plan)
				requireCounts(t, diags, 0, 0)
				f.requireCalls("")
				for path, want := range policy {
					if (path == "on_destroy" || path == "replace_paid") && state.Get(path) != want {
						t.Errorf("%s: %v", path, state.Get(path))
					}
				}
				if state.Text("id") != "pl-1" || identityOf(t, state)["id"] != "pl-1" {
					t.Errorf("another link: %s", state.Raw)
				}
				f.requireNoDrift(state, config)
			})
		}
	}
}

// A refresh fills the defaults into a state without policies, so that the plan is empty.
func TestRefreshFillsInPolicies(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := withoutAttributes(t, f.mustCreate(fullConfig()), "replace_when", "replace_paid", "on_destroy")
	f.requireNoDrift(f.mustRefresh(state), fullConfig())
}

func TestInvalidPolicies(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		config  Object
		at      string
		changes []func(*memdriver.Options)
	}{
		"open in replace_when":              {Object{"replace_when": List{"open"}}, "replace_when.*", nil},
		"revoke where there is no call":     {Object{"on_destroy": "revoke"}, "on_destroy", nil},
		"fail where there is a call":        {Object{"on_destroy": "fail"}, "on_destroy", []func(*memdriver.Options){revocable}},
		"a time-out that is not a duration": {Object{"timeouts": Object{"create": "soon"}}, "timeouts.create", nil},
		"the vendor's own rule":             {Object{"title": "forbidden"}, "title", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diags := newFixture(t, tc.changes...).Validate(resourceType, fullConfig(tc.config)); len(diags.ForAttribute(tc.at).Errors()) != 1 {
				t.Errorf("not one error at %s: %s", tc.at, diags)
			}
		})
	}
}

// An unknown `replace_when` cannot decide about a link that has ended: an apply that then replaced it would contradict its plan.
func TestUnknownReplaceWhenOfAnEndedLink(t *testing.T) {
	t.Parallel()
	for state, blocked := range map[string]bool{"open": false, "paid": true, "expired": true, "revoked": true, "processing": false, "unknown": false} {
		f := newFixture(t)
		made := inState(t, f.mustCreate(fullConfig()), state)
		plan := f.Plan(resourceType, made, fullConfig(Object{"replace_when": tfconfig.Unknown}))
		if blocked != plan.HasError() || plan.Action == protocoltest.Replace {
			t.Errorf("%s: %s %s", state, plan.Action, plan.Diagnostics)
		}
		if blocked && len(plan.Errors().ForAttribute("replace_when")) != 1 {
			t.Errorf("%s: not at the attribute: %s", state, plan.Diagnostics)
		}
	}
}

// A link that is gone is dropped by the `replace_when` of the state; a new one that does not ask for it counts all the same.
func TestGoneUnderANewReplaceWhen(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	before := createOld(f, fullConfig())
	f.store.Forget("pl-1")
	if state, _ := f.Refresh(before); state.Exists() {
		t.Fatal("not dropped")
	}
	none := Object{"replace_when": List{}}
	plan := f.Plan(resourceType, protocoltest.State{}, fullConfig(none))
	requireCounts(t, plan.Diagnostics, 1, 0)
	requireText(t, plan.ForAttribute("replace_when"), "pl-1", "https://pay.example/pl-1", "`revoked`", "-refresh=false")
	for name, config := range map[string]Object{"the old policy": fullConfig(), "another link": fullConfig(none, Object{"title": "Another order"})} {
		if plan := f.Plan(resourceType, protocoltest.State{}, config); plan.Action != protocoltest.Create || len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, plan.Diagnostics)
		}
	}
	kept, diags := f.Apply(f.Plan(resourceType, before, fullConfig(none))) // without a refresh, as the error says
	requireCounts(t, diags, 0, 0)
	kept, _ = f.Refresh(kept)
	if kept.Text("state") != "revoked" {
		t.Errorf("%q", kept.Text("state"))
	}
	if plan := f.Plan(resourceType, kept, fullConfig(none)); plan.Action != protocoltest.Nothing {
		t.Errorf("%s: %s", plan.Action, plan.Diagnostics)
	}
}
