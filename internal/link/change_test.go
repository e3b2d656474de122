package link_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// kept are the arguments that the vendor fills in: left out, they stay what the link has.
var kept = []string{"grade", "express", "pin", "contact.email", "lines.0.price.currency", "lines.1.price.currency"}

// required cannot be left out.
var required = []string{"title", "lines", "lines.0.name", "lines.1.name", "lines.0.price", "lines.1.price", "lines.0.price.value", "lines.1.price.value"}

type change struct {
	name   string
	config Object
	root   string // the one attribute that changes; "": nothing does
}

// everyChange generates: each leaf with another value, each place left out, and lists, sets and objects of other sizes.
func everyChange() []change {
	base := full()
	var out []change
	add := func(name, path string, value any) {
		out = append(out, change{name, put(base, path, value), root(path)})
	}
	for _, path := range places(base) {
		value := at(base, path)
		element := root(path) == "methods" && path != "methods" || path == "lines.0" || path == "lines.1"
		if leaf(value) {
			add(path+" changed", path, other(value))
		}
		if _, text := value.(string); text && !slices.Contains(kept, path) && !slices.Contains(required, path) && root(path) != "methods" && path != "lines.0.weight" && path != "lines.1.weight" {
			add(path+" emptied", path, "")
		}
		if element || slices.Contains(required, path) {
			continue
		}
		add(path+" left out", path, nil)
		if slices.Contains(kept, path) {
			out[len(out)-1].root = ""
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
	out[len(out)-1].config = put(out[len(out)-1].config, "contact.email", nil)
	add("nested object emptied", "contact.address", Object{})
	add("project changed", "project", "elsewhere")
	add("total promised", "total", "500")
	return out
}

// Every vendor's argument alone: no vendor can change a link, so it is replaced, because of that argument and no other.
func TestChangeOfEveryArgument(t *testing.T) {
	t.Parallel()
	base := start(t)
	state := base.refresh(base.create(full()))
	base.bank.taken()
	for _, c := range everyChange() {
		t.Run(c.name, func(t *testing.T) {
			plan := base.Plan(kind, state, c.config)
			if c.root == "" {
				base.quiet(plan)
				return
			}
			if plan.HasError() || plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{c.root}) {
				t.Errorf("got %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			count(t, plan.Diagnostics, 0, 1) // the old URL stays payable
			says(t, plan.Diagnostics, "stays payable", "https://pay.example/pl-1")
			plannedAsWritten(t, c.config, state, plan)
		})
	}
	base.calls("")
}

// The same changes carried out: one new link, the old one ended, nothing left to do.
func TestReplacementOfEveryArgument(t *testing.T) {
	t.Parallel()
	for _, c := range everyChange() {
		if c.root == "" || c.root == "total" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := start(t, revocable)
			state, plan, diags := w.ApplyConfig(w.create(full()), kind, c.config)
			if plan.Action != protocoltest.Replace || diags.HasError() {
				t.Fatalf("got %s: %s", plan.Action, diags)
			}
			says(t, diags, c.root, "pl-1", "stops working")
			count(t, diags, 0, 1)
			if w.calls("create=1 get=1 revoke=1"); state.Text("id") != "pl-2" || w.bank.live() != 1 {
				t.Errorf("the state holds %s, the vendor %d live links", state.Text("id"), w.bank.live())
			}
			w.settled(state, c.config)
		})
	}
}

// The same thing in other words is no change.
func TestRewrittenIsNothing(t *testing.T) {
	t.Parallel()
	base := full(Object{"total": "109.90"})
	cases := map[string][2]Object{}
	for _, zeros := range []string{"10.0", "10.00", "010", "10.0000000000"} {
		cases["amount as "+zeros] = [2]Object{base, put(base, "lines.0.price.value", zeros)}
	}
	for _, zeros := range []string{"1.5", "01.500"} {
		cases["weight as "+zeros] = [2]Object{base, put(base, "lines.0.weight", zeros)}
	}
	for _, total := range []any{"109.9", "109.900", nil} {
		cases["total as "+text(total)] = [2]Object{base, put(base, "total", total)}
	}
	cases["total written out"] = [2]Object{full(), base}
	cases["set reordered"] = [2]Object{base, put(base, "methods", List{"ideal", "card"})}
	for _, pair := range [][2]any{{nil, ""}, {"", nil}, {nil, "standard"}, {"standard", ""}, {"standard", nil}} {
		cases["grade "+text(pair[0])+" then "+text(pair[1])] = [2]Object{put(base, "grade", pair[0]), put(base, "grade", pair[1])}
	}
	for _, pair := range [][2]any{{nil, ""}, {"", nil}} {
		cases["return_url "+text(pair[0])+" then "+text(pair[1])] = [2]Object{put(base, "return_url", pair[0]), put(base, "return_url", pair[1])}
	}
	nothings := map[string]any{"null": nil, "{}": Object{}, "{nulls}": Object{"name": nil, "address": nil}, "{empty}": Object{"name": "", "address": Object{"city": ""}}}
	for a, before := range nothings {
		for b, after := range nothings {
			cases["contact "+a+" then "+b] = [2]Object{put(base, "contact", before), put(base, "contact", after)}
		}
	}
	cases["set null then empty"] = [2]Object{put(base, "methods", nil), put(base, "methods", List{})}
	cases["set empty then null"] = [2]Object{put(base, "methods", List{}), put(base, "methods", nil)}
	cases["pin emptied"] = [2]Object{base, put(base, "pin", "")}
	cases["email emptied"] = [2]Object{base, put(base, "contact.email", "")}
	for _, name := range slices.Collect(maps.Keys(cases)) {
		cases[name+", defaults shown"] = cases[name]
	}
	for name, pair := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, revocable)
			w.bank.fills = strings.HasSuffix(name, "defaults shown")
			state := w.create(pair[0])
			for _, before := range []protocoltest.State{state, w.refresh(state)} {
				plan := w.Plan(kind, before, pair[1])
				if plan.HasError() || len(plan.Because) > 0 || plan.Action == protocoltest.Replace || len(plan.Diagnostics) > 0 {
					t.Fatalf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
				plannedAsWritten(t, pair[1], before, plan)
			}
			w.bank.taken()
			state, _, diags := w.ApplyConfig(state, kind, pair[1])
			count(t, diags, 0, 0)
			w.calls("get=1")
			w.settled(state, pair[1])
		})
	}
}

