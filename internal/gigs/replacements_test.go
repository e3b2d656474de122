package gigs_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

var anybody = object{"full_name": "Other", "email": "other@example.com", "tax_number": "11144477735"}

var replacements = drivertest.Replacements{
	Others: map[string]object{
		"minimal": {"ebanx": object{"user": anybody}},
		"stored": {
			"project": "elsewhere", "ebanx": object{"user": anybody}, "ebanx.user": anybody, redirect: "https://example.com/thanks/?order=1", tax: "29006307203",
			"type": "pix", // refused by validation; that it would replace is shown all the same
		},
		"write-only": {"ebanx": object{"user": anybody}, "ebanx.user": anybody},
	},
	Pairs: map[string]drivertest.Replacement{
		"another invoice":    drivertest.Replace(stored(), stored(object{"invoice": otherInvoice}), "invoice"),
		"another minimal":    drivertest.Replace(minimal(), minimal(object{"invoice": otherInvoice}), "invoice"),
		"another payer":      drivertest.Replace(stored(), stored(object{"ebanx.user.full_name": "Other"}), "ebanx"),
		"a redirect":         drivertest.Replace(minimal(), stored(), "ebanx"),
		"no redirect":        drivertest.Replace(stored(), minimal(), "ebanx"),
		"another slash":      drivertest.Replace(stored(object{redirect: "https://example.com/a"}), stored(object{redirect: "https://example.com/a/"}), "ebanx"),
		"another version":    drivertest.Replace(writeOnly(), writeOnly(object{"ebanx.user_wo_version": 2}), "ebanx"),
		"a first version":    drivertest.Replace(writeOnly(object{"ebanx.user_wo_version": nil}), writeOnly(), "ebanx"),
		"into the state":     drivertest.Replace(writeOnly(), stored(), "ebanx"),
		"no version anymore": drivertest.Replace(writeOnly(), writeOnly(object{"ebanx.user_wo_version": nil}), "ebanx"),
	},
	Excluded: map[string][]string{"minimal": {"ebanx.user_wo", "ebanx.user_wo_version"}, "stored": {"ebanx.user_wo", "ebanx.user_wo_version"}, "write-only": {"ebanx.user"}},
}

// The same payer goes from `user` to `user_wo` in place, and leaves the state; another one makes a new link.
func TestPayerBecomesWriteOnly(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	for _, version := range []any{1, nil} {
		state := f.Create(stored())
		written := stored(object{"ebanx.user": nil, "ebanx.user_wo": payer(), "ebanx.user_wo_version": version})
		f.RequireReplaced(state, tfconfig.With(written, "ebanx.user_wo.full_name", "Other"), "ebanx")
		unknown := tfconfig.With(written, "ebanx.user_wo", tfconfig.Unknown)
		if plan := f.Plan(state, unknown); plan.Action != protocoltest.Update || plan.HasError() {
			t.Errorf("not known yet: %s because of %v: %s", plan.Action, plan.Because, plan.Diagnostics)
		}
		after := f.RequireNoDrift(f.ApplyInPlace(state, written), written)
		if after.Text("id") != state.Text("id") || after.Get("ebanx.user") != nil {
			t.Errorf("the state of %s holds %v", after.Text("id"), after.Get("ebanx.user"))
		}
	}
}

// A payer that is left out of the configuration of a link made with one is a change that needs one.
func TestPayerRemoved(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(stored())
	f.ResetCalls()
	f.RequireErrors(f.Plan(state, stored(object{"ebanx.user": nil})).Diagnostics, "ebanx.user", "user_wo", "payer")
	f.RequireCalls()
}
