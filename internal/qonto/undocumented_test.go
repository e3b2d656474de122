package qonto_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What no document refuses is asked for as it is written, and where Qonto takes it, the next plan is empty.
func TestWhatNoDocumentRefuses(t *testing.T) {
	t.Parallel()
	line := func(price, currency string, quantity any) object {
		return object{"title": "x", "quantity": quantity, "unit_price": object{"value": price, "currency": currency}, "vat_rate": "20"}
	}
	for name, config := range map[string]object{
		"a discount":         basket(object{"items": list{line("100.00", "EUR", 1), line("-30.00", "EUR", 1)}}),
		"a negative line":    basket(object{"items": list{line("100.00", "EUR", 2), line("30.00", "EUR", -1)}}),
		"half an item":       basket(object{"items": list{line("100.00", "EUR", 1.5)}}),
		"another currency":   basket(object{"items": list{line("100.00", "USD", 1)}}),
		"no methods":         basket(object{"potential_payment_methods": list{}}),
		"an unknown method":  basket(object{"potential_payment_methods": list{"sepa_credit_transfer"}}),
		"a reusable invoice": invoice(object{"reusable": true}),
		"another invoice":    invoice(object{"amount": object{"value": "12.00", "currency": "USD"}}),
	} {
		f := newFixture(t)
		f.Switch(`{"accept_undocumented":true}`)
		state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
		if diags.HasError() || !state.Exists() {
			t.Errorf("%s: %s", name, diags)
			continue
		}
		f.RequireNoDrift(state, config)
		f.RequirePayable(1)
	}
}
