package link_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := *err
			refused.Outcome = rest.Refused
			w := start(t)
			w.bank.failNext(callCreate, fault{err: &refused})
			state, _, diags := w.Up(acctest.State{}, kind, full())
			if state.Exists() {
				t.Errorf("in state: %s", state.Raw)
			}
			count(t, diags, 1, 0)
			says(t, diags, "Cannot create Memory payment link", "Nothing was created")
			says(t, diags, parts(err)...)
			w.calls("create=1")

			state, _, diags = w.Up(state, kind, full()) // the next apply is a plain create
			count(t, diags, 0, 0)
			w.calls("create=1")
			w.settled(state, full())
		})
	}
}

func TestCreateRefusedAtAnAttribute(t *testing.T) {
	t.Parallel()
	for pointer, want := range map[string]string{
		"/title":                            "title",
		"title":                             "title",
		"/payment_link/title":               "title",
		"/payment_link/lines/1/price/value": "lines.1.price.value",
		"data.lines[0].price.currency":      "lines.0.price.currency",
		"lines/0/nonsense":                  "lines.0",
		"lines/first/name":                  "lines",
		"lines/-1/name":                     "lines",
		"contact.address.zip":               "contact.address.zip",
		"contact.address.zip.more":          "contact.address.zip",
		"returnUrl":                         "return_url",
		"/body/replaceWhen":                 "replace_when",
		"methods/0":                         "methods",
		"nowhere/at/all":                    "",
		"":                                  "",
		"///":                               "",
	} {
		t.Run(pointer, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.bank.failNext(callCreate, fault{err: &rest.Error{
				Status: 422, Code: "invalid", Message: "Look at the field", RequestID: "req-1",
				Fields: []rest.Field{{Pointer: "no_such_field", Message: "First"}, {Pointer: pointer, Code: "wrong", Message: "Second"}},
			}})
			_, _, diags := w.Up(acctest.State{}, kind, full())
			if count(t, diags, 1, 0); diags[0].Attribute != want {
				t.Errorf("at %q, want %q", diags[0].Attribute, want)
			}
			says(t, diags, "422", "invalid", "Look at the field", "req-1", "First", "Second", "wrong", "Nothing was created")
		})
	}
}

