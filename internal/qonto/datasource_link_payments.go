package qonto

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/paging"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigure      = (*linkPaymentsDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*linkPaymentsDataSource)(nil)
)

// linkPaymentsDataSource is `data "paymentlinks_qonto_link_payments"`.
type linkPaymentsDataSource struct{ dataSourceBase }

type linkPaymentsModel struct {
	LinkID   types.String   `tfsdk:"link_id"`
	Statuses types.Set      `tfsdk:"statuses"`
	SortBy   types.String   `tfsdk:"sort_by"`
	Payments []paymentModel `tfsdk:"payments"`
}

type paymentModel struct {
	ID           types.String       `tfsdk:"id"`
	Amount       paymentAmountModel `tfsdk:"amount"`
	Status       types.String       `tfsdk:"status"`
	CreatedAt    types.String       `tfsdk:"created_at"`
	Method       types.String       `tfsdk:"payment_method"`
	PaidAt       types.String       `tfsdk:"paid_at"`
	DebitorEmail types.String       `tfsdk:"debitor_email"`
}

type paymentAmountModel struct {
	Value    types.String `tfsdk:"value"`
	Currency types.String `tfsdk:"currency"`
}

func newLinkPaymentsDataSource() datasource.DataSource {
	return &linkPaymentsDataSource{dataSourceBase{name: "link_payments"}}
}

func (s *linkPaymentsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"link_id": schema.StringAttribute{MarkdownDescription: "Identifier of the payment link.", Required: true},
		"payments": schema.ListNestedAttribute{
			MarkdownDescription: "The payments.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"id": computedString("Identifier of the payment."),
				"amount": schema.SingleNestedAttribute{
					MarkdownDescription: "Amount of the payment.",
					Computed:            true,
					Attributes: map[string]schema.Attribute{
						"value":    computedString("Decimal string, such as `\"13.30\"`."),
						"currency": computedString("Currency of the amount."),
					},
				},
				"status":         computedString("Qonto's own status of the payment: `open`, `pending`, `authorized`, `paid`, `canceled`, `expired` or `failed`."),
				"created_at":     computedString("When the payment was created, RFC 3339."),
				"payment_method": computedString("Payment method, such as `credit_card`."),
				"paid_at":        computedString("When it was paid, RFC 3339; null until then."),
				"debitor_email":  schema.StringAttribute{MarkdownDescription: "Email address of the payer.", Computed: true, Sensitive: true},
			}},
		},
	}
	for _, f := range paymentFilters {
		attributes[f.Name] = link.FilterArgument(f)
	}
	resp.Schema = schema.Schema{
		Attributes:          attributes,
		MarkdownDescription: "Lists the payments of a [Qonto payment link](" + docsURL + "). A payment that is `paid` proves that the link was paid; the link's own status may lag.",
	}
}

// ValidateConfig refuses, before any request, what can be no link.
func (s *linkPaymentsDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var id types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("link_id"), &id)...)
	if resp.Diagnostics.HasError() || id.IsNull() || id.IsUnknown() {
		return
	}
	if err := driver.ValidateUUID(id.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("link_id"), "Cannot read Qonto payments", fmt.Sprintf("Invalid link ID %q: %s. Use the ID of a Qonto payment link.", id.ValueString(), err))
	}
}

// maxPayments bounds what the data source holds, in entries: a list that goes on does not end.
const maxPayments = 10_000

func (s *linkPaymentsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var state linkPaymentsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	query := driver.Query{Filters: map[string][]string{"statuses": tfvalue.Strings(state.Statuses)}}
	if order := state.SortBy.ValueString(); order != "" {
		query.Filters["sort_by"] = []string{order}
	}
	ctx = rest.WithRetryBudget(ctx)
	var said diag.Diagnostics
	err := s.awaitNew(ctx, state.LinkID.ValueString(), func() error {
		state.Payments = []paymentModel{}
		entries := 0
		for p, err := range s.client.payments(ctx, state.LinkID.ValueString(), query.Parameters(paymentFilters, "")) {
			var incomplete *paging.Incomplete
			if entries++; entries > maxPayments {
				return fmt.Errorf("more than %d payments match the filters, the maximum that is read", maxPayments)
			}
			switch {
			case errors.As(err, &incomplete):
				said.AddWarning("The list of Qonto payments may be incomplete", incomplete.Error()+" The links found are used. Read the list again before you rely on a missing link.")
			case err != nil:
				return err
			case p.ID == "":
				said.AddWarning("A Qonto payment is missing from the list", "An entry of the list of payments has no readable ID. It is skipped; the others are used. Read the list again before you rely on a missing payment.")
			default:
				said.Append(unreadWarning("payment "+p.ID, p)...)
				state.Payments = append(state.Payments, p.model())
			}
		}
		return nil
	})
	if err != nil {
		resp.Diagnostics.Append(readError("payments", err))
		return
	}
	resp.Diagnostics.Append(said...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (p payment) model() paymentModel {
	return paymentModel{
		ID: tfvalue.StringOrNull(p.ID), Amount: paymentAmountModel{tfvalue.StringOrNull(p.Amount.Value), tfvalue.StringOrNull(p.Amount.Currency)}, Status: tfvalue.StringOrNull(p.Status),
		CreatedAt: tfvalue.StringOrNull(p.CreatedAt), Method: tfvalue.StringOrNull(p.Method), PaidAt: tfvalue.StringOrNull(p.PaidAt), DebitorEmail: tfvalue.StringOrNull(p.DebitorEmail),
	}
}
