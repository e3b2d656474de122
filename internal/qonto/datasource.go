package qonto

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// dataSourceBase is what Qonto's own data sources share: a name, "connection" of paymentlinks_qonto_connection, and the
// configured client.
type dataSourceBase struct {
	name     string
	client   *client
	awaitNew link.AwaitNew
}

func (b *dataSourceBase) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_qonto_" + b.name
}

// Configure takes the client out of what the provider hands over.
func (b *dataSourceBase) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	configured, await, diags := link.ClientFrom[model, Link](vendor{}, req.ProviderData)
	b.client, _ = configured.(*client) // newClient makes no other
	b.awaitNew = await
	resp.Diagnostics.Append(diags...)
}

func readError(what string, err error) diag.Diagnostic {
	return link.ReadError(vendor{}.Info(), "Cannot read Qonto "+what, err, "No part of it is used. Fix the cause and run the command again.")
}

// unreadWarning returns what of an answer could not be read.
func unreadWarning(what string, answer any) diag.Diagnostics {
	return link.UnreadWarning(vendor{}.Info(), what, answer)
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

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
		MarkdownDescription: "Reads the organisation's connection to the payment provider behind [Qonto's payment links](" + docsURL + "). " +
			"Unless it is `enabled`, Qonto rejects every new link. It must be set up manually.",
		Attributes: map[string]schema.Attribute{
			"status":              computedString("Qonto's own status of the connection: `enabled`, `pending`, `disabled` or `not_connected` (also if there never was one)."),
			"bank_account_id":     computedString("Identifier of the bank account that payments go to; null if Qonto returns none."),
			"connection_location": computedString("URL at which to complete a pending connection; null if Qonto returns none."),
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

var _ datasource.DataSourceWithConfigure = (*paymentMethodsDataSource)(nil)

// paymentMethodsDataSource is `data "paymentlinks_qonto_payment_methods"`.
type paymentMethodsDataSource struct{ dataSourceBase }

type paymentMethodsModel struct {
	Methods []paymentMethodModel `tfsdk:"payment_methods"`
}

type paymentMethodModel struct {
	Name    types.String `tfsdk:"name"`
	Enabled types.Bool   `tfsdk:"enabled"`
}

func newPaymentMethodsDataSource() datasource.DataSource {
	return &paymentMethodsDataSource{dataSourceBase{name: "payment_methods"}}
}

func (s *paymentMethodsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the payment methods that [Qonto's payment links](" + docsURL + ") can offer, for `potential_payment_methods`. Empty while the connection is not enabled.",
		Attributes: map[string]schema.Attribute{
			"payment_methods": schema.ListNestedAttribute{
				MarkdownDescription: "The methods.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":    computedString("Name of the method, such as `credit_card`."),
					"enabled": schema.BoolAttribute{MarkdownDescription: "Whether links may offer it.", Computed: true},
				}},
			},
		},
	}
}

func (s *paymentMethodsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	got, err := s.client.paymentMethods(rest.WithRetryBudget(ctx))
	if err != nil {
		resp.Diagnostics.Append(readError("payment methods", err))
		return
	}
	out := paymentMethodsModel{Methods: []paymentMethodModel{}}
	for _, m := range got {
		resp.Diagnostics.Append(unreadWarning("payment method "+m.Name, m)...)
		out.Methods = append(out.Methods, paymentMethodModel{tfvalue.StringOrNull(m.Name), types.BoolPointerValue(m.Enabled)})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, out)...)
}
