package provider

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// lookVariable is the environment's `look_before_create`.
const lookVariable = "PAYMENTLINKS_LOOK_BEFORE_CREATE"

func lookAttribute() schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: "Whether a plan that creates links looks once at each vendor's newest ones (the default), and warns of an open link of the same content that no state here has shown, with the block that imports it. It costs one request a vendor and plan, is never an error, and takes nothing over by itself. " +
			"Falls back to the environment variable `" + lookVariable + "`.",
		Optional: true,
	}
}

// lookBeforeCreate reads the setting, else its variable. A value that the variable has wrong is an error on the attribute.
func lookBeforeCreate(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) bool {
	look := setting[types.Bool](ctx, config, "look_before_create", "value", diags)
	switch value := os.Getenv(lookVariable); {
	case look.IsUnknown():
		return false
	case !look.IsNull():
		return look.ValueBool()
	case value != "" && value != "true" && value != "false":
		diags.AddAttributeError(path.Root("look_before_create"), "Invalid value of "+lookVariable, "The environment variable "+lookVariable+" must be true or false.")
		return false
	default:
		return value != "false"
	}
}
