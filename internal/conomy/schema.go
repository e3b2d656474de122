package conomy

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

const docsURL = "https://developers.conomyhq.com"

// destinationAccount is the only type of a destination that has a schema (contract 4.5).
const destinationAccount = "ACCOUNT"

// Attributes returns Conomy's own attributes. What is optional and computed the vendor fills in where it is left out (contract 8.13).
func (vendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"checkout_token": tfvalue.RequiredString("Reference that you choose, part of the checkout URL, such as `invoice-1001`: letters, digits and `.`, `_`, `~`, `-`. Unique among your links that are not deleted.",
			stringvalidator.LengthAtLeast(1)),
		// Of the crypto currencies (contract 4.7) Conomy says which it takes.
		"currency": tfvalue.RequiredString("Currency of all amounts: an ISO 4217 code such as `CLP`, or a crypto code such as `USDC`.", tfvalue.CurrencyCode(money.IsCryptoCode)),
		"items": schema.ListNestedAttribute{
			MarkdownDescription: "Items to pay for, at least one. Their totals add up to the amount of the link.",
			Required:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			NestedObject:        schema.NestedAttributeObject{Attributes: itemAttributes()},
		},
		"payment_methods_allowed": schema.SetAttribute{
			MarkdownDescription: "Payment methods offered to the payer in Conomy's words, at least one, such as `CARD`, `PSE` or `WEBPAY`. " +
				"Conomy extends its list: an unknown name is sent with a warning. See [Conomy's documentation](" + docsURL + ").",
			Required:    true,
			ElementType: types.StringType,
			Validators:  []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(tfvalue.OneOfDocumented("payment method", paymentMethods()...))},
		},
		"customer": tfvalue.OptionalObject("The payer. Every attribute is optional; an attribute that is not set keeps the value of the link.", customerAttributes()),
		"destinations": schema.ListNestedAttribute{
			MarkdownDescription: "Accounts that receive the money, at least one. Their amounts must add up to the total of the items.",
			Required:            true,
			Validators:          []validator.List{listvalidator.SizeAtLeast(1)},
			NestedObject:        schema.NestedAttributeObject{Attributes: destinationAttributes()},
		},
		"duration": schema.NumberAttribute{
			MarkdownDescription: "Lifetime of the link in whole seconds from its creation, at least 30.",
			Required:            true,
			Validators:          []validator.Number{tfvalue.IntegerAtLeast(minDuration, "Invalid duration", fmt.Sprintf("must be a whole number of at least %d seconds", minDuration))},
		},
		"customer_requirements": schema.SetAttribute{
			MarkdownDescription: "Data that the payer must enter: any of `firstName`, `lastName`, `email`, `phoneNumber`, `phoneNumberPrefix`, `address`, `documentNumber` and `documentType`. Any other value is sent with a warning.",
			Optional:            true,
			ElementType:         types.StringType,
			Validators: []validator.Set{setvalidator.ValueStringsAre(tfvalue.OneOfDocumented("customer requirement",
				"firstName", "email", "lastName", "phoneNumber", "phoneNumberPrefix", "address", "documentNumber", "documentType"))},
		},
		"owner":       tfvalue.RequiredObject("Conomy identity that owns the link.", ownerAttributes()),
		"success_url": tfvalue.OptionalString("Absolute http or https URL to which the payer is sent after a payment."),
		"failed_url":  tfvalue.OptionalString("Absolute http or https URL to which the payer is sent after a failed or cancelled payment."),
		"activate": tfvalue.OptionalComputedBool("Whether the link is activated, so that it accepts payments. `true` activates a link in `ATTEMPT`, at its creation or later in place; " +
			"changing `true` to `false` creates a new link, because Conomy cannot deactivate a link. If not set, the link stays as it is."),
		"status":         tfvalue.ComputedString("Conomy's own status: `ATTEMPT`, `ACTIVE`, `PROCESSING_PAYMENT`, `FINISHED` or `EXPIRED`."),
		"pre_tax_amount": tfvalue.ComputedString("Sum of the items before tax, as Conomy returns it."),
		"total_amount":   tfvalue.ComputedString("Sum of the items with tax, as Conomy returns it: the amount that the payer pays."),
		"created_at":     tfvalue.ComputedString("When Conomy created the link, RFC 3339."),
		"expires_at":     tfvalue.ComputedString("When the link expires, RFC 3339: `created_at` plus `duration`."),
	}
}

func itemAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"description":    tfvalue.RequiredString("Description of the item, shown to the payer."),
		"pre_tax_amount": tfvalue.RequiredDecimal("Amount before tax, a decimal string such as `\"10000\"`. A negative amount (a discount), or one with more decimals than the currency has, is sent with a warning.", tfvalue.WarnNegative()),
		"total_amount":   tfvalue.RequiredDecimal("Amount with tax: `pre_tax_amount` plus `tax.amount`, or `pre_tax_amount` if there is no `tax`.", tfvalue.WarnNegative()),
		"tax":            tfvalue.OptionalObject("Tax of the item.", taxAttributes()),
	}
}

func taxAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name": tfvalue.RequiredString("Name of the tax, such as `IVA`."),
		"type": tfvalue.RequiredString("Meaning of `value`: `PERCENTAGE` or `FIXED`.", tfvalue.OneOfDocumented("tax type", "FIXED", "PERCENTAGE")),
		"value": tfvalue.RequiredDecimal("Tax rate or amount as a decimal string, as Conomy expects it. It is sent unchanged; the provider does not calculate with it.",
			tfvalue.WarnNegative()),
		"amount": tfvalue.RequiredDecimal("Amount of the tax, a decimal string.", tfvalue.WarnNegative()),
	}
}

func customerAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                  tfvalue.SensitiveString("Your identifier for the payer."),
		"first_name":          tfvalue.SensitiveString("First name."),
		"last_name":           tfvalue.SensitiveString("Last name."),
		"email":               tfvalue.SensitiveString("Email address."),
		"phone_number":        tfvalue.SensitiveString("Phone number without its prefix."),
		"phone_number_prefix": tfvalue.SensitiveString("Prefix of the phone number, such as `+57`."),
		"document_type":       tfvalue.SensitiveString("Kind of identity document, such as `RUT`, `CED_CIU` or `PASSPORT`."),
		"document_number":     tfvalue.SensitiveString("Number of the identity document."),
		"address":             tfvalue.OptionalObject("Address of the payer.", addressAttributes()),
	}
}

func addressAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"administrative_area_level1": tfvalue.SensitiveString("Region, state or department."),
		"administrative_area_level2": tfvalue.SensitiveString("City, municipality or province."),
		"administrative_area_level3": tfvalue.SensitiveString("District or neighbourhood."),
		"street":                     tfvalue.SensitiveString("Street."),
		"street_number":              tfvalue.SensitiveString("Street number."),
		"optional_address":           tfvalue.SensitiveString("Apartment, floor or similar."),
		"country":                    tfvalue.SensitiveString("Country, ISO 3166-1 alpha-3, such as `COL`."),
		"zipcode":                    tfvalue.SensitiveString("Postal code."),
	}
}

func destinationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name":        tfvalue.OptionalComputedString("Name of the destination. Default: set by Conomy."),
		"type":        tfvalue.OptionalComputedString("Kind of destination: `ACCOUNT`, the only documented one.", tfvalue.OneOfDocumented("destination type", destinationAccount)),
		"external_id": tfvalue.OptionalString("Your own reference."),
		"amount":      tfvalue.RequiredDecimal("Amount that this destination receives, a decimal string.", tfvalue.WarnNegative()),
		"currency":    tfvalue.OptionalString("Currency of that amount. Documented only in Conomy's newest recipe."),
		"identity":    tfvalue.OptionalObject("Conomy identity that owns the destination. Documented only in Conomy's newest recipe.", identityAttributes()),
		"metadata":    tfvalue.OptionalObject("How the destination is presented.", metadataAttributes()),
		"account":     tfvalue.RequiredObject("The account. Conomy's API description requires all four fields, its newest recipe only the number: set all four.", accountAttributes()),
	}
}

func identityAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{"identity_id": tfvalue.RequiredString("Identifier of the identity.", stringvalidator.LengthAtLeast(1))}
}

func metadataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"image":       tfvalue.RequiredString("URL of an image."),
		"description": tfvalue.RequiredString("Description."),
		"category":    tfvalue.RequiredString("Category."),
	}
}

func accountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"account_number": tfvalue.RequiredString("Number of the account.", stringvalidator.LengthAtLeast(1)),
		"type": tfvalue.OptionalComputedString("Type of account: `CHECKING`, `ASSET`, `SAVINGS`, `ESCROW` or `FEE`. Any other value is sent with a warning.",
			tfvalue.OneOfDocumented("account type", "CHECKING", "ASSET", "SAVINGS", "ESCROW", "FEE")),
		"currency":       tfvalue.OptionalComputedString("Currency of the account."),
		"account_holder": tfvalue.OptionalComputedString("Holder of the account."),
	}
}

func ownerAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"identity_id":     tfvalue.RequiredString("Identifier of the identity.", stringvalidator.LengthAtLeast(1)),
		"name":            tfvalue.OptionalComputedString("Name."),
		"lastname":        tfvalue.OptionalComputedString("Last name."),
		"nickname":        tfvalue.OptionalComputedString("Nickname."),
		"document_number": tfvalue.OptionalComputedString("Number of the identity's document."),
		"entity_type":     tfvalue.OptionalComputedString("Kind of identity, such as `USER` or `ORGANIZATION`."),
	}
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	return map[string]string{
		"checkout_token":            "Reference of the link, part of the checkout URL, such as `invoice-1001`. Unique among the links that are not deleted.",
		"customer":                  "The payer.",
		"customer.id":               "The merchant's identifier for the payer.",
		"customer_requirements":     "Data that the payer must enter, such as `firstName` or `documentNumber`.",
		"payment_methods_allowed":   "Payment methods offered to the payer in Conomy's words, such as `CARD`, `PSE` or `WEBPAY`.",
		"duration":                  "Lifetime of the link in seconds from its creation.",
		"items":                     "Items to pay for. Their totals add up to the amount of the link.",
		"items.pre_tax_amount":      "Amount before tax, a decimal string such as `\"10000\"`.",
		"items.tax.value":           "Tax rate or amount as a decimal string.",
		"destinations":              "Accounts that receive the money. Their amounts add up to the total of the items.",
		"destinations.name":         "Name of the destination.",
		"destinations.external_id":  "The merchant's own reference.",
		"destinations.account":      "The account.",
		"destinations.account.type": "Type of account: `CHECKING`, `ASSET`, `SAVINGS`, `ESCROW` or `FEE`.",
	}
}
