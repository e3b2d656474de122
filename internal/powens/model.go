package powens

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	Amount              money.Decimal `tfsdk:"amount"`
	Currency            types.String  `tfsdk:"currency"`
	Label               types.String  `tfsdk:"label"`
	ExecutionDateType   types.String  `tfsdk:"execution_date_type"`
	ReferenceID         types.String  `tfsdk:"reference_id"`
	Beneficiary         types.Object  `tfsdk:"beneficiary"`
	BeneficiaryIdentity types.Object  `tfsdk:"beneficiary_identity"`
	Payer               types.Object  `tfsdk:"payer"`
	PayerIdentity       types.Object  `tfsdk:"payer_identity"`
	OperatorIdentity    types.Object  `tfsdk:"operator_identity"`
	Redirect            types.Bool    `tfsdk:"redirect"`
	RedirectURI         types.String  `tfsdk:"redirect_uri"`
	RedirectState       types.String  `tfsdk:"redirect_state"`
	AttemptState        types.String  `tfsdk:"attempt_state"`
	LastPaymentID       types.Number  `tfsdk:"last_payment_id"`
	RevokedAt           types.String  `tfsdk:"revoked_at"`
}

var accountTypes = map[string]attr.Type{
	"scheme_name": types.StringType, "identification": types.StringType, "label": types.StringType, "issuer": types.StringType,
}

// whose is an Identity and the attribute that holds it.
type whose struct {
	name     string
	identity types.Object
}

func (m *model) identities() []whose {
	return []whose{
		{"beneficiary_identity", m.BeneficiaryIdentity}, {"payer_identity", m.PayerIdentity}, {"operator_identity", m.OperatorIdentity},
	}
}

// Model maps an answer.
func (vendor) Model(l Link) model {
	m := model{
		Model:               driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.URL)},
		Amount:              amountText(l.Amount, l.Currency),
		Currency:            tfvalue.StringOrNull(l.Currency),
		Label:               tfvalue.StringOrNull(l.Label),
		ExecutionDateType:   tfvalue.StringOrNull(l.ExecutionDateType),
		ReferenceID:         tfvalue.StringOrNull(l.ReferenceID),
		Beneficiary:         accountObject(l.Beneficiary),
		BeneficiaryIdentity: identityObject(orEmpty(l.BeneficiaryIdentity)),
		Payer:               accountObject(l.Payer),
		PayerIdentity:       identityObject(orEmpty(l.PayerIdentity)),
		OperatorIdentity:    types.ObjectNull(identityTypes),
		Redirect:            types.BoolValue(l.Redirect),
		AttemptState:        tfvalue.StringOrNull(l.AttemptState),
		LastPaymentID:       money.NumberFromJSON(l.LastPaymentID),
		RevokedAt:           tfvalue.StringOrNull(l.RevokedAt),
	}
	if orEmpty(l.OperatorIdentity) != (Identity{}) { // null, missing and {} all mean that there is none (row 17)
		m.OperatorIdentity = identityObject(*l.OperatorIdentity)
	}
	if l.Redirect { // else the two mean nothing, whatever they hold (row 13)
		// Beside a redirect a state of "" is one: a new link has to write it (row 14).
		m.RedirectURI, m.RedirectState = tfvalue.StringOrNull(l.RedirectURI), types.StringPointerValue(l.RedirectState)
	}
	return m
}

func orEmpty(i *Identity) Identity {
	if i == nil {
		return Identity{}
	}
	return *i
}

func accountObject(a *Account) types.Object {
	if a == nil || *a == (Account{}) {
		return types.ObjectNull(accountTypes)
	}
	return types.ObjectValueMust(accountTypes, map[string]attr.Value{
		"scheme_name":    tfvalue.StringOrNull(a.SchemeName),
		"identification": tfvalue.StringOrNull(a.Identification),
		"label":          tfvalue.StringOrNull(a.Label),
		"issuer":         tfvalue.StringOrNull(a.Issuer),
	})
}

// amountText writes an answered amount (such as 50.9000000000, row 20) with the currency's own decimals.
func amountText(n *money.Number, currency string) money.Decimal {
	if n == nil {
		return money.DecimalNull()
	}
	d := scaled(n.Decimal, currency)
	return money.NewDecimal(d.StringFixed(max(0, -d.Exponent())))
}

// scaled is the same number with as many decimals as the currency has; without superfluous zeros where it needs more.
func scaled(d decimal.Decimal, currency string) decimal.Decimal {
	out := decimal.RequireFromString(d.String())
	if digits, ok := money.MinorUnits(currency); ok && out.Equal(out.Truncate(int32(digits))) {
		out = decimal.RequireFromString(d.StringFixed(int32(digits)))
	}
	return out
}

// request is the body of a create, and what in it is not for others' eyes.
func (m *model) request() (body createBody, sensitive []string) {
	amount, _ := m.Amount.Value()
	body = createBody{
		ReferenceID:         m.ReferenceID.ValueString(),
		Amount:              money.Number{Decimal: scaled(amount, m.Currency.ValueString())},
		Currency:            m.Currency.ValueString(),
		Label:               m.Label.ValueString(),
		ExecutionDateType:   m.ExecutionDateType.ValueString(),
		Beneficiary:         wireAccount(m.Beneficiary),
		BeneficiaryIdentity: wireIdentity(m.BeneficiaryIdentity),
		Payer:               wireAccount(m.Payer),
		PayerIdentity:       wireIdentity(m.PayerIdentity),
		OperatorIdentity:    wireIdentity(m.OperatorIdentity),
		Redirect:            m.Redirect.ValueBool(),
	}
	if m.Redirect.IsUnknown() { // nothing was planned, because redirect_uri was not known then
		body.Redirect = m.RedirectURI.ValueString() != ""
	}
	if body.Redirect {
		uri, state := m.RedirectURI.ValueString(), m.RedirectState.ValueString()
		body.RedirectURI, body.RedirectState = &uri, &state
	}
	for _, identity := range []*Identity{body.BeneficiaryIdentity, body.PayerIdentity, body.OperatorIdentity} {
		sensitive = append(sensitive, identity.secrets()...)
	}
	if body.Payer != nil {
		sensitive = append(sensitive, body.Payer.Identification, body.Payer.Label)
	}
	return body, sensitive
}

// wireAccount is an account of a request; nil when it is not configured.
func wireAccount(o types.Object) *Account {
	if o.IsNull() || o.IsUnknown() {
		return nil
	}
	return &Account{
		SchemeName:     text(o, "scheme_name").ValueString(),
		Identification: text(o, "identification").ValueString(),
		Label:          text(o, "label").ValueString(),
		Issuer:         text(o, "issuer").ValueString(),
	}
}
