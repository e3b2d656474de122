package money

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// CheckScale refuses an amount that has more decimals than the currency's minor units, as an error at the amount. The
// number counts, not the text: "10.500" EUR is 10.50, "10.505" EUR is refused. Null, unknown and malformed amounts,
// and currencies without minor units or unknown to ISO 4217, are not judged here.
func CheckScale(at path.Path, amount Decimal, currency string) diag.Diagnostics {
	number, ok := amount.Value()
	digits, known := MinorUnits(currency)
	if !ok || !known || number.Equal(number.Truncate(int32(digits))) {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Too many decimals",
		fmt.Sprintf("%s: %q has more decimals than an amount in %s can have: %s. Round it.", at, amount.ValueString(), currency, atMost(digits)))}
}

func atMost(digits int) string {
	if digits == 0 {
		return "none, whole units only"
	}
	return fmt.Sprintf("at most %d", digits)
}
