package gigs

import (
	"context"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

const docsURL = "https://developers.gigs.com/api/latest/payments/payment-links"

// ebanx is the only type of link that Gigs documents (contract 8.20).
const ebanx = "ebanx"

func (vendor) Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"project": tfvalue.OptionalComputedString("Project that the invoice belongs to. Default: the provider's `project`.", pathSegment()),
		"invoice": tfvalue.RequiredString("Identifier of the invoice that the link collects, such as `inv_0SNlurA049MEWV1QTRqvd18YuG25`. Billing must be enabled for the project. "+
			"See [Gigs' page]("+docsURL+").", stringvalidator.LengthAtLeast(1)),
		"type":         tfvalue.OptionalComputedString("Provider of the payment page, `ebanx` (the default, and the only one that Gigs supports).", stringvalidator.OneOf(ebanx)),
		"ebanx":        tfvalue.RequiredObject("Settings of EBANX. A new link requires exactly one of `user` and `user_wo`.", ebanxAttributes()),
		"status":       tfvalue.ComputedString("Gigs' own status: `active`, `canceled` or `completed`."),
		"created_at":   timestampAttribute("When Gigs created the link, RFC 3339."),
		"completed_at": timestampAttribute("When the link was used for a payment, RFC 3339; null until then."),
		"canceled_at":  timestampAttribute("When the link was canceled and became invalid, RFC 3339; null until then."),
	}
}

// timestampAttribute returns the attribute of a time as Gigs spells it, RFC 3339 with or without fractions of a second (contract 8.22).
func timestampAttribute(description string) schema.StringAttribute {
	out := tfvalue.ComputedString(description)
	out.CustomType = tfvalue.TimestampType{}
	return out
}

func ebanxAttributes() map[string]schema.Attribute {
	redirectURL := tfvalue.OptionalString("Absolute URL to which the payer's browser is sent after an attempt to pay, whether it succeeded or failed: a web page, or an app (`myapp://paid`).", absoluteURI())
	redirectURL.PlanModifiers = []planmodifier.String{keepEquivalentURL{"an equivalent URL keeps the value of the link"}}
	return map[string]schema.Attribute{
		"redirect_url": redirectURL,
		"user": schema.SingleNestedAttribute{
			MarkdownDescription: "The payer, stored in state (sensitive). Gigs never returns it: after an import, the first configured value is stored without replacing the link. " +
				"Moving the same payer to `user_wo` happens in place. Any other change creates a new link. Conflicts with `user_wo`.",
			Optional:   true,
			Attributes: userAttributes(false),
		},
		"user_wo": schema.SingleNestedAttribute{
			MarkdownDescription: "The payer, write-only: used when the link is created, and never stored in state or plan. Changing it alone has no effect; increment `user_wo_version` too. Conflicts with `user`.",
			Optional:            true,
			WriteOnly:           true,
			Attributes:          userAttributes(true),
		},
		"user_wo_version": schema.NumberAttribute{
			MarkdownDescription: "Version of `user_wo`, a whole number that you choose. Changing it creates a new link with the current `user_wo`. After an import, the first configured value is stored without replacing the link.",
			Optional:            true,
			Validators:          []validator.Number{tfvalue.IntegerAtLeast(0, "Invalid version", "must be a whole number from 0")},
		},
	}
}

// userAttributes returns the payer's attributes, for `user` and (write-only) `user_wo`.
func userAttributes(writeOnly bool) map[string]schema.Attribute {
	attribute := func(description string, rules ...validator.String) schema.Attribute {
		out := tfvalue.RequiredString(description, append(rules, notBlank())...)
		out.Sensitive, out.WriteOnly = true, writeOnly
		return out
	}
	return map[string]schema.Attribute{
		"full_name":  attribute("Full name of the payer."),
		"email":      attribute("Email address of the payer."),
		"tax_number": attribute("Tax number of the payer, a Brazilian CPF of 11 digits or CNPJ of 14, with or without punctuation (`290.063.072-03`). It is sent unchanged; any other form is sent with a warning.", taxNumberForm()),
	}
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	return map[string]string{
		"project": "Project that the invoice belongs to.",
		"ebanx":   "Settings of EBANX.",
		"invoice": "Identifier of the invoice that the link collects, such as `inv_0SNlurA049MEWV1QTRqvd18YuG25`.",
		"type":    "Provider of the payment page: `ebanx`, the only one that Gigs supports.",
	}
}

// keepEquivalentURL keeps the state's spelling of an address that RFC 3986 (6.2.3) calls the same: a vendor that writes
// "https://example.com/" for "https://example.com" (contract 8.5) has not changed it, also not after an import.
type keepEquivalentURL struct{ tfvalue.Describer }

func (keepEquivalentURL) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.PlanValue.IsNull() || req.PlanValue.IsUnknown() || req.StateValue.IsNull() {
		return
	}
	if canonicalURL(req.PlanValue.ValueString()) == canonicalURL(req.StateValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// canonicalURL writes an address in the one way of RFC 3986: scheme and host in lower case, "/" for no path, no port where
// it is the scheme's own. Paths and queries stay as they are: "/a" and "/a/" are two.
func canonicalURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return address
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; port != "" {
		u.Host = strings.TrimSuffix(u.Host, port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}
