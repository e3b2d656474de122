package abacus

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		Metadata: stringsByKey(m.Metadata),
		Hours:    tfvalue.JSONNumber(m.Hours),
	}
}

// stringsByKey returns the texts in a map, without null elements; nil for a map that is null, unknown or empty.
func stringsByKey(m types.Map) map[string]string {
	var out map[string]string
	for key, element := range m.Elements() {
		if text, ok := element.(types.String); ok && !text.IsNull() {
			if out == nil {
				out = map[string]string{}
			}
			out[key] = text.ValueString()
		}
	}
	return out
}
