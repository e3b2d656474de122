package settings

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// BaseURL accepts what `rest` accepts as the address of an API.
func BaseURL() validator.String { return address{} }

type address struct{}

func (address) Description(context.Context) string {
	return "value must be an https address; plain http only to this machine"
}

func (v address) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v address) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := rest.ValidateBaseURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Cannot use this address", req.Path.String()+": "+err.Error()+".")
	}
}
