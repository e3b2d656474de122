package qonto

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

const reference = "https://docs.qonto.com/api-reference/business-api/getting-paid/payment-links"

// reader is what Qonto's own data sources share: the configured client.
type reader struct{ client *client }

func (r *reader) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	configured, diags := link.ClientFrom[model, Link](vendor{}, req.ProviderData)
	resp.Diagnostics.Append(diags...)
	if configured == nil {
		return
	}
	var ok bool
	if r.client, ok = configured.(*client); !ok {
		resp.Diagnostics.AddError("Cannot use the provider's configuration", "What was handed over is no access to Qonto. This is a bug of the provider: please report it to its developers.")
	}
}

func cannotRead(what string, err error) diag.Diagnostic {
	return link.ReadError(vendor{}.Info(), "Cannot read Qonto "+what, err, "Nothing of it is used. Try again once the cause is mended.")
}

func told(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}
