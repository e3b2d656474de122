package money

import (
	"encoding/json"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// terraformPrecision is that of Terraform's own numbers, in bits.
const terraformPrecision = 512

// NumberFromJSON is a number of an answer as Terraform holds numbers. What is no number is null, and so is what would be
// hundreds of digits written out, or infinite: 1e999999999 is short text.
func NumberFromJSON(n json.Number) types.Number {
	if _, err := parseNumber(n.String()); err != nil {
		return types.NumberNull()
	}
	f, _, err := big.ParseFloat(n.String(), 10, terraformPrecision, big.ToNearestEven)
	if err != nil {
		return types.NumberNull()
	}
	return types.NumberValue(f)
}
