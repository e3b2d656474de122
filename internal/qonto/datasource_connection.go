package qonto

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

var _ datasource.DataSourceWithConfigure = (*connectionDataSource)(nil)

// connectionDataSource is `data "paymentlinks_qonto_connection"`.
type connectionDataSource struct{ dataSourceBase }

type connectionModel struct {
	Status        types.String `tfsdk:"status"`
	BankAccountID types.String `tfsdk:"bank_account_id"`
	Location      types.String `tfsdk:"connection_location"`
}

func newConnectionDataSource() datasource.DataSource {
	return &connectionDataSource{dataSourceBase{name: "connection"}}
}

func (s *connectionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The organisation's connection to the payment provider behind [Qonto's payment links](" + docsURL + "). " +
			"Without one that is `enabled`, Qonto refuses every new link. A person sets it up; nothing here can.",
		Attributes: map[string]schema.Attribute{
			"status":              computedString("Status of the connection in Qonto's words, `enabled`, `pending`, `disabled` or `not_connected`. `not_connected` also when there never was one."),
			"bank_account_id":     computedString("Identifier of the bank account that payments go to; null when Qonto does not say."),
			"connection_location": computedString("Where a person finishes the connection, while it is pending; null when Qonto does not say."),
		},
	}
}

func (s *connectionDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	got, err := s.client.connection(rest.WithRetryBudget(ctx))
	if err != nil {
		resp.Diagnostics.Append(readError("connection", err))
		return
	}
	resp.Diagnostics.Append(unreadWarning("connection", got)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, connectionModel{
		Status: tfvalue.StringOrNull(got.Status), BankAccountID: tfvalue.StringOrNull(got.BankAccountID), Location: tfvalue.StringOrNull(got.Location),
	})...)
}
