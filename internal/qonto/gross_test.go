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
		"percent refused as a fraction": {"percent", true, "21.0", "items.0.vat_rate", []string{"create"}, []string{"422", "fraction", "vat_rate_unit"}},
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

// A written amount is checked against what the vendor made. What may be rounding is said and ends nothing.
func TestExpectedAmount(t *testing.T) {
	t.Parallel()
	for value, warned := range map[string]bool{"13.30": false, "13.3": false, "13.300": false, "13.29": true} {
		f := newFixture(t)
		config := expecting(value)
		state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
		if diags.HasError() || (len(diags) > 0) != warned {
			t.Fatalf("%s: %s", value, diags)
		}
		if warned {
			f.RequireText(diags.ForAttribute(gross), value, "13.30", "rounding", state.Text("id"))
		}
		f.RequireCalls("create")
		f.RequireNoDrift(state, config)
	}
}

// A written amount that no rounding explains ends the new link. While planning it is compared with the items; this vendor adds something.
func TestUnexpectedAmount(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	config := basket(object{"items.0.quantity": 10, "items.0.unit_price.value": "100", "amount": object{"value": "1210", "currency": "EUR"}})
	f.answerGross("1215.00")
	state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
	f.RequireErrors(diags, gross, "1210", "1215.00", "revoked")
	if state.Exists() {
		t.Error("in state")
	}
	f.RequireCalls("create", "deactivate")
	f.RequirePayable(0)
}

// answerGross lets the next create be carried out, and answers its link with another gross.
func (f *fixture) answerGross(value string) {
	f.Helper()
	if err := f.API().Seed([]byte(drivertest.Testdata("published_link.json"))); err != nil {
		f.Fatal(err)
	}
	f.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusCreated, Times: 1, Body: fmt.Sprintf(
		`{"payment_link":{"id":%q,"status":"open","amount":{"value":%q,"currency":"EUR"},"url":"https://pay.qonto.com/x","items":[]}}`, publishedID, value)})
}

// However the vendor rounds, its gross is accepted; what comes close to it is said, and ends nothing.
func TestRounding(t *testing.T) {
	t.Parallel()
	line := func(price, rate string, quantity int) object {
		return object{"title": "x", "quantity": quantity, "unit_price": object{"value": price, "currency": "EUR"}, "vat_rate": rate}
	}
	config := basket(object{"items": list{line("0.05", "10", 1), line("0.05", "10", 1), line("0.05", "10", 1), line("10.99", "21.0", 100)}})
	grosses := map[string]bool{}
	for _, rounding := range []string{qontosandbox.RoundLine, qontosandbox.RoundUnit, qontosandbox.RoundSum} {
		f := newFixture(t)
		f.qonto().Set(func(s *qontosandbox.Switches) { s.Rounding = rounding })
		state := f.Create(config)
		f.RequireNoDrift(state, config)
		grosses[state.Text("amount.value")] = true
	}
	if len(grosses) != 3 {
		t.Errorf("the items do not tell the ways of rounding apart: %v", grosses)
	}
	for answered, kept := range map[string]bool{"1329.50": true, "1340": true, "1350": false, "1101.46": false} { // the last is the other unit
		f := newFixture(t)
		f.answerGross(answered)
		state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
		if state.Exists() != kept || diags.HasError() == kept || len(diags) != 1 {
			t.Errorf("%s: kept %t, %s", answered, state.Exists(), diags)
		}
		f.RequireText(diags.ForAttribute("items"), "1329.96", publishedID)
	}
}

// Answers in the other unit, as after a change of vat_rate_unit: the gross proves which it is. A refresh keeps the state, an import reads
// the percentage, and both name the setting once.
func TestUnitOfAnswers(t *testing.T) {
	t.Parallel()
	for unit, fraction := range map[string]bool{"percent": false, "fraction": true} {
		f := newFixture(t, object{"vat_rate_unit": unit})
		f.qonto().Set(func(s *qontosandbox.Switches) { s.VATFraction = fraction })
		state := f.Create(fullBasket())
		other := map[string]string{"percent": "fraction", "fraction": "percent"}[unit]
		f.Server = f.NewProvider(object{"vat_rate_unit": other})
		after, diags := f.Refresh(state)
		if !after.Raw.Equal(state.Raw) || diags.HasError() || len(diags) != 1 {
			t.Errorf("%s: %s\n%s", other, diags, after.Raw)
		}
		f.RequireText(diags, "vat_rate_unit", unit, state.Text("id"))
		if plan := f.Plan(after, fullBasket()); plan.Action != protocoltest.Nothing {
			t.Errorf("%s: %s", other, plan.Action)
		}
		imported, diags := f.ImportByID(state.Text("id"))
		if plan := f.Plan(imported, fullBasket()); plan.Action != protocoltest.Nothing || diags.HasError() {
			t.Errorf("imported under %s: %s, %v, %s", other, plan.Action, imported.Get("items.0.vat_rate"), diags)
		}
		f.RequireText(diags, "vat_rate_unit")
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
		f.RequireText(plan.Warnings().ForAttribute("amount.value"), "13.31", "13.30", "is kept")
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
		body := fmt.Sprintf(`{"payment_link":{"id":%q,"status":"open","amount":%s,"url":"https://pay.qonto.com/x","items":[]}}`, publishedID, amount)
		f.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusCreated, Body: body})
		state, _, diags := f.ApplyConfig(protocoltest.State{}, basket())
		if diags.HasError() || len(diags) != warned || state.Text("id") != publishedID {
			t.Errorf("%s: state %s, %s", amount, state.Raw, diags)
		}
		f.RequireCalls("create")
	}
}
