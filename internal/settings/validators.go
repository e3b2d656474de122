package settings

import (
	"context"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// baseURL accepts what [rest.ValidateBaseURL] accepts as the address of an API.
type baseURL struct{ tfvalue.Describer }

func (baseURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := rest.ValidateBaseURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid URL", req.Path.String()+": "+err.Error()+".")
	}
}

// NoWhitespace returns a validator for the values of HTTP headers. It refuses blanks, which were most often copied along; line
// breaks are refused in every setting.
func NoWhitespace() validator.String { return noWhitespace{"value must not contain spaces"} }

type noWhitespace struct{ tfvalue.Describer }

func (noWhitespace) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.ContainsFunc(req.ConfigValue.ValueString(), func(r rune) bool { return unicode.IsSpace(r) && !unicode.IsControl(r) }) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid header value", req.Path.String()+" contains a space. Check how it was copied.")
	}
}

// noControl refuses control characters. Without it a line break that was copied along shows as a request that cannot be sent, or
// as credentials that the vendor does not know.
type noControl struct{ tfvalue.Describer }

func (noControl) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if HasControl(req.ConfigValue.ValueString()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Control character in a setting", req.Path.String()+" contains a line break or another control character. Check how it was copied.")
	}
}

// HasControl reports whether a text contains a line break or another control character.
func HasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }
