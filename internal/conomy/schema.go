package conomy

import (
	"fmt"

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

const page = "https://developers.conomyhq.com"

// destinationAccount is the only type of a destination that has a schema (4).
const destinationAccount = "ACCOUNT"

// Attributes are Conomy's own; `link` adds the common ones.
func (vendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"checkout_token": schema.StringAttribute{
			MarkdownDescription: "Reference that you choose, a part of the checkout's address, such as `invoice-1001`. Unique among your links that are not deleted.",
			Required:            true,
			Validators:          notEmpty(),
		},
		"currency": schema.StringAttribute{
			MarkdownDescription: "Currency of all amounts: an ISO 4217 code such as `CLP`, or a crypto code such as `USDC`.",
			Required:            true,
			Validators:          []validator.String{currencyCode{}},
		},
		"items": schema.ListNestedAttribute{
			MarkdownDescription: "What is paid for, at least one thing. The totals add up to what the link asks for.",
			Required:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			NestedObject:        schema.NestedAttributeObject{Attributes: itemAttributes()},
		},
		"payment_methods_allowed": schema.SetAttribute{
			MarkdownDescription: "Payment methods offered to the payer in Conomy's words, at least one, such as `CARD`, `PSE` or `WEBPAY`. " +
				"Conomy's list moves: a name that is not known here is sent with a warning. See [Conomy's documentation](" + page + ").",
			Required:    true,
			ElementType: types.StringType,
			Validators:  []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(methodName{})},
		},
		"customer": schema.SingleNestedAttribute{
			MarkdownDescription: "The payer, as far as you know them. Everything is optional; what is left out stays what the link has.",
			Optional:            true,
			Attributes:          customerAttributes(),
		},
		"destinations": schema.ListNestedAttribute{
			MarkdownDescription: "Accounts that the money goes to, at least one.",
			Required:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			NestedObject:        schema.NestedAttributeObject{Attributes: destinationAttributes()},
		},
		"duration": schema.NumberAttribute{
			MarkdownDescription: "Life of the link in whole seconds from its creation, at least 30.",
			Required:            true,
			Validators:          []validator.Number{tfvalue.IntegerAtLeast(minDuration, "Not a duration", fmt.Sprintf("must be a whole number of at least %d seconds", minDuration))},
		},
		"customer_requirements": schema.SetAttribute{
			MarkdownDescription: "What the payer has to enter: any of `firstName`, `lastName`, `email`, `phoneNumber`, `phoneNumberPrefix`, `address`, `documentNumber` and `documentType`.",
			Optional:            true,
			ElementType:         types.StringType,
			Validators: []validator.Set{setvalidator.ValueStringsAre(stringvalidator.OneOf(
				"firstName", "email", "lastName", "phoneNumber", "phoneNumberPrefix", "address", "documentNumber", "documentType"))},
		},
		"owner": schema.SingleNestedAttribute{
			MarkdownDescription: "Identity at Conomy whose link it is.",
			Required:            true,
			Attributes:          ownerAttributes(),
		},
		"success_url": schema.StringAttribute{
			MarkdownDescription: "Where the payer is sent after a payment, a whole http or https address.",
			Optional:            true,
		},
		"failed_url": schema.StringAttribute{
			MarkdownDescription: "Where the payer is sent after a payment that failed or was cancelled, a whole http or https address.",
			Optional:            true,
		},
		"activate": schema.BoolAttribute{
			MarkdownDescription: "Whether the link is activated, so that it takes payers. True activates a link in `ATTEMPT`, at its creation or later in place; " +
				"false over true makes a new link, because Conomy cannot take an activation back. Left out, the link stays as it is.",
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{tfvalue.UseStateWhenOmitted()},
		},
		"status":         computed("Conomy's own status: `ATTEMPT`, `ACTIVE`, `PROCESSING_PAYMENT`, `FINISHED` or `EXPIRED`."),
		"pre_tax_amount": computed("Sum of the items before tax, as Conomy writes it."),
		"total_amount":   computed("Sum of the items with tax, as Conomy writes it: what the payer pays."),
		"created_at":     computed("When Conomy created the link, RFC 3339."),
		"expires_at":     computed("When the link ends, RFC 3339: `created_at` plus `duration`."),
	}
}

func itemAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"description":    required("What is sold, as the payer reads it."),
		"pre_tax_amount": amount("Amount before tax: decimal text, not negative, with no more decimals than the currency has, such as `\"10000\"`."),
		"total_amount":   amount("Amount with tax: `pre_tax_amount` plus `tax.amount`, or `pre_tax_amount` alone where there is no `tax`."),
		"tax": schema.SingleNestedAttribute{
			MarkdownDescription: "Tax of the item.",
			Optional:            true,
			Attributes: map[string]schema.Attribute{
				"name": required("Name of the tax, such as `IVA`."),
				"type": required("How `value` is meant: `PERCENTAGE` or `FIXED`.", stringvalidator.OneOf("FIXED", "PERCENTAGE")),
				"value": schema.StringAttribute{
					MarkdownDescription: "What the tax is reckoned with, as decimal text in Conomy's scale. It is sent as it is, and nothing is reckoned with it here.",
					Required:            true,
					CustomType:          money.DecimalType{},
					PlanModifiers:       []planmodifier.String{money.UseStateWhenEqual()},
					Validators:          []validator.String{money.NotNegative()},
				},
				"amount": amount("The tax itself: decimal text, not negative."),
			},
		},
	}
}

func customerAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                  payer("Your identifier of the payer."),
		"first_name":          payer("First name."),
		"last_name":           payer("Last name."),
		"email":               payer("Email address."),
		"phone_number":        payer("Phone number without its prefix."),
		"phone_number_prefix": payer("Prefix of the phone number, such as `+57`."),
		"document_type":       payer("Kind of identity document, such as `RUT`, `CED_CIU` or `PASSPORT`."),
		"document_number":     payer("Number of the identity document."),
		"address": schema.SingleNestedAttribute{
			MarkdownDescription: "Where the payer lives.",
			Optional:            true,
			Attributes: map[string]schema.Attribute{
				"administrative_area_level1": payer("Region, state or department."),
				"administrative_area_level2": payer("City, municipality or province."),
				"administrative_area_level3": payer("District or neighbourhood."),
				"street":                     payer("Street."),
				"street_number":              payer("Number in the street."),
				"optional_address":           payer("Flat, floor and the like."),
				"country":                    payer("Country, ISO 3166-1 alpha-3, such as `COL`."),
				"zipcode":                    payer("Postal code."),
			},
		},
	}
}

func destinationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name":        kept("Name of the destination; left out, Conomy's own."),
		"type":        kept("Kind of destination: `ACCOUNT`, the only one.", stringvalidator.OneOf(destinationAccount)),
		"external_id": schema.StringAttribute{MarkdownDescription: "Reference of your own.", Optional: true},
		"amount":      amount("What this destination gets: decimal text, not negative."),
		"metadata": schema.SingleNestedAttribute{
			MarkdownDescription: "What the destination shows of itself.",
			Optional:            true,
			Attributes: map[string]schema.Attribute{
				"image":       required("Address of an image."),
				"description": required("Description."),
				"category":    required("Category."),
			},
		},
		"account": schema.SingleNestedAttribute{
			MarkdownDescription: "The account.",
			Required:            true,
			Attributes: map[string]schema.Attribute{
				"account_number": required("Number of the account.", stringvalidator.LengthAtLeast(1)),
				"type": kept("Kind of account: `CHECKING`, `ASSET`, `SAVINGS`, `ESCROW` or `FEE`.",
					stringvalidator.OneOf("CHECKING", "ASSET", "SAVINGS", "ESCROW", "FEE")),
				"currency":       kept("Currency of the account."),
				"account_holder": kept("Holder of the account."),
			},
		},
	}
}

func ownerAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"identity_id":     required("Identifier of the identity.", stringvalidator.LengthAtLeast(1)),
		"name":            kept("Name."),
		"lastname":        kept("Last name."),
		"nickname":        kept("Nickname."),
		"document_number": kept("Number of the identity's document."),
		"entity_type":     kept("Kind of identity, such as `USER` or `ORGANIZATION`."),
	}
}

func notEmpty() []validator.String { return []validator.String{stringvalidator.LengthAtLeast(1)} }

func required(description string, rules ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: rules}
}

// computed is the vendor's to say.
func computed(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, PlanModifiers: []planmodifier.String{tfvalue.UseStateWhenOmitted()}}
}

// kept is what the vendor fills in where it is left out (row 13).
func kept(description string, rules ...validator.String) schema.StringAttribute {
	out := computed(description)
	out.Optional, out.Validators = true, rules
	return out
}

// payer is a datum of the payer's.
func payer(description string) schema.StringAttribute {
	out := kept(description)
	out.Sensitive = true
	return out
}

// amount is a part of the money, as decimal text.
func amount(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		CustomType:          money.DecimalType{},
		PlanModifiers:       []planmodifier.String{money.UseStateWhenEqual()},
		Validators:          []validator.String{money.NotNegative()},
	}
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	return map[string]string{"customer": "The payer, as far as you know them."}
}
