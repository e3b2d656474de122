package provider

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
)

// refreshVariable is the environment's `refresh`.
const refreshVariable = "PAYMENTLINKS_REFRESH"

func refreshAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "How a plan reads the links of a state. `auto` (the default) reads the first ones singly and then spends pages of the vendor's list and single reads in turn, so that it never takes many more requests than twice the cheaper of the other two. " +
			"`list` walks the list and reads singly only what it does not show; `get` reads each link singly. Falls back to the environment variable `" + refreshVariable + "`.",
		Optional:   true,
		Validators: []validator.String{stringvalidator.OneOf(refreshes()...)},
	}
}

func refreshes() []string {
	var out []string
	for _, one := range link.RefreshModes {
		out = append(out, string(one))
	}
	return out
}

// refresh reads the setting, else its variable. A value that is not known yet, or that the variable has wrong, is an error on
// the attribute.
func refresh(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) link.RefreshMode {
	at := path.Root("refresh")
	var text types.String
	diags.Append(config.GetAttribute(ctx, at, &text)...)
	switch {
	case text.IsUnknown():
		diags.AddAttributeError(at, "Value not known yet", "`refresh` comes from something that does not exist yet, and the provider is configured before anything is planned. Write the value out, or use a variable.")
		return link.RefreshAuto
	case !text.IsNull():
		return link.RefreshMode(text.ValueString())
	}
	value := link.RefreshMode(os.Getenv(refreshVariable))
	if value == "" {
		return link.RefreshAuto
	}
	if !slices.Contains(link.RefreshModes, value) {
		diags.AddAttributeError(at, "Invalid value of "+refreshVariable, "The environment variable "+refreshVariable+" must be one of "+strings.Join(refreshes(), ", ")+".")
	}
	return value
}
