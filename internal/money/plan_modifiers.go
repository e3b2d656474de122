package money

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
)

// UseStateWhenEqual returns a plan modifier that plans the state's text for an amount that is the same number, so that "10.0"
// written for "10.00" is no change. The framework compares semantically after apply and read, but not while planning.
func UseStateWhenEqual() planmodifier.String { return useStateWhenEqual{} }

type useStateWhenEqual struct{}

func (useStateWhenEqual) Description(context.Context) string {
	return "an amount that is the same number as before is not a change"
}

func (m useStateWhenEqual) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString leaves null and unknown alone on either side: only two known numbers can be equal. Inside a list
// the framework hands over the element with the same index, so a reordered list stays a change.
func (useStateWhenEqual) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	planned, ok := Decimal{StringValue: req.PlanValue}.Value()
	if !ok {
		return
	}
	if kept, ok := (Decimal{StringValue: req.StateValue}).Value(); ok && kept.Equal(planned) {
		resp.PlanValue = req.StateValue
	}
}
