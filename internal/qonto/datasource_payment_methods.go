package qonto

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

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
