package powens

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// request returns the body of a create.
func (m *model) request() createRequest {
	amount, _ := m.Amount.Value()
	body := createRequest{
		ReferenceID:         m.ReferenceID.ValueString(),
		Amount:              money.Number{Decimal: scaleToCurrency(amount, m.Currency.ValueString())},
		Currency:            m.Currency.ValueString(),
		Label:               m.Label.ValueString(),
		ExecutionDateType:   m.ExecutionDateType.ValueString(),
		Beneficiary:         requestAccount(m.Beneficiary),
		BeneficiaryIdentity: requestIdentity(m.BeneficiaryIdentity),
		Payer:               requestAccount(m.Payer),
		PayerIdentity:       requestIdentity(m.PayerIdentity),
		OperatorIdentity:    requestIdentity(m.OperatorIdentity),
		Redirect:            m.Redirect.ValueBool(),
	}
	if m.Redirect.IsUnknown() { // nothing was planned, because redirect_uri was not known then
		body.Redirect = m.RedirectURI.ValueString() != ""
	}
	if body.Redirect {
		uri, state := m.RedirectURI.ValueString(), m.RedirectState.ValueStringPointer()
		body.RedirectURI, body.RedirectState = &uri, &state
	}
	return body
}

// requestAccount returns an account of a request; nil when it is not configured.
func requestAccount(object types.Object) *Account {
	account := tfvalue.Read(object)
	if !account.IsKnown() {
		return nil
	}
	return &Account{
		SchemeName:     account.Text("scheme_name"),
		Identification: account.Text("identification"),
		Label:          account.Text("label"),
		Issuer:         account.Text("issuer"),
	}
}
