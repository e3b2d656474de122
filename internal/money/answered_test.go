package money_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

func TestAnswered(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"12": "12", "0.1": "0.1", "-3.50": "-3.5", "1e3": "1000", "1E-2": "0.01", "0": "0",
		"": "", "NaN": "", "Inf": "", "0x10": "", "1e101": "", "1e400000000": "", "1e999999999": "", "1e-999999999": "",
	} {
		got, shown := money.NumberFromJSON(json.Number(text)), ""
		if !got.Equal(types.NumberNull()) {
			shown = got.ValueBigFloat().Text('f', -1)
		}
		if shown != want {
			t.Errorf("%q: %q, want %q", text, shown, want)
		}
	}
}
