package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := *err
			refused.Outcome = rest.NotApplied
			w := start(t)
			w.bank.failNext(callCreate, fault{err: &refused})
			state, _, diags := w.ApplyConfig(protocoltest.State{}, kind, full())
			if state.Exists() {
				t.Errorf("in state: %s", state.Raw)
			}
			count(t, diags, 1, 0)
			says(t, diags, "Cannot create Memory payment link", "Nothing was created")
			says(t, diags, parts(err)...)
			w.calls("create=1")

			state, _, diags = w.ApplyConfig(state, kind, full()) // the next apply is a plain create
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
			_, _, diags := w.ApplyConfig(protocoltest.State{}, kind, full())
			if count(t, diags, 1, 0); diags[0].Attribute != want {
				t.Errorf("at %q, want %q", diags[0].Attribute, want)
			}
			says(t, diags, "422", "invalid", "Look at the field", "req-1", "First", "Second", "wrong", "Nothing was created")
		})
	}
}

// A replacement whose create fails has ended the old link and holds nothing: the next apply creates.
func TestReplacementWhoseCreateFails(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	state := w.create(full())
	w.bank.failNext(callCreate, fault{err: failures()["429"]})
	state, _, diags := w.ApplyConfig(state, kind, full(Object{"title": "New"}))
	if !diags.HasError() || state.Exists() {
		t.Fatalf("in state: %v, %s", state.Exists(), diags)
	}
	w.calls("create=1 get=1 revoke=1")
	w.settled(w.create(full(Object{"title": "New"})), full(Object{"title": "New"}))
}
