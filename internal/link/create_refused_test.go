package link_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestRefusedCreateLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused := *err
			refused.Outcome = rest.NotApplied
			f := newFixture(t)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: &refused})
			state, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
			if state.Exists() {
				t.Errorf("in state: %s", state.Raw)
			}
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot create Memory payment link", "Nothing was created")
			requireText(t, diags, errorParts(err)...)
			f.requireCalls("create=1")

			state, _, diags = f.ApplyConfig(state, resourceType, fullConfig()) // the next apply is a plain create
			requireCounts(t, diags, 0, 0)
			f.requireCalls("create=1")
			f.requireNoDrift(state, fullConfig())
		})
	}
}

func TestRefusedCreateNamesTheAttribute(t *testing.T) {
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
			f := newFixture(t)
			f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: &rest.Error{
				Status: 422, Code: "invalid", Message: "Look at the field", RequestID: "req-1",
				Fields: []rest.Field{{Pointer: "no_such_field", Message: "First"}, {Pointer: pointer, Code: "wrong", Message: "Second"}},
			}})
			_, _, diags := f.ApplyConfig(protocoltest.State{}, resourceType, fullConfig())
			if requireCounts(t, diags, 1, 0); diags[0].Attribute != want {
				t.Errorf("at %q, want %q", diags[0].Attribute, want)
			}
			requireText(t, diags, "422", "invalid", "Look at the field", "req-1", "First", "Second", "wrong", "Nothing was created")
		})
	}
}

// A replacement whose create fails has revoked the old link and leaves no state: the next apply creates.
func TestReplacementWhoseCreateFails(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	state := f.mustCreate(fullConfig())
	f.store.FailNext(memdriver.CallCreate, memdriver.Fault{Err: failures()["429"]})
	state, _, diags := f.ApplyConfig(state, resourceType, fullConfig(Object{"title": "New"}))
	if !diags.HasError() || state.Exists() {
		t.Fatalf("in state: %v, %s", state.Exists(), diags)
	}
	f.requireCalls("create=1 get=1 revoke=1")
	f.requireNoDrift(f.mustCreate(fullConfig(Object{"title": "New"})), fullConfig(Object{"title": "New"}))
}
