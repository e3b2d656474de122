package abacus

import (
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// request returns the body of a create.
func (m *model) request() createRequest {
	amount, _ := m.Amount.Value()
	return createRequest{
		Title:    m.Title.ValueString(),
		Mills:    money.ToMinorUnits(amount, millDigits),
		Currency: m.Currency.ValueString(),
		Metadata: tfvalue.StringsByKey(m.Metadata),
		Hours:    tfvalue.JSONNumber(m.Hours),
	}
}
