package tfvalue_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

func TestValidatorsAcceptAndRefuse(t *testing.T) {
	t.Parallel()
	null, unknown := types.StringNull(), types.StringUnknown()
	tests := map[string]struct {
		rule validator.String
		good []types.String
		bad  []string
		word string
	}{
		"currency or crypto": {tfvalue.CurrencyCode(money.IsCryptoCode), values("EUR", "USDC"), []string{"usdc", "XYZ"}, "ISO 4217"},
		"positive":           {tfvalue.Positive(), values("0.01", "5", "abc"), []string{"0", "-1", "0.00", "-0"}, "greater than zero"},
		"currency":           {tfvalue.CurrencyCode(nil), values("EUR", "XCG"), []string{"eur", "", "EURO", "ANG", "XYZ"}, "ISO 4217"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := path.Root("amount")
			for _, value := range append(test.good, null, unknown) {
				var resp validator.StringResponse
				test.rule.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: value}, &resp)
				if len(resp.Diagnostics) > 0 {
					t.Errorf("%s: %v", value, resp.Diagnostics)
				}
			}
			for _, text := range test.bad {
				var resp validator.StringResponse
				test.rule.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(text)}, &resp)
				if len(resp.Diagnostics) != 1 || !strings.Contains(resp.Diagnostics[0].Detail(), test.word) || !strings.Contains(resp.Diagnostics[0].Detail(), text) {
					t.Errorf("%q: %v, want one error with %q", text, resp.Diagnostics, test.word)
				}
			}
			if d := test.rule.MarkdownDescription(t.Context()); !strings.HasPrefix(d, "value ") {
				t.Errorf("description %q", d)
			}
		})
	}
}

func values(texts ...string) []types.String {
	var all []types.String
	for _, text := range texts {
		all = append(all, types.StringValue(text))
	}
	return all
}
