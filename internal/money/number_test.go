package money_test

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

func TestNumberIsWrittenExactly(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"10.50": "10.50", "100": "100", "1e3": "1000", "-0.07": "-0.07", "0": "0", "1e-7": "0.0000001",
		"50.9000000000": "50.9000000000", "123456789012345678901.01": "123456789012345678901.01",
	}
	for text, want := range tests {
		body, err := json.Marshal(map[string]money.Number{"n": {Decimal: decimal.RequireFromString(text)}})
		if err != nil || string(body) != `{"n":`+want+`}` {
			t.Errorf("%s: %s, %v, want %s", text, body, err, want)
		}
	}
}

func TestNumberIsReadExactly(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		`50.9000000000`: "50.9000000000", `"50.90"`: "50.90", `5.09e1`: "50.9", `5E+2`: "500", `-1e-2`: "-0.01",
		`123456789012345678901.01`: "123456789012345678901.01", `0.1`: "0.1", `"1"`: "1",
	}
	for body, want := range tests {
		var n money.Number
		if err := json.Unmarshal([]byte(body), &n); err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		back, err := json.Marshal(n)
		if err != nil || string(back) != want || !n.Equal(decimal.RequireFromString(want)) {
			t.Errorf("%s came back as %s, want %s (%v)", body, back, want, err)
		}
	}
}

func TestWhatIsNoNumberIsRefused(t *testing.T) {
	t.Parallel()
	long := make([]byte, 201)
	for i := range long {
		long[i] = '1'
	}
	for _, body := range []string{`"abc"`, `""`, `true`, `{}`, `[]`, `1e1000000000`, `1e-101`, `"1."`, `".5"`, `"1 "`, `"NaN"`, `"1e"`, `"+1"`, string(long)} {
		n := money.Number{Decimal: decimal.NewFromInt(7)}
		if err := json.Unmarshal([]byte(body), &n); err == nil || !n.Equal(decimal.NewFromInt(7)) {
			t.Errorf("%.20s was read as %s (%v)", body, n, err)
		}
	}
}

func TestNullLeavesANumberAsItIs(t *testing.T) {
	t.Parallel()
	var got struct{ Plain, Pointer *money.Number }
	if err := json.Unmarshal([]byte(`{"Plain":3,"Pointer":null}`), &got); err != nil || got.Plain == nil || got.Pointer != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	var n money.Number
	if err := json.Unmarshal([]byte(`null`), &n); err != nil || !n.IsZero() {
		t.Errorf("got %s, %v", n, err)
	}
}

func TestNumberFromJSONIsNullForWhatTerraformCannotHold(t *testing.T) {
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
