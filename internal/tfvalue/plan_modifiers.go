package tfvalue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// Modifier keeps a value of any kind that links have.
type Modifier interface {
	planmodifier.String
	planmodifier.Bool
	planmodifier.Number
	planmodifier.Object
	planmodifier.Set
	planmodifier.List
	planmodifier.Map
}

// UseStateWhenOmitted is for what the vendor fills in: where the configuration leaves an attribute out (or writes ""), the plan keeps
// what the link has. A link cannot change, so that is always true; a replacement is planned anew, without a state.
func UseStateWhenOmitted() Modifier { return useStateWhenOmitted{} }

type useStateWhenOmitted struct{}

func (useStateWhenOmitted) Description(context.Context) string {
	return "value left out of the configuration stays what the link has"
}

func (k useStateWhenOmitted) MarkdownDescription(ctx context.Context) string {
	return k.Description(ctx)
}

type value interface {
	IsNull() bool
	IsUnknown() bool
}

// isOmitted: there is a link, and the configuration does not say what the value shall be.
func isOmitted(state tfsdk.State, config, plan value) bool {
	return !state.Raw.IsNull() && plan.IsUnknown() && !config.IsUnknown()
}

func (useStateWhenOmitted) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	empty := basetypes.NewStringValue("")
	left := isOmitted(req.State, req.ConfigValue, req.PlanValue)
	if left || (req.PlanValue.Equal(empty) && !req.StateValue.IsNull()) {
		resp.PlanValue = req.StateValue
	}
}

func (useStateWhenOmitted) PlanModifyBool(_ context.Context, req planmodifier.BoolRequest, resp *planmodifier.BoolResponse) {
	if isOmitted(req.State, req.ConfigValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

func (useStateWhenOmitted) PlanModifyNumber(_ context.Context, req planmodifier.NumberRequest, resp *planmodifier.NumberResponse) {
	if isOmitted(req.State, req.ConfigValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

func (useStateWhenOmitted) PlanModifyObject(_ context.Context, req planmodifier.ObjectRequest, resp *planmodifier.ObjectResponse) {
	if isOmitted(req.State, req.ConfigValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

func (useStateWhenOmitted) PlanModifySet(_ context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	if isOmitted(req.State, req.ConfigValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

func (useStateWhenOmitted) PlanModifyList(_ context.Context, req planmodifier.ListRequest, resp *planmodifier.ListResponse) {
	if isOmitted(req.State, req.ConfigValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}

func (useStateWhenOmitted) PlanModifyMap(_ context.Context, req planmodifier.MapRequest, resp *planmodifier.MapResponse) {
	if isOmitted(req.State, req.ConfigValue, req.PlanValue) {
		resp.PlanValue = req.StateValue
	}
}
