package powens

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// answer is what is known of a yes-or-no question while planning.
type answer int

const (
	open answer = iota // not known yet
	yes
	no
)

// redirects: `redirect` as written, else whether there is a `redirect_uri`.
func (m *model) redirects() answer { return redirects(m.Redirect, m.RedirectURI) }

func redirects(written types.Bool, uri types.String) answer {
	switch {
	case written.IsUnknown(), written.IsNull() && uri.IsUnknown():
		return open
	case written.ValueBool(), written.IsNull() && uri.ValueString() != "":
		return yes
	}
	return no
}

// followURI plans `redirect` where it is not written. A static default cannot look at another attribute.
type followURI struct{}

func (followURI) Description(context.Context) string {
	return "value left out of the configuration is whether redirect_uri is set"
}

func (m followURI) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (followURI) PlanModifyBool(ctx context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	var uri types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("redirect_uri"), &uri)...)
	switch redirects(req.ConfigValue, uri) {
	case yes:
		resp.PlanValue = types.BoolValue(true)
	case no:
		resp.PlanValue = types.BoolValue(false)
	default:
		resp.PlanValue = types.BoolUnknown()
	}
}

// emptyStays is for a text whose "" says something: an engine that generates configuration leaves "" out, and has not taken it away.
type emptyStays struct{}

func (emptyStays) Description(context.Context) string {
	return "empty value that is left out of the configuration stays empty"
}

func (m emptyStays) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (emptyStays) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.ConfigValue.IsNull() {
		return
	}
	resp.PlanValue = types.StringNull()
	if empty := types.StringValue(""); req.StateValue.Equal(empty) {
		resp.PlanValue = empty
	}
}
