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

// method is one of the payment methods (2.3).
type method struct {
	Name    string `json:"name"`
	Enabled bool   `json:"enabled"`
}

func (c *client) methods(ctx context.Context) ([]method, error) {
	var got struct {
		Methods []method `json:"payment_link_payment_methods"`
	}
	_, err := c.api.Do(ctx, rest.Request{Method: http.MethodGet, Path: []string{"v2", "payment_links", "payment_methods"}, Out: &got})
	return got.Methods, err
}

var _ datasource.DataSourceWithConfigure = (*methodsSource)(nil)

// methodsSource is `data "paymentlinks_qonto_payment_methods"`.
type methodsSource struct{ reader }

type methodsModel struct {
	Methods []methodModel `tfsdk:"payment_methods"`
}

type methodModel struct {
	Name    types.String `tfsdk:"name"`
	Enabled types.Bool   `tfsdk:"enabled"`
}

func newMethods() datasource.DataSource { return &methodsSource{} }

func (s *methodsSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_qonto_payment_methods"
}

func (s *methodsSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The payment methods that [Qonto's payment links](" + reference + ") can offer, for `potential_payment_methods`. It is empty while the connection is not enabled.",
		Attributes: map[string]schema.Attribute{
			"payment_methods": schema.ListNestedAttribute{
				MarkdownDescription: "The methods.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":    told("Name of the method, such as `credit_card`."),
					"enabled": schema.BoolAttribute{MarkdownDescription: "Whether links may offer it.", Computed: true},
				}},
			},
		},
	}
}

func (s *methodsSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	got, err := s.client.methods(rest.WithRetryBudget(ctx))
	if err != nil {
		resp.Diagnostics.Append(cannotRead("payment methods", err))
		return
	}
	out := methodsModel{Methods: []methodModel{}}
	for _, m := range got {
		out.Methods = append(out.Methods, methodModel{tfvalue.StringOrNull(m.Name), types.BoolValue(m.Enabled)})
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, out)...)
}
