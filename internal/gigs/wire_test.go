package gigs_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// elaine is the payer of the vendor's sample request.
func elaine(taxNumber string) object {
	return object{"full_name": "Elaine Benes", "email": "elaine@example.com", "tax_number": taxNumber}
}

var (
	full  = object{"invoice": invoiceID, "ebanx": object{"user": elaine(payerTax), "redirect_url": home}}
	least = object{"invoice": invoiceID, "ebanx": object{"user": elaine("29006307203")}}
)

var wire = drivertest.Wire{
	Calls: map[string]string{"create": "POST /projects/gigs/paymentLinks", "get": "GET /projects/gigs/paymentLinks/{id}"},
	Headers: func(env map[string]string) map[string]string {
		return map[string]string{"Authorization": "Bearer " + env["GIGS_API_KEY"]}
	},
	IdempotencyHeader: "Idempotency-Key",
	Bodies: map[string]drivertest.Body{ // the vendor's own sample, and the same without what is optional (contract 2.4)
		"full":                 {Config: full, File: "create_full.json"},
		"type written":         {Config: tfconfig.Changed(full, object{"type": "ebanx"}), File: "create_full.json"},
		"project written":      {Config: tfconfig.Changed(full, object{"project": "gigs"}), File: "create_full.json", Settings: object{"project": "elsewhere"}},
		"least":                {Config: least, File: "create_minimal.json"},
		"write-only":           {Config: object{"invoice": invoiceID, "ebanx": object{"user_wo": elaine(payerTax), "redirect_url": home}}, File: "create_full.json"},
		"write-only, versions": {Config: object{"invoice": invoiceID, "ebanx": object{"user_wo": elaine("29006307203"), "user_wo_version": 7}}, File: "create_minimal.json"},
		"without keys":         {Config: full, File: "create_full.json", Settings: unkeyed},
	},
	Texts: "ebanx.user.full_name",
}

// Where the browser goes is sent as it stands, whatever it holds.
func TestRedirectsAreSentAsWritten(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	for _, address := range []string{home, home + "/?a=%20&b=<>", "HTTP://Example.com:8080/å#x"} {
		config := stored(object{redirect: address})
		state := f.Create(config)
		links := sandboxOf(f).Links()
		if got := *links[len(links)-1].RedirectURL; got != address {
			t.Errorf("the vendor has %q, want %q", got, address)
		}
		f.RequireNoDrift(state, config)
	}
}
