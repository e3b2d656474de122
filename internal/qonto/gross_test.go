package qonto_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Provider and vendor disagree about the unit of vat_rate. The new link is deactivated again, nothing is
// in state, and the error names the setting.
func TestWrongUnit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		unit     string
		fraction bool // at the vendor
		rate     string
		at       string
		asked    []string
		words    []string
	}{
		"percent read as a fraction": {"percent", true, "0.5", "items", []string{"create", "deactivate"}, []string{"vat_rate_unit", "11.04", "16.49", "revoked"}},
		"fraction read as percent":   {"fraction", false, "21.0", "items", []string{"create", "deactivate"}, []string{"vat_rate_unit", "13.30", "11.01", "revoked"}},
		// The vendor itself refuses a fraction of 1 and more.
		"percent refused as a fraction": {"percent", true, "21.0", "items.0.vat_rate", []string{"create"}, []string{"422", "fraction"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, object{"vat_rate_unit": test.unit})
			f.qonto().Set(func(s *qontosandbox.Switches) { s.VATFraction = test.fraction })
			state, _, diags := f.ApplyConfig(protocoltest.State{}, basket(object{"items.0.vat_rate": test.rate}))
			f.RequireErrors(diags, test.at, test.words...)
			if state.Exists() {
				t.Errorf("the state holds %s", state.Raw)
			}
			f.RequireCalls(test.asked...)
			f.RequirePayable(0)
			for _, held := range f.qonto().Links() {
				f.RequireText(diags, held.ID)
			}
		})
	}
}

// With the setting right, both units work, and the state always holds a percentage.
func TestRightUnit(t *testing.T) {
	t.Parallel()
	for unit, fraction := range map[string]bool{"percent": false, "fraction": true} {
		for _, rate := range []string{"21.0", "0", "5.5", "0.9", "100", "19.6", "20"} {
			if fraction && rate == "100" { // the sandbox refuses a fraction of 1
				continue
			}
			f := newFixture(t, object{"vat_rate_unit": unit})
			f.qonto().Set(func(s *qontosandbox.Switches) { s.VATFraction = fraction })
			config := basket(object{"items.0.vat_rate": rate})
			state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
			if diags.HasError() {
				t.Fatalf("%s %s: %s", unit, rate, diags)
			}
			if got := state.Text("items.0.vat_rate"); got != rate {
				t.Errorf("%s %s: state %q", unit, rate, got)
			}
			state, _ = f.Refresh(state)
			if plan := f.Plan(state, config); plan.Action != protocoltest.Nothing {
				t.Errorf("%s %s: %s", unit, rate, plan.Action)
			}
			imported, diags := f.ImportByID(state.Text("id"))
			if diags.HasError() {
				t.Fatal(diags)
			}
			if plan := f.Plan(imported, config); plan.Action != protocoltest.Nothing {
				t.Errorf("imported %s %s: %s, %v", unit, rate, plan.Action, imported.Get("items.0.vat_rate"))
			}
		}
	}
}

// A written amount is checked against what the vendor made, to the cent.
func TestExpectedAmount(t *testing.T) {
	t.Parallel()
	for value, refused := range map[string]bool{"13.30": false, "13.3": false, "13.300": false, "13.29": true} {
		f := newFixture(t)
		config := basket(object{"amount": object{"value": value, "currency": "EUR"}})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
		if !refused {
			if len(diags) > 0 {
				t.Fatalf("%s: %s", value, diags)
			}
			f.RequireNoDrift(state, config)
			continue
		}
		f.RequireErrors(diags, "amount.value", value, "13.30", "revoked", f.qonto().Links()[0].ID)
		if state.Exists() {
			t.Errorf("%s: in state", value)
		}
		f.RequireCalls("create", "deactivate")
		f.RequirePayable(0)
	}
}

// Whether the vendor rounds each item or their sum, its gross is accepted.
func TestRounding(t *testing.T) {
	t.Parallel()
	line := func(price, rate string, quantity int) object {
		return object{"title": "x", "quantity": quantity, "unit_price": object{"value": price, "currency": "EUR"}, "vat_rate": rate}
	}
	grosses := map[string]bool{}
	for _, perItem := range []bool{false, true} {
		f := newFixture(t)
		f.qonto().Set(func(s *qontosandbox.Switches) { s.RoundPerItem = perItem })
		config := basket(object{"items": list{line("0.05", "10", 1), line("0.05", "10", 1), line("0.05", "10", 1), line("10.99", "21.0", 3)}})
		state := f.Create(config)
		f.RequireNoDrift(state, config)
		grosses[state.Text("amount.value")] = true
	}
	if len(grosses) != 2 {
		t.Errorf("the items do not tell the two ways of rounding apart: %v", grosses)
	}
}

// Another expectation of the same items, over a link that exists, must not end it: its
// replacement could only fail.
func TestExpectedOtherwise(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.Create(basket())
	other := basket(object{"amount": object{"value": "13.31", "currency": "EUR"}})
	for range 2 {
		plan := f.Plan(state, other)
		if plan.Action != protocoltest.Nothing {
			t.Fatalf("%s because of %v", plan.Action, plan.Because)
		}
		f.RequireText(plan.Warnings().ForAttribute("amount.value"), "13.31", "13.30", "stays as it is")
		state, _, _ = f.ApplyConfig(state, other)
	}
	if n := f.CallCount("deactivate"); n != 0 || f.qonto().Payable() != 1 {
		t.Errorf("%d deactivated, %d payable", n, f.qonto().Payable())
	}
	if plan := f.Plan(state, basket(object{"items.0.quantity": 2, "amount": object{"value": "26.60", "currency": "EUR"}})); plan.Action != protocoltest.Replace {
		t.Errorf("other items: %s", plan.Action)
	}
}

// An answer without a readable amount says nothing against the link: it is in state, with a warning where there is something to read.
func TestGrossThatNobodyCanRead(t *testing.T) {
	t.Parallel()
	for amount, warned := range map[string]int{`{"value":"n/a","currency":"EUR"}`: 1, `{"value":"","currency":"EUR"}`: 0, `null`: 0} {
		f := newFixture(t)
		if err := f.API().Seed([]byte(drivertest.Testdata("published_link.json"))); err != nil {
			t.Fatal(err)
		}
		body := fmt.Sprintf(`{"payment_link":{"id":%q,"status":"open","amount":%s,"url":"https://pay.qonto.com/x","items":[]}}`, publishedID, amount)
		f.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusCreated, Body: body})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
		if diags.HasError() || len(diags) != warned || state.Text("id") != publishedID {
			t.Errorf("%s: state %s, %s", amount, state.Raw, diags)
		}
		f.RequireCalls("create")
	}
}
