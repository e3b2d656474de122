package powens

import (
	"context"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

const docsURL = "https://docs.powens.com/api-reference/products/payments/payment-links"

func (vendor) Attributes() map[string]schema.Attribute {
	redirectState := tfvalue.OptionalComputedString("`state` parameter sent to `redirect_uri`. Powens' payments accept at most 2,000 characters.")
	redirectState.PlanModifiers = []planmodifier.String{keepEmptyString{"if not set, an empty value stays empty"}}
	return map[string]schema.Attribute{
		"amount": tfvalue.RequiredDecimal("Amount to pay, a decimal string above zero in the currency's major unit, with no more decimals than the currency has, such as `\"50.90\"`. "+
			"Powens' sandbox domains reject more than 10 EUR.", tfvalue.Positive()),
		"currency": tfvalue.RequiredString("Currency of the amount, an ISO 4217 code such as `EUR`.", tfvalue.CurrencyCode(nil)),
		"label": tfvalue.RequiredString("Remittance information of the payment, shown to payer and beneficiary. The payer's bank may limit it further.",
			stringvalidator.LengthAtLeast(1)),
		"execution_date_type": tfvalue.RequiredString("When the payment is executed: `first_open_day` or `instant`. See [Powens' page]("+docsURL+").",
			stringvalidator.OneOf("first_open_day", "instant")),
		"reference_id": tfvalue.OptionalComputedString("End-to-end identifier of the future payment. If not set (recommended), Powens generates one. Its payments accept at most 31 characters (UK Faster Payments: 18).",
			tfvalue.StringRule{
				Rule: "should have at most 31 characters, as Powens' payments do", Summary: "Long reference", Warns: true, RepeatsValue: true,
				IsValid: func(text string) bool { return utf8.RuneCountInString(text) <= 31 },
			}),
		"beneficiary":          tfvalue.RequiredObject("Account that receives the payment.", accountAttributes(false)),
		"beneficiary_identity": tfvalue.RequiredObject("Identity of the beneficiary.", identityAttributes()),
		"payer":                tfvalue.OptionalObject("Account of the payer, if known in advance.", accountAttributes(true)),
		"payer_identity":       tfvalue.RequiredObject("Identity of the payer.", identityAttributes()),
		"operator_identity":    tfvalue.OptionalObject("Identity that initiates the payment, if neither payer nor beneficiary.", identityAttributes()),
		"redirect": schema.BoolAttribute{
			MarkdownDescription: "Whether the payer is redirected after payment. Default: whether `redirect_uri` is set.",
			Optional:            true,
			Computed:            true,
			PlanModifiers:       []planmodifier.Bool{defaultFromURI{"if not set, the value is whether redirect_uri is set"}},
		},
		"redirect_uri":   tfvalue.OptionalString("URL to which the payer is redirected; required if `redirect` is `true`. Powens requires it to be registered with the client application and to have no query (`?`)."),
		"redirect_state": redirectState,
		"attempt_state": tfvalue.ComputedString("Powens' own state of the latest attempt to pay: `created`, `validating`, `pending`, `done`, `accepted`, `partial`, `rejected`, `expired`, " +
			"or `unavailable` if there was none (or Powens cannot tell)."),
		"last_payment_id": schema.NumberAttribute{
			MarkdownDescription: "Identifier of the latest payment in the domain; null if there is none.",
			Computed:            true,
			PlanModifiers:       []planmodifier.Number{tfvalue.UseStateWhenOmitted()},
		},
		"revoked_at": tfvalue.ComputedString("When the link was or will be revoked, as Powens formats it; null otherwise."),
	}
}

// accountAttributes returns a PaymentAccount's attributes (contract 4.1). Of a payer's, number and label are the payer's own.
func accountAttributes(payer bool) map[string]schema.Attribute {
	own := func(description string) schema.StringAttribute {
		if payer {
			return tfvalue.SensitiveString(description + " Required for a new link; if not set, an existing link keeps its value.")
		}
		return tfvalue.RequiredString(description, stringvalidator.LengthAtLeast(1))
	}
	return map[string]schema.Attribute{
		"scheme_name":    tfvalue.RequiredString("Scheme of `identification`: `iban` or `sort_code_account_number`.", tfvalue.OneOfDocumented("account scheme", iban, "sort_code_account_number")),
		"identification": own("Account number in that scheme. Set an IBAN without spaces."),
		"label":          own("Displayed name of the account."),
		"issuer":         tfvalue.OptionalComputedString("BIC of the bank, with an IBAN. Powens may fill it in."),
	}
}

// identityAttributes returns an Identity's attributes (contract 4.2).
func identityAttributes() map[string]schema.Attribute {
	out := map[string]schema.Attribute{
		"id_user": schema.NumberAttribute{
			MarkdownDescription: "Identifier of an existing user of the domain, a whole number from 1.",
			Optional:            true,
			Validators:          []validator.Number{tfvalue.IntegerAtLeast(1, "Invalid user identifier", "must be a whole number from 1")},
		},
		"kind": schema.StringAttribute{
			MarkdownDescription: "Kind of identity: `individual` (default), `corporate`, `non_profit` or `government`.",
			Optional:            true,
			Computed:            true,
			Default:             stringdefault.StaticString(individual),
			Validators:          []validator.String{tfvalue.OneOfDocumented("kind of identity", individual, "corporate", "non_profit", "government")},
		},
		"pep": schema.BoolAttribute{
			MarkdownDescription: "Whether the person is politically exposed. Default at Powens: `false`.",
			Optional:            true,
			Computed:            true,
			Sensitive:           true,
			PlanModifiers:       []planmodifier.Bool{tfvalue.UseStateWhenOmitted()},
		},
	}
	for _, f := range identityFields() {
		out[f.name] = f.attribute()
	}
	return out
}

// attribute returns the field's attribute. What answers may hide is kept where the configuration leaves it out.
func (f identityField) attribute() schema.StringAttribute {
	rules := identityValidators(f.name)
	if f.maxLength > 0 {
		rules = append(rules, stringvalidator.UTF8LengthAtMost(f.maxLength))
	}
	if f.sensitive {
		return tfvalue.SensitiveString(f.description, rules...)
	}
	return tfvalue.OptionalString(f.description, rules...)
}

// dataSourceDescriptions describes, for data sources, the attributes whose own descriptions tell how to write them.
func dataSourceDescriptions() map[string]string {
	out := map[string]string{
		"amount":                     "Amount to pay, a decimal string in the currency's major unit, such as `\"50.90\"`.",
		"reference_id":               "End-to-end identifier of the payment.",
		"redirect_uri":               "URL to which the payer is redirected.",
		"redirect_state":             "`state` parameter sent to `redirect_uri`.",
		"redirect":                   "Whether the payer is redirected after payment.",
		"beneficiary.identification": "Account number in that scheme.",
		"payer.identification":       "Account number in that scheme.",
		"payer.label":                "Displayed name of the account.",
	}
	for _, identity := range new(model).identities() {
		out[identity.name+".kind"] = "Kind of identity: `individual`, `corporate`, `non_profit` or `government`."
		out[identity.name+".id_user"] = "Identifier of a user of the domain."
		out[identity.name+".first_name"] = "First name."
		out[identity.name+".last_name"] = "Last name."
		out[identity.name+".scheme_name"] = schemeNameDescription
		out[identity.name+".identification"] = "Number in the scheme of `scheme_name`."
		out[identity.name+".pep"] = "Whether the person is politically exposed."
	}
	return out
}

// hasRedirect returns whether the link has a redirect: `redirect` as written, else whether there is a `redirect_uri`. It may not be
// known while planning.
func hasRedirect(written types.Bool, uri types.String) types.Bool {
	if !written.IsNull() {
		return written
	}
	if uri.IsUnknown() {
		return types.BoolUnknown()
	}
	return types.BoolValue(uri.ValueString() != "")
}

// defaultFromURI plans `redirect` where it is not written. A static default cannot look at another attribute.
type defaultFromURI struct{ tfvalue.Describer }

func (defaultFromURI) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	var uri types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("redirect_uri"), &uri)...)
	resp.PlanValue = hasRedirect(req.ConfigValue, uri)
}

// keepEmptyString is for a text whose "" says something: an engine that generates configuration leaves "" out, and has not taken it away.
type keepEmptyString struct{ tfvalue.Describer }

func (keepEmptyString) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	resp.PlanValue = types.StringNull()
	if empty := types.StringValue(""); req.StateValue.Equal(empty) {
		resp.PlanValue = empty
	}
}
