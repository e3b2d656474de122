package powens

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// hasRedirect returns whether the link has a redirect: `redirect` as written, else whether there is a `redirect_uri`. It may not be
// known while planning.
func hasRedirect(written types.Bool, uri types.String) types.Bool {
	if !written.IsNull() {
		return written
	}
	if uri.IsUnknown() {
		return types.BoolUnknown()
	}
	return types.BoolValue(uri.ValueString() != "")
}

func (m *model) hasRedirect() types.Bool { return hasRedirect(m.Redirect, m.RedirectURI) }

// defaultFromURI plans `redirect` where it is not written. A static default cannot look at another attribute.
type defaultFromURI struct{}

func (defaultFromURI) Description(context.Context) string {
	return "value left out of the configuration is whether redirect_uri is set"
}

func (m defaultFromURI) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (defaultFromURI) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	var uri types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("redirect_uri"), &uri)...)
	resp.PlanValue = hasRedirect(req.ConfigValue, uri)
}

// keepEmptyString is for a text whose "" says something: an engine that generates configuration leaves "" out, and has not taken it away.
type keepEmptyString struct{}

func (keepEmptyString) Description(context.Context) string {
	return "empty value that is left out of the configuration stays empty"
}

func (m keepEmptyString) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepEmptyString) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	resp.PlanValue = types.StringNull()
	if empty := types.StringValue(""); req.StateValue.Equal(empty) {
		resp.PlanValue = empty
	}
}
