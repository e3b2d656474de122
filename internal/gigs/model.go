package gigs

import (
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// ebanx is the only type of link that Gigs documents (row 20).
const ebanx = "ebanx"

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	Project     types.String `tfsdk:"project"`
	Invoice     types.String `tfsdk:"invoice"`
	Type        types.String `tfsdk:"type"`
	Ebanx       types.Object `tfsdk:"ebanx"`
	Status      types.String `tfsdk:"status"`
	CreatedAt   instant      `tfsdk:"created_at"`
	CompletedAt instant      `tfsdk:"completed_at"`
	CanceledAt  instant      `tfsdk:"canceled_at"`
}

var (
	userTypes  = map[string]attr.Type{"full_name": types.StringType, "email": types.StringType, "tax_number": types.StringType}
	ebanxTypes = map[string]attr.Type{
		"redirect_url":    types.StringType,
		"user":            types.ObjectType{AttrTypes: userTypes},
		"user_wo":         types.ObjectType{AttrTypes: userTypes},
		"user_wo_version": types.Int64Type,
	}
)

// Model maps an answer.
func (vendor) Model(l Link) model {
	return model{
		Model:       driver.Model{ID: tfvalue.StringOrNull(l.ID), URL: tfvalue.StringOrNull(l.PaymentURL)},
		Project:     tfvalue.StringOrNull(l.Project),
		Invoice:     tfvalue.StringOrNull(l.Invoice),
		Type:        tfvalue.StringOrNull(l.Type),
		Ebanx:       ebanxObject(l),
		Status:      tfvalue.StringOrNull(l.Status),
		CreatedAt:   newInstant(l.CreatedAt),
		CompletedAt: newInstant(l.CompletedAt),
		CanceledAt:  newInstant(l.CanceledAt),
	}
}

// ebanxObject is there for every EBANX link, whatever the answer leaves out: what is null in an answer would otherwise
// take the payer out of the state.
func ebanxObject(l Link) types.Object {
	redirect := types.StringNull()
	switch {
	case l.Ebanx != nil:
		redirect = tfvalue.StringOrNull(l.Ebanx.RedirectURL)
	case l.Type != "" && l.Type != ebanx:
		return types.ObjectNull(ebanxTypes)
	}
	return types.ObjectValueMust(ebanxTypes, map[string]attr.Value{
		"redirect_url":    redirect,
		"user":            types.ObjectNull(userTypes),
		"user_wo":         types.ObjectNull(userTypes),
		"user_wo_version": types.Int64Null(),
	})
}

// request is the body of a create, and what in it is not for others' eyes. A write-only payer is in the configuration
// alone.
func (m *model) request(config *model) (body createBody, sensitive []string) {
	user := m.user("user")
	if user.IsNull() {
		user = config.user("user_wo")
	}
	redirect, _ := m.Ebanx.Attributes()["redirect_url"].(types.String)
	body = createBody{Invoice: m.Invoice.ValueString(), Type: m.Type.ValueString(), Ebanx: createEbanx{
		User: User{
			FullName:  textIn(user, "full_name").ValueString(),
			Email:     textIn(user, "email").ValueString(),
			TaxNumber: textIn(user, "tax_number").ValueString(),
		},
		RedirectURL: redirect.ValueString(),
	}}
	if body.Type == "" {
		body.Type = ebanx
	}
	sent := body.Ebanx.User
	return body, []string{sent.FullName, sent.Email, sent.TaxNumber, digits(sent.TaxNumber)}
}

// user is the object under a name in ebanx; null where ebanx itself is null, unknown where it is unknown.
func (m *model) user(name string) types.Object {
	if m.Ebanx.IsUnknown() {
		return types.ObjectUnknown(userTypes)
	}
	user, ok := m.Ebanx.Attributes()[name].(types.Object)
	if !ok {
		return types.ObjectNull(userTypes)
	}
	return user
}

func textIn(o types.Object, name string) types.String {
	text, _ := o.Attributes()[name].(types.String)
	return text
}

// digits is a tax number without its punctuation (row 3).
func digits(taxNumber string) string {
	return strings.NewReplacer(".", "", "-", "").Replace(taxNumber)
}
