package qonto

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// currency is the only one that Qonto's documents know (row 14).
const currency = "EUR"

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	PotentialPaymentMethods types.Set    `tfsdk:"potential_payment_methods"`
	Items                   types.List   `tfsdk:"items"`
	Reusable                types.Bool   `tfsdk:"reusable"`
	InvoiceID               types.String `tfsdk:"invoice_id"`
	InvoiceNumber           types.String `tfsdk:"invoice_number"`
	DebitorName             types.String `tfsdk:"debitor_name"`
	Amount                  types.Object `tfsdk:"amount"`
	Status                  types.String `tfsdk:"status"`
	ResourceType            types.String `tfsdk:"resource_type"`
	CreatedAt               types.String `tfsdk:"created_at"`
	ExpirationDate          types.String `tfsdk:"expiration_date"`
}

var (
	amountTypes = map[string]attr.Type{"value": money.DecimalType{}, "currency": types.StringType}
	itemTypes   = map[string]attr.Type{
		"title":        types.StringType,
		"quantity":     types.NumberType,
		"unit_price":   types.ObjectType{AttrTypes: amountTypes},
		"vat_rate":     money.DecimalType{},
		"type":         types.StringType,
		"description":  types.StringType,
		"measure_unit": types.StringType,
	}
)

// Model maps an answer.
func (vendor) Model(l Link) model {
	m := model{
		Model:                   driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.URL)},
		PotentialPaymentMethods: types.SetNull(types.StringType),
		Items:                   types.ListNull(types.ObjectType{AttrTypes: itemTypes}),
		Reusable:                types.BoolValue(l.Reusable),
		InvoiceID:               tfvalue.StringOrNull(l.InvoiceID),
		InvoiceNumber:           tfvalue.StringOrNull(l.InvoiceNumber),
		DebitorName:             tfvalue.StringOrNull(l.DebitorName),
		Amount:                  amountObject(l.Amount),
		Status:                  tfvalue.StringOrNull(l.Status),
		ResourceType:            tfvalue.StringOrNull(l.ResourceType),
		CreatedAt:               tfvalue.StringOrNull(l.CreatedAt),
		ExpirationDate:          tfvalue.StringOrNull(l.ExpirationDate),
	}
	if t, err := time.Parse(time.RFC3339, l.ExpirationDate); err == nil && t.Year() == 1 { // row 7
		m.ExpirationDate = types.StringNull()
	}
	if len(l.PotentialPaymentMethods) > 0 {
		m.PotentialPaymentMethods = methodSet(l.PotentialPaymentMethods)
	}
	if len(l.Items) > 0 {
		elements := make([]attr.Value, 0, len(l.Items))
		for _, item := range l.Items {
			elements = append(elements, itemObject(item))
		}
		m.Items = types.ListValueMust(types.ObjectType{AttrTypes: itemTypes}, elements)
	}
	return m
}

// methodSet is a set: an answer that names a method twice still fits.
func methodSet(names []string) types.Set {
	seen := map[string]bool{}
	var elements []attr.Value
	for _, name := range names {
		if !seen[name] {
			seen[name] = true
			elements = append(elements, types.StringValue(name))
		}
	}
	return types.SetValueMust(types.StringType, elements)
}

func itemObject(item Item) attr.Value {
	return types.ObjectValueMust(itemTypes, map[string]attr.Value{
		"title":        tfvalue.StringOrNull(item.Title),
		"quantity":     money.NumberFromJSON(item.Quantity),
		"unit_price":   amountObject(item.UnitPrice),
		"vat_rate":     money.DecimalOrNull(item.VATRate),
		"type":         tfvalue.StringOrNull(item.Type),
		"description":  tfvalue.StringOrNull(item.Description),
		"measure_unit": tfvalue.StringOrNull(item.MeasureUnit),
	})
}

func amountObject(a Amount) types.Object {
	if a == (Amount{}) {
		return types.ObjectNull(amountTypes)
	}
	return types.ObjectValueMust(amountTypes, map[string]attr.Value{"value": money.DecimalOrNull(a.Value), "currency": tfvalue.StringOrNull(a.Currency)})
}

// request is the body of a create, and what in it is not for others' eyes.
func (m *model) request(fraction bool) (body any, sensitive []string) {
	var methods []string
	for _, element := range m.PotentialPaymentMethods.Elements() {
		if name, ok := element.(types.String); ok {
			methods = append(methods, name.ValueString())
		}
	}
	if m.Items.IsNull() {
		return invoice{
			InvoiceID:               m.InvoiceID.ValueString(),
			InvoiceNumber:           m.InvoiceNumber.ValueString(),
			DebitorName:             m.DebitorName.ValueString(),
			Amount:                  wireAmount(m.Amount),
			PotentialPaymentMethods: methods,
		}, []string{m.DebitorName.ValueString()}
	}
	out := basket{Reusable: m.Reusable.ValueBool(), PotentialPaymentMethods: methods}
	for _, line := range lines(m.Items) {
		rate := line.vatRate.ValueString()
		if fraction {
			rate = shift(rate, -2)
		}
		out.Items = append(out.Items, Item{
			Title:       line.title.ValueString(),
			Quantity:    json.Number(line.quantity.ValueBigFloat().Text('f', -1)),
			UnitPrice:   wireAmount(line.unitPrice),
			VATRate:     rate,
			Type:        line.kind.ValueString(),
			Description: line.description.ValueString(),
			MeasureUnit: line.measureUnit.ValueString(),
		})
	}
	return out, nil
}

// wireAmount writes two decimals, as every example of Qonto's does (row 9). Validation left no more than two.
func wireAmount(o types.Object) Amount {
	value, currency := amountParts(o)
	exact, ok := value.Value()
	if !ok {
		return Amount{Value: value.ValueString(), Currency: currency.ValueString()}
	}
	return Amount{Value: exact.StringFixed(2), Currency: currency.ValueString()}
}

func amountParts(o types.Object) (money.Decimal, types.String) {
	value, _ := o.Attributes()["value"].(money.Decimal)
	currency, _ := o.Attributes()["currency"].(types.String)
	return value, currency
}

// line is an item's values, each of which may be unknown while planning.
type line struct {
	title, kind, description, measureUnit types.String
	quantity                              types.Number
	unitPrice                             types.Object
	vatRate                               money.Decimal
}

// lines reads the items; one that is wholly unknown reads as unknown values.
func lines(items types.List) []line {
	var out []line
	for _, element := range items.Elements() {
		o, ok := element.(types.Object)
		if !ok || o.IsUnknown() || o.IsNull() {
			out = append(out, line{quantity: types.NumberUnknown(), vatRate: money.DecimalUnknown(), unitPrice: types.ObjectUnknown(amountTypes)})
			continue
		}
		a := o.Attributes()
		var l line
		l.title, _ = a["title"].(types.String)
		l.kind, _ = a["type"].(types.String)
		l.description, _ = a["description"].(types.String)
		l.measureUnit, _ = a["measure_unit"].(types.String)
		l.quantity, _ = a["quantity"].(types.Number)
		l.unitPrice, _ = a["unit_price"].(types.Object)
		l.vatRate, _ = a["vat_rate"].(money.Decimal)
		out = append(out, l)
	}
	return out
}

// shift moves a decimal's point; text that is no number stays as it is.
func shift(text string, places int32) string {
	d, err := decimal.NewFromString(strings.TrimSpace(text))
	if err != nil {
		return text
	}
	return d.Shift(places).String()
}
