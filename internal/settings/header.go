package settings

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// NoWhitespace refuses what no header can carry, most often a line break that was copied along.
func NoWhitespace() validator.String { return headerText{} }

type headerText struct{}

func (headerText) Description(context.Context) string {
	return "value must not hold blanks or line breaks"
}

func (v headerText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v headerText) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.ContainsAny(req.ConfigValue.ValueString(), " \t\r\n") {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a value for a header", req.Path.String()+" holds a blank or a line break. Check how it was copied.")
	}
}
