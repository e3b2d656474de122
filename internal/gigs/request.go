package gigs

import (
	"cmp"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// request returns the body of a create. A write-only payer is in the configuration alone.
func (m *model) request(config *model) createRequest {
	ebanxObject := tfvalue.Read(m.Ebanx)
	payer := ebanxObject.Object("user")
	if payer.IsNull() {
		payer = tfvalue.Read(config.Ebanx).Object("user_wo")
	}
	user := User{FullName: payer.Text("full_name"), Email: payer.Text("email"), TaxNumber: payer.Text("tax_number")}
	return createRequest{
		Invoice: m.Invoice.ValueString(),
		Type:    cmp.Or(m.Type.ValueString(), ebanx),
		Ebanx:   createEbanx{User: user, RedirectURL: ebanxObject.Text("redirect_url")},
	}
}

// digits returns a tax number without its punctuation (contract 8.3).
func digits(taxNumber string) string {
	return strings.NewReplacer(".", "", "-", "", "/", "").Replace(taxNumber)
}
