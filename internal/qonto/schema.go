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
			MarkdownDescription: "Payment methods offered to the payer, at least one. Qonto documents `credit_card`, `apple_pay`, `paypal` and `ideal`. " +
				"Each must be enabled for the account. See [Qonto's page](" + docsURL + "/create).",
			Required:    true,
			ElementType: types.StringType,
		},
		"items": schema.ListNestedAttribute{
			MarkdownDescription: "Lines of a basket link, at least one. Conflicts with `invoice_id`, `invoice_number` and `debitor_name`.",
			Optional:            true,
			NestedObject:        schema.NestedAttributeObject{Attributes: itemAttributes()},
		},
		"reusable": tfvalue.OptionalComputedBool("Whether the link can be paid more than once. Required with `items`; default `false` for an invoice link."),
		"invoice_id": tfvalue.OptionalString("Identifier of the Qonto client invoice that an invoice link collects. Requires `invoice_number`, `debitor_name` and `amount`. Conflicts with `items`.",
			stringvalidator.LengthAtLeast(1)),
		"invoice_number": tfvalue.OptionalString("Number of the invoice, as printed on it. Requires `invoice_id`. Conflicts with `items`.", stringvalidator.LengthAtLeast(1)),
		"debitor_name":   tfvalue.SensitiveString("Name of the customer who owes the invoice. Required for a new invoice link; if not set, an existing link keeps its value. Conflicts with `items`."),
		"amount": schema.SingleNestedAttribute{
			MarkdownDescription: "Gross amount. Required for an invoice link. With `items` it is computed. If set, it is the gross amount that you expect: " +
				"it is never sent, and a new link whose gross amount differs by more than rounding is deactivated immediately.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Object{tfvalue.UseStateWhenOmitted()},
			Attributes:    amountAttributes(),
		},
		"status":          tfvalue.ComputedString("Qonto's own status: `open`, `processing`, `paid`, `expired` or `canceled`."),
		"resource_type":   tfvalue.ComputedString("Qonto's own resource type: `Basket` or `Invoice`."),
		"created_at":      tfvalue.ComputedString("When Qonto created the link, RFC 3339."),
		"expiration_date": tfvalue.ComputedString("When the link expires, RFC 3339; null if Qonto returns none. Set by Qonto; it cannot be chosen."),
	}
}

func amountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"value": schema.StringAttribute{
			MarkdownDescription: "Decimal string above zero with at most two decimals, such as `\"13.30\"`.",
			Optional:            true,
			Computed:            true,
			CustomType:          money.DecimalType{},
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted(), keepComputedGross{"the value of a basket link stays the total of its items"}},
		},
		"currency": tfvalue.OptionalComputedString("Currency, an ISO 4217 code. Qonto documents only `EUR`."),
	}
}

func itemAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"title": tfvalue.RequiredString("Name of the item, shown to the payer.", stringvalidator.LengthAtLeast(1)),
		"quantity": schema.NumberAttribute{
			MarkdownDescription: "Quantity. Qonto documents whole numbers from 1; any other is sent with a warning.",
			Required:            true,
			Validators:          []validator.Number{tfvalue.NumberWithin(1_000_000_000, "Invalid quantity")},
		},
		"unit_price": schema.SingleNestedAttribute{
			MarkdownDescription: "Net price of one unit.",
			Required:            true,
			Attributes: map[string]schema.Attribute{
				"value":    tfvalue.RequiredDecimal("Decimal string with at most two decimals, such as `\"10.99\"`. A negative price (a discount) is not documented by Qonto, and sent with a warning."),
				"currency": tfvalue.RequiredString("Currency, an ISO 4217 code. Qonto documents only `EUR`."),
			},
		},
		"vat_rate":     tfvalue.RequiredDecimal("VAT in percent, from 0 to 100, such as `\"21.0\"` for 21 %. The provider's `vat_rate_unit` decides how it is sent."),
		"type":         tfvalue.OptionalComputedString("Type of item. Qonto documents `good` and `service`."),
		"description":  tfvalue.OptionalComputedString("Longer text about the item."),
		"measure_unit": tfvalue.OptionalComputedString("Unit that `quantity` counts, such as `unit`."),
	}
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	return map[string]string{
		"reusable":       "Whether the link can be paid more than once.",
		"items":          "Lines of a basket link.",
		"invoice_id":     "Identifier of the Qonto client invoice that an invoice link collects.",
		"invoice_number": "Number of the invoice, as printed on it.",
		"debitor_name":   "Name of the customer who owes the invoice.",
		"amount":         "Gross amount.",
		"amount.value":   "Decimal string, such as `\"13.30\"`.",
		"items.quantity": "Quantity.",
		"items.vat_rate": "VAT in percent, such as `\"21.0\"` for 21 %.",

		"items.unit_price.value":    "Decimal string, such as `\"10.99\"`.",
		"potential_payment_methods": "Payment methods offered to the payer, such as `credit_card`, `apple_pay`, `paypal` or `ideal`.",
		"expiration_date":           "When the link expires, RFC 3339; null if Qonto returns none.",
	}
}
