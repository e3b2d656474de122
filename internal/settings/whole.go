package settings

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// whole accepts whole numbers above zero. The framework's own integer attribute calls a fraction an error of the provider.
type whole struct{}

func (whole) Description(context.Context) string { return "value must be a whole number above zero" }

func (v whole) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v whole) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if n := req.ConfigValue.ValueBigFloat(); !n.IsInt() || n.Sign() <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a whole number above zero", req.Path.String()+": the value must be a whole number above zero, got "+n.String()+".")
	}
}
