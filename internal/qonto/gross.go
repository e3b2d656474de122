package qonto

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// basket is what a gross is computed of: the sum over the lines of price × quantity × (1 + VAT) (contract 4.3).
type basket struct {
	lines []line
	cent  decimal.Decimal // the smallest amount of the currency
}

// line is one item; rate is a percentage.
type line struct{ price, quantity, rate decimal.Decimal }

// readBasket reads items whose rates are to be multiplied by ten to the power of shift to be a percentage. ok is false while something
// of them is unknown, or no number.
func readBasket(items types.List, shift int32) (b basket, ok bool) {
	digits := 2
	for i, item := range tfvalue.ReadList(items) {
		price, known := item.Object("unit_price").Decimal("value").Value()
		rate, knownRate := item.Decimal("vat_rate").Value()
		quantity, err := decimal.NewFromString(tfvalue.JSONNumber(item.Number("quantity")).String())
		if !known || !knownRate || err != nil {
			return b, false
		}
		if of, isCode := money.MinorUnits(item.Object("unit_price").Text("currency")); i == 0 && isCode {
			digits = of
		}
		b.lines = append(b.lines, line{price, quantity, rate.Shift(shift)})
	}
	b.cent = decimal.New(1, -int32(digits)) //nolint:gosec // at most 4
	return b, len(b.lines) > 0
}

// gross adds the lines, each rounded by a function of its exact gross of one unit and its quantity.
func (b basket) gross(round func(unit, quantity decimal.Decimal) decimal.Decimal) (sum decimal.Decimal) {
	for _, l := range b.lines {
		sum = sum.Add(round(l.price.Mul(decimal.NewFromInt(100).Add(l.rate)).Shift(-2), l.quantity))
	}
	return sum
}

// exact returns the gross without any rounding.
func (b basket) exact() decimal.Decimal { return b.gross(decimal.Decimal.Mul) }

// comesTo reports whether the lines come to an amount: each line rounded, as was observed, or the sum, which is off by no more than a
// cent a line; or each unit, which nothing excludes.
func (b basket) comesTo(amount decimal.Decimal) bool {
	perUnit := b.gross(func(unit, quantity decimal.Decimal) decimal.Decimal {
		return unit.Round(-b.cent.Exponent()).Mul(quantity).Round(-b.cent.Exponent())
	})
	perLine := b.cent.Mul(decimal.NewFromInt(int64(len(b.lines))))
	return amount.Equal(perUnit) || !amount.Sub(b.exact()).Abs().GreaterThan(perLine)
}

// isNear reports whether no more than some rounding lies between two amounts: half a cent a unit, and a cent a line.
func (b basket) isNear(one, other decimal.Decimal) bool {
	limit := decimal.Zero
	for _, l := range b.lines {
		limit = limit.Add(decimal.Max(l.quantity.Abs().Shift(-1).Mul(decimal.NewFromInt(5)), decimal.NewFromInt(1)))
	}
	return !one.Sub(other).Abs().GreaterThan(limit.Mul(b.cent))
}

// grossTerms compares the gross of a new basket with ours and with the one that the configuration expects, or an invoice's amount with
// the one asked for. What may be rounding ends no link. A wrong unit of vat_rate would: it collects many times the amount, or a fraction
// of it (contract 8.1).
func grossTerms(items types.List, asked, answered money.Decimal) (terms []driver.MoneyTerm) {
	made, readable := answered.Value()
	if !readable {
		return nil
	}
	planned, ok := readBasket(items, 0)
	if ok && !planned.comesTo(made) {
		asFraction, _ := readBasket(items, 2)
		asPercent, _ := readBasket(items, -2)
		hundredfold := made.Sub(planned.exact()).Abs().Mul(decimal.NewFromInt(100))
		isClose := planned.isNear(made, planned.exact()) || !hundredfold.GreaterThan(planned.exact().Abs())
		terms = append(terms, driver.MoneyTerm{
			Kind: driver.MoneyAmount, Attribute: path.Root("items"), Asked: planned.exact().StringFixed(2), Answered: answered.ValueString(),
			MayBeRounding: isClose && !asFraction.comesTo(made) && !asPercent.comesTo(made),
			Advice:        "Qonto most likely reads `vat_rate` in another unit: check `vat_rate_unit` in the provider's `qonto` object (percent or fraction).",
		})
	}
	term := driver.MoneyTerm{Kind: driver.MoneyAmount, Attribute: path.Root("amount").AtName("value"), Asked: asked.ValueString(), Answered: answered.ValueString()}
	if want, written := asked.Value(); ok && written {
		term.MayBeRounding, term.Advice = planned.isNear(want, made), "Correct or remove `amount`."
	}
	return append(terms, term)
}

// keepComputedGross is for the amount that a configuration expects of a basket. The gross of a link that exists is what it is,
// and the same items would come to the same again: another expectation is reported and plans nothing. A replacement would end the
// link, and then fail the check of the new one.
type keepComputedGross struct{ tfvalue.Describer }

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
	now, ok := readBasket(items, 0)
	then, okThen := readBasket(was, 0)
	if !ok || !okThen || !now.exact().Equal(then.exact()) {
		return // an invoice, or other items: then it is another link
	}
	resp.PlanValue = req.StateValue
	resp.Diagnostics.AddAttributeWarning(req.Path, "Different gross amount",
		fmt.Sprintf("%s is %s, but the link at Qonto amounts to %s, and a new one would too. The link is kept. Set \"%s\", or remove `amount`.",
			req.Path, expected.StringFixed(2), before.StringFixed(2), before.StringFixed(2)))
}
