package tfvalue_test

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

func TestIntegerAtLeast(t *testing.T) {
	t.Parallel()
	v := tfvalue.IntegerAtLeast(30, "Invalid duration", "must be a whole number of at least 30 seconds")
	if want := "value must be a whole number of at least 30 seconds"; v.Description(t.Context()) != want || v.MarkdownDescription(t.Context()) != want {
		t.Errorf("description %q", v.Description(t.Context()))
	}
	tests := map[string]string{ // the number, and how an error shows it; "" for a good one
		"30": "", "31": "", "3e1": "", "9007199254740992": "",
		"29": "29", "0": "0", "-31": "-31", "-1000000": "-1000000", "30.5": "30.5", "29.9999999999999999999": "29.9999999999999999999", "0.001": "0.001",
	}
	for text, shown := range tests {
		number, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		diags := validate(t, v, types.NumberValue(number))
		switch {
		case shown == "" && len(diags) > 0:
			t.Errorf("%s: %s", text, diags)
		case shown != "" && (len(diags) != 1 || diags[0] != "Invalid duration|duration: the value must be a whole number of at least 30 seconds, got "+shown+"."):
			t.Errorf("%s: %s", text, diags)
		}
	}
	large := types.NumberValue(new(big.Float).SetInt64(61))
	if diags := validate(t, tfvalue.IntegerBetween(1, 60, "Not a number", "must be from 1"), large); len(diags) != 1 || diags[0] != "Not a number|duration: the value must be at most 60, got 61." {
		t.Error(diags)
	}
	for _, value := range []types.Number{types.NumberNull(), types.NumberUnknown()} {
		if diags := validate(t, v, value); len(diags) > 0 {
			t.Errorf("%s: %s", value, diags)
		}
	}
}

func validate(t *testing.T, v validator.Number, value types.Number) (texts []string) {
	t.Helper()
	var resp validator.NumberResponse
	v.ValidateNumber(t.Context(), validator.NumberRequest{Path: path.Root("duration"), ConfigValue: value}, &resp)
	for _, d := range resp.Diagnostics {
		texts = append(texts, d.Summary()+"|"+d.Detail())
	}
	return texts
}
