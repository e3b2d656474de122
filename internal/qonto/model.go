package qonto

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	RenewBefore             types.String `tfsdk:"renew_before"`
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
	amountTypes = tfvalue.ObjectTypes(amountAttributes)
	itemTypes   = tfvalue.ObjectTypes(itemAttributes)
)

// Model maps an answer.
func (vendor) Model(l Link) model {
	m := model{
		Model:                   driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.URL)},
		PotentialPaymentMethods: tfvalue.StringSet(l.PotentialPaymentMethods),
		Items:                   tfvalue.ObjectList(itemTypes(), l.Items, itemObject),
		Reusable:                types.BoolPointerValue(l.Reusable),
		InvoiceID:               tfvalue.StringOrNull(l.InvoiceID),
		InvoiceNumber:           tfvalue.StringOrNull(l.InvoiceNumber),
		DebitorName:             tfvalue.StringOrNull(l.DebitorName),
		Amount:                  amountObject(l.Amount),
		Status:                  tfvalue.StringOrNull(l.Status),
		ResourceType:            tfvalue.StringOrNull(l.ResourceType),
		CreatedAt:               tfvalue.StringOrNull(l.CreatedAt),
		ExpirationDate:          tfvalue.StringOrNull(l.ExpirationDate),
	}
	if l.PotentialPaymentMethods != nil && len(l.PotentialPaymentMethods) == 0 { // null is nothing that a configuration could write
		m.PotentialPaymentMethods = types.SetValueMust(types.StringType, nil)
	}
	if t, ok := tfvalue.ParseTime(l.ExpirationDate); ok && t.Year() == 1 { // contract 8.7
		m.ExpirationDate = types.StringNull()
	}
	return m
}

func itemObject(item Item) types.Object {
	return types.ObjectValueMust(itemTypes(), map[string]attr.Value{
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
	return tfvalue.ObjectOrNull(amountTypes(), map[string]attr.Value{"value": money.DecimalOrNull(a.Value), "currency": tfvalue.StringOrNull(a.Currency)})
}
