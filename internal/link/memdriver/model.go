package memdriver

import (
	"math/big"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

type model struct {
	driver.Model
	Project     types.String  `tfsdk:"project"`
	Title       types.String  `tfsdk:"title"`
	Grade       types.String  `tfsdk:"grade"`
	ReturnURL   types.String  `tfsdk:"return_url"`
	Lines       types.List    `tfsdk:"lines"`
	Methods     types.Set     `tfsdk:"methods"`
	Labels      types.Map     `tfsdk:"labels"`
	Contact     types.Object  `tfsdk:"contact"`
	Pin         types.String  `tfsdk:"pin"`
	Limit       types.Number  `tfsdk:"limit"`
	Express     types.Bool    `tfsdk:"express"`
	Total       money.Decimal `tfsdk:"total"`
	Activate    types.Bool    `tfsdk:"activate"`
	Status      types.String  `tfsdk:"status"`
	Life        types.String  `tfsdk:"life"`
	ExpiresAt   types.String  `tfsdk:"expires_at"`
	RenewBefore types.String  `tfsdk:"renew_before"`
}

var (
	priceTypes   = map[string]attr.Type{"value": money.DecimalType{}, "currency": types.StringType}
	lineTypes    = map[string]attr.Type{"name": types.StringType, "price": types.ObjectType{AttrTypes: priceTypes}, "weight": money.DecimalType{}}
	addressTypes = map[string]attr.Type{"city": types.StringType, "zip": types.StringType}
	contactTypes = map[string]attr.Type{"name": types.StringType, "email": types.StringType, "address": types.ObjectType{AttrTypes: addressTypes}}
)

// toModel maps an answer; digits is Options.MinorUnitDigits.
func toModel(l Link, digits int) model {
	m := model{
		Model:     driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.URL)},
		Project:   tfvalue.StringOrNull(l.Project),
		Title:     tfvalue.StringOrNull(l.Title),
		Grade:     tfvalue.StringOrNull(l.Grade),
		ReturnURL: tfvalue.StringOrNull(l.ReturnURL),
		Lines:     types.ListNull(types.ObjectType{AttrTypes: lineTypes}),
		Methods:   types.SetNull(types.StringType),
		Labels:    types.MapNull(types.StringType),
		Contact:   types.ObjectNull(contactTypes),
		Pin:       tfvalue.StringOrNull(l.Pin),
		Limit:     types.NumberNull(),
		Express:   types.BoolValue(l.Express),
		Total:     money.NewDecimal(fromUnits(l.Total, digits)),
		Activate:  types.BoolValue(l.Status != "ATTEMPT"),
		Status:    tfvalue.StringOrNull(l.Status),
	}
	if l.Life > 0 {
		m.Life, m.ExpiresAt = types.StringValue(l.Life.String()), types.StringValue(l.Expires.Format(time.RFC3339))
	}
	if len(l.Lines) > 0 {
		m.Lines = types.ListValueMust(types.ObjectType{AttrTypes: lineTypes}, lineValues(l.Lines, digits))
	}
	if len(l.Methods) > 0 {
		var elements []attr.Value
		for _, name := range l.Methods {
			elements = append(elements, types.StringValue(name))
		}
		m.Methods = types.SetValueMust(types.StringType, elements)
	}
	if len(l.Labels) > 0 {
		labels := map[string]attr.Value{}
		for name, text := range l.Labels {
			labels[name] = types.StringValue(text)
		}
		m.Labels = types.MapValueMust(types.StringType, labels)
	}
	if l.Contact != nil {
		m.Contact = contactValue(*l.Contact)
	}
	if l.Limit != 0 {
		m.Limit = types.NumberValue(new(big.Float).SetInt64(l.Limit))
	}
	if l.Grade == InvalidGrade {
		m.Contact = types.ObjectNull(addressTypes)
	}
	return m
}

func lineValues(lines []Line, digits int) []attr.Value {
	var out []attr.Value
	for _, line := range lines {
		weight := money.DecimalNull()
		if line.Weight != "" {
			weight = money.NewDecimal(line.Weight)
		}
		out = append(out, types.ObjectValueMust(lineTypes, map[string]attr.Value{
			"name": tfvalue.StringOrNull(line.Name),
			"price": types.ObjectValueMust(priceTypes, map[string]attr.Value{
				"value": money.NewDecimal(fromUnits(line.Value, digits)), "currency": tfvalue.StringOrNull(line.Currency),
			}),
			"weight": weight,
		}))
	}
	return out
}

func contactValue(c Contact) types.Object {
	address := types.ObjectNull(addressTypes)
	if c.City != "" || c.Zip != "" {
		address = types.ObjectValueMust(addressTypes, map[string]attr.Value{"city": tfvalue.StringOrNull(c.City), "zip": tfvalue.StringOrNull(c.Zip)})
	}
	return types.ObjectValueMust(contactTypes, map[string]attr.Value{"name": tfvalue.StringOrNull(c.Name), "email": tfvalue.StringOrNull(c.Email), "address": address})
}

// request is the body of a create. `total` is never sent, only verified.
func (m *model) request(digits int) Link {
	l := Link{
		Project: m.Project.ValueString(), Title: m.Title.ValueString(), Grade: m.Grade.ValueString(), ReturnURL: m.ReturnURL.ValueString(),
		Pin: m.Pin.ValueString(), Express: m.Express.ValueBool(),
	}
	for _, element := range m.Lines.Elements() {
		line := element.(types.Object).Attributes()
		price := line["price"].(types.Object).Attributes()
		l.Lines = append(l.Lines, Line{
			Name: textIn(line, "name"), Weight: line["weight"].(money.Decimal).ValueString(),
			Value: toUnits(price["value"].(money.Decimal), digits), Currency: textIn(price, "currency"),
		})
	}
	l.Methods = tfvalue.Strings(m.Methods)
	for name, element := range m.Labels.Elements() {
		if l.Labels == nil {
			l.Labels = map[string]string{}
		}
		if !element.IsNull() {
			l.Labels[name] = element.(types.String).ValueString()
		}
	}
	if !m.Contact.IsNull() {
		contact := m.Contact.Attributes()
		l.Contact = &Contact{Name: textIn(contact, "name"), Email: textIn(contact, "email")}
		if address := contact["address"].(types.Object); !address.IsNull() {
			l.Contact.City, l.Contact.Zip = textIn(address.Attributes(), "city"), textIn(address.Attributes(), "zip")
		}
	}
	if limit := m.Limit.ValueBigFloat(); limit != nil {
		l.Limit, _ = limit.Int64()
	}
	return l
}

func textIn(attributes map[string]attr.Value, name string) string {
	return attributes[name].(types.String).ValueString()
}

// toUnits writes an amount as the vendor takes it: as it is, or as a count of minor units of so many digits.
func toUnits(amount money.Decimal, digits int) string {
	value, ok := amount.Value()
	if !ok || digits == 0 {
		return amount.ValueString()
	}
	return money.ToMinorUnits(value, digits).String()
}

// fromUnits is the inverse of toUnits.
func fromUnits(text string, digits int) string {
	units, ok := new(big.Int).SetString(text, 10)
	if !ok || digits == 0 {
		return text
	}
	return money.FromMinorUnits(units, digits)
}
