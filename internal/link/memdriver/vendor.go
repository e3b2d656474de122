package memdriver

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// vendor is the vendor's schema and mapping.
type vendor struct{ options Options }

var (
	_ driver.Vendor[model, Link]    = vendor{}
	_ driver.CreateValidator[model] = vendor{}
	_ driver.MoneyTeller[model]     = vendor{}
	_ driver.Activatable[model]     = vendor{}
	_ driver.Expirer[model]         = vendor{}
)

func (v vendor) Info() driver.Info { return v.options.Info }

func (v vendor) Model(l Link) model { return toModel(l, v.options.MinorUnitDigits) }

func (vendor) Created(l Link) time.Time { return l.Created }

func (vendor) State(l Link, _ time.Time) driver.State {
	switch l.Status {
	case "ATTEMPT", "ACTIVE":
		return driver.Open
	case "PROCESSING":
		return driver.Processing
	case "FINISHED":
		return driver.Paid
	case "EXPIRED":
		return driver.Expired
	case "CANCELED":
		return driver.Revoked
	}
	return driver.Unknown
}

func (vendor) AwaitsActivation(state *model) bool { return state.Status.ValueString() == "ATTEMPT" }

func (vendor) Expiry(l *model) driver.Expiry {
	life, _ := time.ParseDuration(l.Life.ValueString())
	return driver.Expiry{Attribute: "expires_at", At: tfvalue.Time(l.ExpiresAt.ValueString()), Life: life}
}

func (vendor) Validate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if config.Title.ValueString() == "forbidden" {
		diags.AddAttributeError(path.Root("title"), "Forbidden title", "This title is never allowed.")
	}
	return diags
}

func (vendor) ValidateCreate(_ context.Context, config *model) (diags diag.Diagnostics) {
	if config.Pin.IsNull() {
		diags.AddAttributeError(path.Root("pin"), "Missing pin", "A new link needs a pin.")
	}
	return diags
}

func (vendor) MoneyTerms(plan, answer *model) []driver.MoneyTerm {
	return []driver.MoneyTerm{
		{Kind: driver.MoneyAmount, Attribute: path.Root("total"), Asked: plan.Total.ValueString(), Answered: answer.Total.ValueString()},
		{Kind: driver.MoneyInvoice, Attribute: path.Root("title"), Asked: plan.Title.ValueString(), Answered: answer.Title.ValueString()},
	}
}

func (vendor) Attributes() map[string]schema.Attribute {
	kept := []planmodifier.String{tfvalue.UseStateWhenOmitted()}
	return map[string]schema.Attribute{
		"project":    schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
		"title":      schema.StringAttribute{Required: true},
		"grade":      schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
		"return_url": schema.StringAttribute{Optional: true},
		"labels":     schema.MapAttribute{Optional: true, ElementType: types.StringType},
		"methods":    schema.SetAttribute{Optional: true, ElementType: types.StringType},
		"pin":        schema.StringAttribute{Optional: true, Computed: true, Sensitive: true, PlanModifiers: kept},
		"limit":      schema.NumberAttribute{Optional: true},
		"express":    schema.BoolAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{tfvalue.UseStateWhenOmitted()}},
		"total": schema.StringAttribute{Optional: true, Computed: true, CustomType: money.DecimalType{},
			PlanModifiers: []planmodifier.String{tfvalue.UseStateWhenOmitted()}},
		"activate":   schema.BoolAttribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{tfvalue.UseStateWhenOmitted()}},
		"status":     schema.StringAttribute{Computed: true, PlanModifiers: kept},
		"life":       schema.StringAttribute{Computed: true, PlanModifiers: kept},
		"expires_at": schema.StringAttribute{Computed: true, PlanModifiers: kept},
		"lines": schema.ListNestedAttribute{Required: true, NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{Required: true},
			"price": schema.SingleNestedAttribute{Required: true, Attributes: map[string]schema.Attribute{
				"value":    schema.StringAttribute{Required: true, CustomType: money.DecimalType{}},
				"currency": schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
			}},
			"weight": schema.StringAttribute{Optional: true, CustomType: money.DecimalType{}},
		}}},
		"contact": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"name":  schema.StringAttribute{Optional: true},
			"email": schema.StringAttribute{Optional: true, Computed: true, Sensitive: true, PlanModifiers: kept},
			"address": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
				"city": schema.StringAttribute{Optional: true},
				"zip":  schema.StringAttribute{Optional: true},
			}},
		}},
	}
}
