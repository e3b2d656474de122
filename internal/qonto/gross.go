package qonto

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

var (
	hundred = decimal.NewFromInt(100)
	cent    = decimal.New(1, -2)
)

// gross returns the exact sum over the items of price × quantity × (1 + VAT) (contract 4.3), and how far Qonto's rounding,
// which is not documented, may be off: a cent an item. ok is false while something of it is unknown, or wrong in itself.
func gross(items types.List) (sum, tolerance decimal.Decimal, ok bool) {
	if len(items.Elements()) == 0 {
		return sum, tolerance, false
	}
	for _, item := range tfvalue.ReadList(items) {
		price, known := item.Object("unit_price").Decimal("value").Value()
		rate, knownRate := item.Decimal("vat_rate").Value()
		quantity, err := decimal.NewFromString(tfvalue.JSONNumber(item.Number("quantity")).String())
		if !known || !knownRate || err != nil || price.IsNegative() || rate.IsNegative() || !quantity.IsPositive() {
			return sum, tolerance, false
		}
		sum = sum.Add(price.Mul(quantity).Mul(hundred.Add(rate)).Shift(-2))
		tolerance = tolerance.Add(cent)
	}
	return sum, tolerance, true
}

// keepComputedGross is for the amount that a configuration expects of a basket. The gross of a link that exists is what it is,
// and the same items would come to the same again: another expectation (by a cent; more is refused before) is reported
// and plans nothing. A replacement would end the link, and then fail the check of the new one.
type keepComputedGross struct{}

func (keepComputedGross) Description(context.Context) string {
	return "value of a basket's link stays what its items came to"
}

func (m keepComputedGross) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

func (keepComputedGross) PlanModifyString(ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
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
