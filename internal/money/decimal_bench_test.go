package money_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

// BenchmarkEqual compares amounts as every refresh does: mostly the same text, at times the same number.
func BenchmarkEqual(b *testing.B) {
	for name, pair := range map[string][2]string{"same text": {"1284.50", "1284.50"}, "same number": {"1284.50", "1284.5"}, "another number": {"1284.50", "1284.51"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			x, y := money.NewDecimal(pair[0]), money.NewDecimal(pair[1])
			for b.Loop() {
				if _, diags := x.StringSemanticEquals(b.Context(), y); diags.HasError() {
					b.Fatal(diags)
				}
			}
		})
	}
}
