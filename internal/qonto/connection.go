package qonto

import (
	"context"
	"net/http"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// notConnected is Qonto's word (2.1), which its answer to who never connected does not hold (2.2).
const notConnected = "not_connected"

// connection is the organisation's connection to the payment provider, bare on the wire (2.2).
type connection struct {
	Status        string `json:"status"`
	BankAccountID string `json:"bank_account_id"`
	Location      string `json:"connection_location"`
}

// connection reads it. A 404 says that there never was one.
func (c *client) connection(ctx context.Context) (connection, error) {
	var got connection
	_, err := c.api.Do(ctx, rest.Request{Method: http.MethodGet, Path: []string{"v2", "payment_links", "connections"}, Out: &got})
	if rest.IsNotFound(err) {
		return connection{Status: notConnected}, nil
	}
	return got, err
}

var _ datasource.DataSourceWithConfigure = (*connectionSource)(nil)

// connectionSource is `data "paymentlinks_qonto_connection"`.
type connectionSource struct{ reader }

type connectionModel struct {
	Status        types.String `tfsdk:"status"`
	BankAccountID types.String `tfsdk:"bank_account_id"`
	Location      types.String `tfsdk:"connection_location"`
}

func newConnection() datasource.DataSource { return &connectionSource{} }

func (s *connectionSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_qonto_connection"
}

func (s *connectionSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The organisation's connection to the payment provider behind [Qonto's payment links](" + reference + "). " +
			"Without one that is `enabled`, Qonto refuses every new link. A person sets it up; nothing here can.",
		Attributes: map[string]schema.Attribute{
			"status":              told("Status of the connection in Qonto's words, such as `enabled`, `pending` or `not_connected`. `not_connected` also when there never was one."),
			"bank_account_id":     told("Identifier of the bank account that payments go to; null when Qonto does not say."),
			"connection_location": told("Where a person finishes the connection, while it is pending; null when Qonto does not say."),
		},
	}
}

func (s *connectionSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	got, err := s.client.connection(rest.WithRetryBudget(ctx))
	if err != nil {
		resp.Diagnostics.Append(cannotRead("connection", err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, connectionModel{
		Status: tfvalue.StringOrNull(got.Status), BankAccountID: tfvalue.StringOrNull(got.BankAccountID), Location: tfvalue.StringOrNull(got.Location),
	})...)
}
