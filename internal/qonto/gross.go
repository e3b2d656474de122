package qonto

import (
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"
)

var (
	hundred = decimal.NewFromInt(100)
	cent    = decimal.New(1, -2)
)

// gross is the exact sum over the items of price × quantity × (1 + VAT) (4.3), and how far Qonto's rounding, which is not
// documented, may be off: a cent an item. ok is false while something of it is unknown, or wrong in
// itself.
func gross(items types.List) (sum, tolerance decimal.Decimal, ok bool) {
	if len(items.Elements()) == 0 {
		return sum, tolerance, false
	}
	for _, l := range lines(items) {
		value, _ := amountParts(l.unitPrice)
		price, known := value.Value()
		rate, knownRate := l.vatRate.Value()
		if !known || !knownRate || l.quantity.IsNull() || l.quantity.IsUnknown() {
			return sum, tolerance, false
		}
		quantity, err := decimal.NewFromString(l.quantity.ValueBigFloat().Text('f', -1))
		if err != nil || price.IsNegative() || rate.IsNegative() || !quantity.IsPositive() {
			return sum, tolerance, false
		}
		sum = sum.Add(price.Mul(quantity).Mul(hundred.Add(rate)).Shift(-2))
		tolerance = tolerance.Add(cent)
	}
	return sum, tolerance, true
}
