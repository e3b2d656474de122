package powens

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
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

var (
	accountTypes  = tfvalue.ObjectTypes(func() map[string]schema.Attribute { return accountAttributes(false) })
	identityTypes = tfvalue.ObjectTypes(identityAttributes)
)

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
		BeneficiaryIdentity: identityObject(l.BeneficiaryIdentity),
		Payer:               accountObject(l.Payer),
		PayerIdentity:       identityObject(l.PayerIdentity),
		OperatorIdentity:    identityObject(l.OperatorIdentity), // null, missing and {} all mean that there is none (contract 8.17)
		Redirect:            types.BoolPointerValue(l.Redirect),
		AttemptState:        tfvalue.StringOrNull(l.AttemptState),
		LastPaymentID:       money.NumberFromJSON(l.LastPaymentID),
		RevokedAt:           tfvalue.StringOrNull(l.RevokedAt),
	}
	if l.Redirect == nil || *l.Redirect { // else the two mean nothing, whatever they hold (contract 8.13)
		// Beside a redirect a state of "" is one: a new link has to write it (contract 8.14).
		m.RedirectURI, m.RedirectState = tfvalue.StringOrNull(l.RedirectURI), types.StringPointerValue(l.RedirectState)
	}
	return m
}

func accountObject(a *Account) types.Object {
	if a == nil {
		return types.ObjectNull(accountTypes())
	}
	return tfvalue.ObjectOrNull(accountTypes(), map[string]attr.Value{
		"scheme_name":    tfvalue.StringOrNull(a.SchemeName),
		"identification": tfvalue.StringOrNull(a.Identification),
		"label":          tfvalue.StringOrNull(a.Label),
		"issuer":         tfvalue.StringOrNull(a.Issuer),
	})
}

// amountText returns an answered amount (such as 50.9000000000, contract 8.20) with the currency's own decimals.
func amountText(n *money.Number, currency string) money.Decimal {
	if n == nil {
		return money.DecimalNull()
	}
	d := scaleToCurrency(n.Decimal, currency)
	return money.NewDecimal(d.StringFixed(max(0, -d.Exponent())))
}

// scaleToCurrency returns the same number with as many decimals as the currency has; without superfluous zeros where it needs more.
func scaleToCurrency(d decimal.Decimal, currency string) decimal.Decimal {
	out := decimal.RequireFromString(d.String())
	if digits, ok := money.MinorUnits(currency); ok && out.Equal(out.Truncate(int32(digits))) {
		out = decimal.RequireFromString(d.StringFixed(int32(digits)))
	}
	return out
}
