package qonto

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// currency is the only one that Qonto's documents know (contract 8.14).
const currency = "EUR"

const docsURL = "https://docs.qonto.com/api-reference/business-api/getting-paid/payment-links"

func (vendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"potential_payment_methods": schema.SetAttribute{
			MarkdownDescription: "Payment methods offered to the payer, at least one; those that Qonto documents are `credit_card`, `apple_pay`, `paypal` and `ideal`. " +
				"Each must be enabled for the account. See [Qonto's page](" + docsURL + "/create).",
			Required:    true,
			ElementType: types.StringType,
		},
		"items": schema.ListNestedAttribute{
			MarkdownDescription: "Lines of a basket link, at least one. Exclusive with `invoice_id`, `invoice_number` and `debitor_name`.",
			Optional:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: itemAttributes()},
		},
		"reusable": tfvalue.OptionalComputedBool("Whether the link can be paid more than once. Required with `items`; an invoice link is false by default."),
		"invoice_id": tfvalue.OptionalString("Identifier of the Qonto client invoice that an invoice link collects. Needs `invoice_number`, `debitor_name` and `amount` beside it.",
			stringvalidator.LengthAtLeast(1)),
		"invoice_number": tfvalue.OptionalString("Number of the invoice, as printed on it. Needs `invoice_id`.", stringvalidator.LengthAtLeast(1)),
		"debitor_name":   tfvalue.SensitiveString("Name of the customer who owes the invoice. Required for a new invoice link; left out, an existing link keeps the one it has."),
		"amount": schema.SingleNestedAttribute{
			MarkdownDescription: "Gross amount. Required for an invoice link. Beside `items` it is computed; when written it is what you expect the gross to be: " +
				"it is never sent, and a link whose gross differs by more than rounding is deactivated again at once.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Object{tfvalue.UseStateWhenOmitted()},
			Attributes:    amountAttributes(),
		},
		"status":          tfvalue.ComputedString("Qonto's own status: `open`, `processing`, `paid`, `expired` or `canceled`."),
		"resource_type":   tfvalue.ComputedString("What the link collects, in Qonto's words: `Basket` or `Invoice`."),
		"created_at":      tfvalue.ComputedString("When Qonto created the link, RFC 3339."),
		"expiration_date": tfvalue.ComputedString("When the link expires, RFC 3339; null when Qonto does not say. Qonto sets it, it cannot be chosen."),
	}
}

func amountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"value": schema.StringAttribute{
			MarkdownDescription: "Decimal text above zero with at most two decimals, such as `\"13.30\"`.",
			Optional:            true,
			Computed:            true,
			CustomType:          money.DecimalType{},
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted(), keepComputedGross{}},
		},
		"currency": tfvalue.OptionalComputedString("Currency, an ISO 4217 code. Qonto's documents know `EUR` only."),
	}
}

func itemAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"title": tfvalue.RequiredString("What is sold, as the payer reads it.", stringvalidator.LengthAtLeast(1)),
		"quantity": schema.NumberAttribute{
			MarkdownDescription: "How many: whole numbers from 1 in Qonto's documents, which refuse no others.",
			Required:            true,
			Validators:          []validator.Number{tfvalue.NumberWithin(1_000_000_000, "Not a quantity")},
		},
		"unit_price": schema.SingleNestedAttribute{
			MarkdownDescription: "Net price of one.",
			Required:            true,
			Attributes: map[string]schema.Attribute{
				"value":    tfvalue.RequiredDecimal("Decimal text with at most two decimals, such as `\"10.99\"`; below zero for a discount, which Qonto's documents do not know."),
				"currency": tfvalue.RequiredString("Currency, an ISO 4217 code. Qonto's documents know `EUR` only."),
			},
		},
		"vat_rate":     tfvalue.RequiredDecimal("VAT in percent, from 0 to 100, such as `\"21.0\"` for 21 %. How it goes over the wire is the provider's `vat_rate_unit`."),
		"type":         tfvalue.OptionalComputedString("Kind of item; Qonto documents `good` and `service`."),
		"description":  tfvalue.OptionalComputedString("Longer text about the item."),
		"measure_unit": tfvalue.OptionalComputedString("Unit that `quantity` counts, such as `unit`."),
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