// A value that the vendor writes otherwise stays as the configuration has it, also beside a real change.
func TestDriftIsSeenThroughSpelling(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.create(full())
	w.bank.put("pl-1", func(l *wire) { l.Lines[1].Value = "98.00" })
	state = w.refresh(state)
	for path, want := range map[string]string{
		"lines.1.price.value": "98.0000000000", "lines.0.price.value": "10", "return_url": "https://shop.example/done", "lines.1.weight": "20", "pin": "1234",
	} {
		if got := state.Text(path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if plan := w.Plan(kind, state, full()); plan.Action != protocoltest.Replace || !slices.Equal(plan.Because, []string{"lines"}) {
		t.Errorf("drift of a price: %s because of %v", plan.Action, plan.Because)
	}
}

// What the configuration left out and the vendor fills in later (the payer's details, once somebody pays) is no reason
// for another link.
func TestFilledInLater(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	config := full(Object{"contact": nil, "return_url": nil})
	state := w.create(config)
	w.bank.put("pl-1", func(l *wire) { l.Contact, l.ReturnURL = &wireContact{Name: "Ada"}, "https://shop.example/" })
	w.settled(w.refresh(state), config)
}

// A detail that the vendor added drifts, and comes back: the state must say what the vendor says.
func TestDriftComesBack(t *testing.T) {
	t.Parallel()
	w := start(t)
	state := w.create(full())
	w.bank.put("pl-1", func(l *wire) { l.ReturnURL = "https://elsewhere.example/" })
	state = w.refresh(state)
	if state.Text("return_url") != "https://elsewhere.example/" {
		t.Fatalf("the drift is not seen: %s", state.Text("return_url"))
	}
	w.bank.put("pl-1", func(l *wire) { l.ReturnURL = "https://shop.example/done/" })
	if state = w.refresh(state); state.Text("return_url") == "https://elsewhere.example/" {
		t.Error("the state holds what the vendor does not say any more")
	}
}
