package gigs

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// model is a link as Terraform holds it.
type model struct {
	driver.Model
	Project     types.String      `tfsdk:"project"`
	Invoice     types.String      `tfsdk:"invoice"`
	Type        types.String      `tfsdk:"type"`
	Ebanx       types.Object      `tfsdk:"ebanx"`
	Status      types.String      `tfsdk:"status"`
	CreatedAt   tfvalue.Timestamp `tfsdk:"created_at"`
	CompletedAt tfvalue.Timestamp `tfsdk:"completed_at"`
	CanceledAt  tfvalue.Timestamp `tfsdk:"canceled_at"`
}

var (
	userTypes  = tfvalue.ObjectTypes(func() map[string]schema.Attribute { return userAttributes(false) })
	ebanxTypes = tfvalue.ObjectTypes(ebanxAttributes)
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
		CreatedAt:   tfvalue.TimestampOrNull(l.CreatedAt),
		CompletedAt: tfvalue.TimestampOrNull(l.CompletedAt),
		CanceledAt:  tfvalue.TimestampOrNull(l.CanceledAt),
	}
}

// ebanxObject returns an object for every EBANX link, whatever the answer leaves out: what is null in an answer would otherwise
// take the payer out of the state.
func ebanxObject(l Link) types.Object {
	redirect := types.StringNull()
	switch {
	case l.Ebanx != nil:
		redirect = tfvalue.StringOrNull(l.Ebanx.RedirectURL)
	case l.Type != "" && l.Type != ebanx:
		return types.ObjectNull(ebanxTypes())
	}
	return types.ObjectValueMust(ebanxTypes(), map[string]attr.Value{
		"redirect_url":    redirect,
		"user":            types.ObjectNull(userTypes()),
		"user_wo":         types.ObjectNull(userTypes()),
		"user_wo_version": types.NumberNull(),
	})
}
