package qonto

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

const page = "https://docs.qonto.com/api-reference/business-api/getting-paid/payment-links/create"

// Attributes are Qonto's own; `link` adds the common ones.
func (vendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"potential_payment_methods": schema.SetAttribute{
			MarkdownDescription: "Payment methods offered to the payer, at least one; those that Qonto documents are `credit_card`, `apple_pay`, `paypal` and `ideal`. " +
				"Each must be enabled for the account. See [Qonto's page](" + page + ").",
			Required:    true,
			ElementType: types.StringType,
			Validators:  []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
		},
		"items": schema.ListNestedAttribute{
			MarkdownDescription: "Lines of a basket link, at least one. Exclusive with `invoice_id`, `invoice_number` and `debitor_name`.",
			Optional:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			NestedObject:        schema.NestedAttributeObject{Attributes: itemAttributes()},
		},
		"reusable": schema.BoolAttribute{
			MarkdownDescription: "Whether the link can be paid more than once. Required with `items`; an invoice link is never reusable.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{tfvalue.UseStateWhenOmitted()},
		},
		"invoice_id": schema.StringAttribute{
			MarkdownDescription: "Identifier of the Qonto client invoice that an invoice link collects. Needs `invoice_number`, `debitor_name` and `amount` beside it.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"invoice_number": schema.StringAttribute{
			MarkdownDescription: "Number of the invoice, as printed on it. Needs `invoice_id`.",
			Optional:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"debitor_name": schema.StringAttribute{
			MarkdownDescription: "Name of the customer who owes the invoice. Required for a new invoice link; left out, an existing link keeps the one it has.",
			Optional:            true,
			Computed:            true,
			Sensitive:           true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
		"amount": schema.SingleNestedAttribute{
			MarkdownDescription: "Gross amount. Required for an invoice link. Beside `items` it is computed; when written it is what you expect the gross to be: " +
				"it is never sent, and a link whose gross differs is deactivated again at once.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Object{tfvalue.UseStateWhenOmitted()},
			Attributes: map[string]schema.Attribute{
				"value": schema.StringAttribute{
					MarkdownDescription: "Decimal text above zero with at most two decimals, such as `\"13.30\"`.",
					Optional:            true,
					Computed:            true,
					CustomType:          money.DecimalType{},
					PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted(), money.UseStateWhenEqual(), keepGross{}},
					Validators:          []validator.String{money.Positive()},
				},
				"currency": schema.StringAttribute{
					MarkdownDescription: "Currency, `EUR` only.",
					Optional:            true,
					Computed:            true,
					PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
					Validators:          []validator.String{stringvalidator.OneOf(currency)},
				},
			},
		},
		"status": schema.StringAttribute{
			MarkdownDescription: "Qonto's own status: `open`, `processing`, `paid`, `expired` or `canceled`.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
		"resource_type": schema.StringAttribute{
			MarkdownDescription: "What the link collects, in Qonto's words: `Basket` or `Invoice`.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
		"created_at": schema.StringAttribute{
			MarkdownDescription: "When Qonto created the link, RFC 3339.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
		"expiration_date": schema.StringAttribute{
			MarkdownDescription: "When the link expires, RFC 3339; null when Qonto does not say. Qonto sets it, it cannot be chosen.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
	}
}

func itemAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"title": schema.StringAttribute{
			MarkdownDescription: "What is sold, as the payer reads it.",
			Required:            true,
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"quantity": schema.NumberAttribute{
			MarkdownDescription: "How many, a whole number from 1.",
			Required:            true,
			Validators:          []validator.Number{tfvalue.IntegerAtLeast(1, "Not a quantity", "must be a whole number from 1")},
		},
		"unit_price": schema.SingleNestedAttribute{
			MarkdownDescription: "Net price of one.",
			Required:            true,
			Attributes: map[string]schema.Attribute{
				"value": schema.StringAttribute{
					MarkdownDescription: "Decimal text, not negative, with at most two decimals, such as `\"10.99\"`.",
					Required:            true,
					CustomType:          money.DecimalType{},
					PlanModifiers:       []planmodifier.String{money.UseStateWhenEqual()},
					Validators:          []validator.String{money.NotNegative()},
				},
				"currency": schema.StringAttribute{
					MarkdownDescription: "Currency, `EUR` only.",
					Required:            true,
					Validators:          []validator.String{stringvalidator.OneOf(currency)},
				},
			},
		},
		"vat_rate": schema.StringAttribute{
			MarkdownDescription: "VAT in percent, from 0 to 100, such as `\"21.0\"` for 21 %. How it goes over the wire is the provider's `vat_rate_unit`.",
			Required:            true,
			CustomType:          money.DecimalType{},
			PlanModifiers:       []planmodifier.String{money.UseStateWhenEqual()},
			Validators:          []validator.String{money.Between("0", "100")},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "Kind of item; Qonto documents `good` and `service`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
		"description": schema.StringAttribute{
			MarkdownDescription: "Longer text about the item.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
		"measure_unit": schema.StringAttribute{
			MarkdownDescription: "Unit that `quantity` counts, such as `unit`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
	}
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	return map[string]string{
		"reusable":       "Whether the link can be paid more than once.",
		"items":          "Lines of a basket link, at least one.",
		"invoice_id":     "Identifier of the Qonto client invoice that an invoice link collects.",
		"invoice_number": "Number of the invoice, as printed on it.",
		"debitor_name":   "Name of the customer who owes the invoice.",
		"amount":         "Gross amount.",
	}
}
