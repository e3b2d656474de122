package qonto

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// request returns the body of a create. isFraction says that vat_rate is sent as a fraction.
func (m *model) request(isFraction bool) createRequest {
	methods := append([]string{}, tfvalue.Strings(m.PotentialPaymentMethods)...)
	if m.Items.IsNull() {
		return createRequest{invoiceRequest{
			InvoiceID:               m.InvoiceID.ValueString(),
			InvoiceNumber:           m.InvoiceNumber.ValueString(),
			DebitorName:             m.DebitorName.ValueString(),
			Amount:                  requestAmount(tfvalue.Read(m.Amount)),
			PotentialPaymentMethods: methods,
			Reusable:                m.Reusable.ValueBool(),
		}}
	}
	out := itemsRequest{Reusable: m.Reusable.ValueBool(), PotentialPaymentMethods: methods}
	for _, item := range tfvalue.ReadList(m.Items) {
		rate := item.Text("vat_rate")
		if isFraction {
			rate = shiftDecimal(rate, -2)
		}
		out.Items = append(out.Items, Item{
			Title:       item.Text("title"),
			Quantity:    tfvalue.JSONNumber(item.Number("quantity")),
			UnitPrice:   requestAmount(item.Object("unit_price")),
			VATRate:     rate,
			Type:        item.Text("type"),
			Description: item.Text("description"),
			MeasureUnit: item.Text("measure_unit"),
		})
	}
	return createRequest{out}
}

// requestAmount writes two decimals, as every example of Qonto's does (contract 8.9); more only where the currency has more.
func requestAmount(amount tfvalue.Reader) Amount {
	out := Amount{Value: amount.Text("value"), Currency: amount.Text("currency")}
	if exact, ok := amount.Decimal("value").Value(); ok && exact.Equal(exact.Truncate(2)) {
		out.Value = exact.StringFixed(2)
	}
	return out
}

// shiftDecimal moves a decimal's point; text that is no number stays as it is.
func shiftDecimal(text string, places int32) string {
	d, err := decimal.NewFromString(strings.TrimSpace(text))
	if err != nil {
		return text
	}
	return d.Shift(places).String()
}
