package abacus

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

const docsURL = "https://abacus.example/docs/paylinks"

// Attributes returns Abacus's own attributes.
func (vendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"title":    tfvalue.RequiredString("What the money is for, as the payer reads it.", stringvalidator.LengthAtLeast(1)),
		"amount":   tfvalue.RequiredDecimal("Amount to pay: decimal text above zero with at most three decimals, whatever the currency, such as `\"12.505\"`.", tfvalue.Positive()),
		"currency": tfvalue.RequiredString("Currency of the amount, three capital letters such as `EUR`, or `PTS` for points of the shop's own.", currencyForm()),
		"metadata": schema.MapAttribute{
			MarkdownDescription: "Texts of your own that stay with the link, by keys of your own. The payer does not see them.",
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.Map{mapvalidator.SizeAtMost(20)},
		},
		"hours": schema.NumberAttribute{
			MarkdownDescription: "How many hours the link lives, a whole number from 1. Default: 72.",
			Optional:            true,
			Computed:            true,
			Validators:          []validator.Number{tfvalue.IntegerAtLeast(1, "Not a number of hours", "must be a whole number from 1")},
			PlanModifiers:       []planmodifier.Number{tfvalue.UseStateWhenOmitted()},
		},
		"status":     tfvalue.ComputedString("Abacus's own status: `live`, `settling`, `settled` or `lapsed`."),
		"created_at": timestampAttribute("When Abacus made the link, RFC 3339."),
		"expires_at": timestampAttribute("When the link lapses unless it is paid before, RFC 3339."),
	}
}

func timestampAttribute(description string) schema.StringAttribute {
	out := tfvalue.ComputedString(description)
	out.CustomType = tfvalue.TimestampType{}
	return out
}
