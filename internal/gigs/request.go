package gigs

import (
	"cmp"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// request returns the body of a create, and what in it is not for others' eyes. A write-only payer is in the configuration
// alone.
func (m *model) request(config *model) (body createRequest, sensitive []string) {
	ebanxObject := tfvalue.Read(m.Ebanx)
	payer := ebanxObject.Object("user")
	if payer.IsNull() {
		payer = tfvalue.Read(config.Ebanx).Object("user_wo")
	}
	user := User{FullName: payer.Text("full_name"), Email: payer.Text("email"), TaxNumber: payer.Text("tax_number")}
	body = createRequest{
		Invoice: m.Invoice.ValueString(),
		Type:    cmp.Or(m.Type.ValueString(), ebanx),
		Ebanx:   createEbanx{User: user, RedirectURL: ebanxObject.Text("redirect_url")},
	}
	return body, []string{user.FullName, user.Email, user.TaxNumber, digits(user.TaxNumber)}
}

// digits returns a tax number without its punctuation (contract 8.3).
func digits(taxNumber string) string {
	return strings.NewReplacer(".", "", "-", "", "/", "").Replace(taxNumber)
}
