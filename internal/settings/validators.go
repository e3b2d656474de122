package settings

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
)

// BaseURL returns a validator for what [rest.ValidateBaseURL] accepts as the address of an API.
func BaseURL() validator.String { return baseURL{} }

type baseURL struct{}

func (baseURL) Description(context.Context) string {
	return "value must be an https address; plain http only to this machine"
}

func (v baseURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v baseURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := rest.ValidateBaseURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Cannot use this address", req.Path.String()+": "+err.Error()+".")
	}
}

// NoWhitespace returns a validator for the values of HTTP headers. It refuses blanks and line breaks, which were most often
// copied along.
func NoWhitespace() validator.String { return noWhitespace{} }

type noWhitespace struct{}

func (noWhitespace) Description(context.Context) string {
	return "value must not hold blanks or line breaks"
}

func (v noWhitespace) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v noWhitespace) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.ContainsAny(req.ConfigValue.ValueString(), " \t\r\n") {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a value for a header", req.Path.String()+" holds a blank or a line break. Check how it was copied.")
	}
}
