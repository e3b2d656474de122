package qonto

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// dataSourceBase is what Qonto's own data sources share: a name, "connection" of paymentlinks_qonto_connection, and the
// configured client.
type dataSourceBase struct {
	name     string
	client   *client
	awaitNew link.AwaitNew
}

// Metadata returns the data source's type.
func (b *dataSourceBase) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_qonto_" + b.name
}

// Configure takes the client out of what the provider hands over.
func (b *dataSourceBase) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	configured, await, diags := link.ClientFrom[model, Link](vendor{}, req.ProviderData)
	b.awaitNew = await
	resp.Diagnostics.Append(diags...)
	if configured == nil {
		return
	}
	var ok bool
	if b.client, ok = configured.(*client); !ok {
		resp.Diagnostics.AddError("Cannot use the provider's configuration", "What was handed over is no access to Qonto. This is a bug of the provider: please report it to its developers.")
	}
}

// readError returns the error of a failed read.
func readError(what string, err error) diag.Diagnostic {
	return link.ReadError(vendor{}.Info(), "Cannot read Qonto "+what, err, "Nothing of it is used. Try again once the cause is mended.")
}

// unreadWarning returns what of an answer could not be read.
func unreadWarning(what string, answer any) diag.Diagnostics {
	return link.UnreadWarning(vendor{}.Info(), what, answer)
}

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}