// Nobody knows what became of the create: say so, show what could be it, never send it again.
func TestCreateWithAnUnknownOutcome(t *testing.T) {
	t.Parallel()
	lost := failures()["no word"]
	known := described() // the link as the vendor spells it
	twin := func(w *world, config Object) { w.create(config) }
	for name, tc := range map[string]struct {
		prepare    func(w *world)
		after      bool
		config     Object
		candidates []string
	}{
		"not carried out":            {config: known},
		"carried out":                {after: true, config: known, candidates: []string{"proj/pl-1"}},
		"carried out, small":         {after: true, config: small(), candidates: []string{"proj/pl-1"}},
		"in another project":         {after: true, config: with(known, Object{"project": "elsewhere"}), candidates: []string{"elsewhere/pl-1"}},
		"a twin in another project":  {prepare: func(w *world) { twin(w, with(known, Object{"project": "elsewhere"})) }, config: known},
		"a twin, and no dates":       {prepare: func(w *world) { twin(w, known) }, after: true, config: known, candidates: []string{"proj/pl-1", "proj/pl-2"}},
		"an older twin, with dates":  {prepare: func(w *world) { w.bank.dated = true; aged(w, known) }, after: true, config: known, candidates: []string{"proj/pl-2"}},
		"an ended twin":              {prepare: func(w *world) { twin(w, known); w.bank.become("pl-1", "CANCELED") }, after: true, config: known, candidates: []string{"proj/pl-2"}},
		"another title":              {prepare: func(w *world) { twin(w, with(known, Object{"title": "Order 43"})) }, config: known},
		"another amount":             {prepare: func(w *world) { twin(w, put(known, "lines.0.price.value", "10.01")) }, config: known},
		"one line more":              {prepare: func(w *world) { twin(w, put(known, "lines", append(known["lines"].(List), known["lines"].(List)[0]))) }, config: known},
		"other hidden fields":        {prepare: func(w *world) { twin(w, put(known, "pin", "9")) }, config: known, candidates: []string{"proj/pl-1"}},
		"other policies":             {prepare: func(w *world) { twin(w, put(known, "on_destroy", "fail")) }, config: known, candidates: []string{"proj/pl-1"}},
		"the list lags behind":       {prepare: func(w *world) { w.bank.unlisted["pl-1"] = true }, after: true, config: known},
		"activation comes only then": {after: true, config: with(known, Object{"activate": true}), candidates: []string{"proj/pl-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			if tc.prepare != nil {
				tc.prepare(w)
			}
			w.bank.failNext(callCreate, fault{err: lost, after: tc.after})
			state, _, diags := w.Up(acctest.State{}, kind, tc.config)
			if state.Exists() {
				t.Errorf("in state: %s", state.Raw)
			}
			w.calls("create=1 list=1")
			count(t, diags, 1, 0)
			says(t, diags, "Cannot tell whether the Memory payment link was created", "may exist", "connection reset by peer", "import {", "to = paymentlinks_memory_link.NAME", "creates another link")
			if len(tc.candidates) == 0 {
				says(t, diags, "none with this content", "may still appear", `id = "ID"`)
			}
			for _, id := range tc.candidates {
				says(t, diags, fmt.Sprintf("id = %q", id), "terraform import paymentlinks_memory_link.NAME "+id, "https://pay.example/"+id[strings.Index(id, "/")+1:])
			}
			if got := strings.Count(diags.String(), "import {"); got != max(1, len(tc.candidates)) {
				t.Errorf("%d import blocks: %s", got, diags)
			}
			if len(tc.candidates) == 1 && tc.after { // what it says works
				w.bank.shows, w.bank.unlisted = true, map[string]bool{}
				found := imported(t, w, tc.candidates[0])
				if plan := w.Plan(kind, found, tc.config); plan.Action == acctest.Replace || plan.HasError() {
					t.Errorf("%s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
				}
			}
		})
	}
}

func TestCreateWithAnUnknownOutcomeAndAOnePartIdentity(t *testing.T) {
	t.Parallel()
	w := start(t, unscoped)
	w.bank.failNext(callCreate, fault{err: failures()["500"], after: true})
	state, _, diags := w.Up(acctest.State{}, kind, described())
	if count(t, diags, 1, 0); state.Exists() {
		t.Errorf("in state: %s", state.Raw)
	}
	says(t, diags, `id = "pl-1"`, "terraform import paymentlinks_memory_link.NAME pl-1")
	says(t, diags, parts(failures()["500"])...)
	w.calls("create=1 list=1")
}

func TestCreateWithAnUnknownOutcomeAndNoList(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.bank.failNext(callCreate, fault{err: failures()["no word"]})
	w.bank.failNext(callList, fault{err: failures()["503"]})
	_, _, diags := w.Up(acctest.State{}, kind, full())
	count(t, diags, 1, 0)
	says(t, diags, "may exist", "connection reset by peer", "Looking for it failed too", `id = "ID"`)
	says(t, diags, parts(failures()["503"])...)
	w.calls("create=1 list=1")
}

// A replacement whose create fails has ended the old link and holds nothing: the next apply creates.
func TestReplacementWhoseCreateFails(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	state := w.create(full())
	w.bank.failNext(callCreate, fault{err: failures()["429"]})
	state, _, diags := w.Up(state, kind, full(Object{"title": "New"}))
	if !diags.HasError() || state.Exists() {
		t.Fatalf("in state: %v, %s", state.Exists(), diags)
	}
	w.calls("create=1 get=1 revoke=1")
	w.settled(w.create(full(Object{"title": "New"})), full(Object{"title": "New"}))
}
