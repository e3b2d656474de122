package gigs_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
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
		"out of the state":   drivertest.Replace(stored(), writeOnly(), "ebanx"),
		"into the state":     drivertest.Replace(writeOnly(), stored(), "ebanx"),
		"no version anymore": drivertest.Replace(writeOnly(), writeOnly(object{"ebanx.user_wo_version": nil}), "ebanx"),
	},
	Excluded: map[string][]string{"minimal": {"ebanx.user_wo", "ebanx.user_wo_version"}, "stored": {"ebanx.user_wo", "ebanx.user_wo_version"}, "write-only": {"ebanx.user"}},
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
