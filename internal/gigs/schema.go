package gigs

import (
	"maps"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

const page = "https://developers.gigs.com/api/latest/payments/payment-links"

// Attributes are Gigs' own; `link` adds the common ones.
func (vendor) Attributes() map[string]schema.Attribute {
	out := map[string]schema.Attribute{
		"project": schema.StringAttribute{
			MarkdownDescription: "Project that the invoice belongs to. Default: the provider's `project`.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
			Validators:          []validator.String{segment{}},
		},
		"invoice": schema.StringAttribute{
			MarkdownDescription: "Identifier of the invoice that the link collects, such as `inv_0SNlurA049MEWV1QTRqvd18YuG25`. Billing must be enabled for the project. " +
				"See [Gigs' page](" + page + ").",
			Required:   true,
			Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"type": schema.StringAttribute{
			MarkdownDescription: "Provider of the payment page, `ebanx` (the default, and the only one that Gigs supports).",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
			Validators:          []validator.String{stringvalidator.OneOf(ebanx)},
		},
		"ebanx": schema.SingleNestedAttribute{
			MarkdownDescription: "What EBANX needs. A new link takes exactly one of `user` and `user_wo`.",
			Required:            true,
			Attributes:          ebanxAttributes(),
		},
		"status": schema.StringAttribute{
			MarkdownDescription: "Gigs' own status: `active`, `canceled` or `completed`.",
			Computed:            true,
			PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
		},
	}
	maps.Copy(out, map[string]schema.Attribute{
		"created_at":   moment("When Gigs created the link, RFC 3339."),
		"completed_at": moment("When the link was used for a payment, RFC 3339; null until then."),
		"canceled_at":  moment("When the link was canceled and became invalid, RFC 3339; null until then."),
	})
	return out
}

func moment(description string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		CustomType:          instantType{},
		Computed:            true,
		PlanModifiers:       []planmodifier.String{tfvalue.UseStateWhenOmitted()},
	}
}

func ebanxAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"redirect_url": schema.StringAttribute{
			MarkdownDescription: "Absolute http or https address that the payer's browser goes to after an attempt to pay, whether it succeeded or failed.",
			Optional:            true,
			PlanModifiers:       []planmodifier.String{sameAddress{}},
			Validators:          []validator.String{webAddress{}},
		},
		"user": schema.SingleNestedAttribute{
			MarkdownDescription: "The payer, kept in state (sensitive). Gigs never returns it: after an import it goes from null to what you write in place, once. " +
				"Any other change of it makes a new link.",
			Optional:   true,
			Attributes: userAttributes(false),
		},
		"user_wo": schema.SingleNestedAttribute{
			MarkdownDescription: "The payer, write-only: used when the link is created, and kept in no state and no plan. A change of it alone does nothing: change `user_wo_version` with it.",
			Optional:            true,
			WriteOnly:           true,
			Attributes:          userAttributes(true),
		},
		"user_wo_version": schema.Int64Attribute{
			MarkdownDescription: "A number of your own that says which `user_wo` the link was made with. A change of it makes a new link; after an import it goes from null to what you write in place, once.",
			Optional:            true,
		},
	}
}

// userAttributes are the payer's, for `user` and (write-only) `user_wo`.
func userAttributes(writeOnly bool) map[string]schema.Attribute {
	leaf := func(description string, validators ...validator.String) schema.Attribute {
		return schema.StringAttribute{
			MarkdownDescription: description,
			Required:            true,
			Sensitive:           true,
			WriteOnly:           writeOnly,
			Validators:          validators,
		}
	}
	return map[string]schema.Attribute{
		"full_name":  leaf("Full name of the payer.", filled{}),
		"email":      leaf("E-mail address of the payer.", filled{}),
		"tax_number": leaf("Tax number of the payer, a Brazilian CPF of 11 digits, with or without points and dash (`290.063.072-03`). It is sent as written.", elevenDigits{}),
	}
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	return map[string]string{
		"project": "Project that the invoice belongs to.",
		"ebanx":   "What EBANX needs.",
	}
}
