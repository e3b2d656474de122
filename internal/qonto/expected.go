package qonto

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// keepGross is for the amount that a configuration expects of a basket. The gross of a link that exists is what it is,
// and the same items would come to the same again: another expectation (by a cent; more is refused before) is reported
// and plans nothing. A replacement would end the link, and then fail the check of the new one.
type keepGross struct{}

func (keepGross) Description(context.Context) string {
	return "value of a basket's link stays what its items came to"
}

func (m keepGross) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepGross) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() {
		return
	}
	before, known := money.Decimal{StringValue: req.StateValue}.Value()
	expected, written := money.Decimal{StringValue: req.PlanValue}.Value()
	if !known || !written || before.Equal(expected) {
		return
	}
	var items, was types.List
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("items"), &items)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("items"), &was)...)
	now, _, ok := gross(items)
	then, _, okThen := gross(was)
	if !ok || !okThen || !now.Equal(then) {
		return // an invoice, or other items: then it is another link
	}
	resp.PlanValue = req.StateValue
	resp.Diagnostics.AddAttributeWarning(req.Path, "Other gross than expected",
		fmt.Sprintf("%s expects %s EUR, but Qonto made the link %s EUR, and would make it so again. The link stays as it is; write \"%s\", or leave `amount` out.",
			req.Path, expected.StringFixed(2), before.StringFixed(2), before.StringFixed(2)))
}
