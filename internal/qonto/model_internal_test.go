package qonto

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// itemsOf makes items of price, quantity and rate.
func itemsOf(t *testing.T, rows ...[3]string) types.List {
	t.Helper()
	var elements []attr.Value
	for _, row := range rows {
		elements = append(elements, itemObject(Item{
			Title: "x", UnitPrice: Amount{row[0], "EUR"}, Quantity: json.Number(row[1]), VATRate: row[2],
		}))
	}
	out, diags := types.ListValue(types.ObjectType{AttrTypes: itemTypes()}, elements)
	if diags.HasError() {
		t.Fatal(diags)
	}
	return out
}

// Every plausible rounding is what the lines come to; another unit of the rates is not.
func TestGross(t *testing.T) {
	t.Parallel()
	tests := []struct {
		items             [][3]string
		exact             string
		comesTo, near, no []string
	}{
		{[][3]string{{"10.99", "1", "21.0"}}, "13.2979", []string{"13.30", "13.29"}, nil, []string{"13.31", "11.01", "241.78"}},
		{[][3]string{{"232.95", "1", "10"}}, "256.245", []string{"256.25", "256.24"}, nil, []string{"256.26"}},
		{[][3]string{{"10.99", "100", "21.0"}}, "1329.79", []string{"1329.79", "1330.00"}, []string{"1329.50"}, []string{"1331.00", "1101.31"}},
		{[][3]string{{"149.50", "2", "20"}, {"9.90", "3", "5.5"}}, "390.1335", []string{"390.13", "390.12", "390.15"}, nil, []string{"390.18"}},
		{[][3]string{{"0.05", "1", "10"}, {"0.05", "1", "10"}, {"0.05", "1", "10"}}, "0.165", []string{"0.18", "0.17", "0.15"}, nil, []string{"0.20"}},
		{[][3]string{{"100", "1.5", "20"}, {"-30", "1", "20"}}, "144", []string{"144"}, nil, []string{"144.03"}},
		{[][3]string{{"99999999.99", "1000000", "100"}}, "199999999980000", []string{"199999999980000"}, nil, nil},
	}
	for _, test := range tests {
		b, ok := readBasket(itemsOf(t, test.items...), 0)
		if !ok || b.exact().String() != test.exact {
			t.Errorf("%v: %s, %t; want %s", test.items, b.exact(), ok, test.exact)
		}
		for want, amounts := range map[[2]bool][]string{{true, true}: test.comesTo, {false, true}: test.near, {false, false}: test.no} {
			for _, text := range amounts {
				amount := decimal.RequireFromString(text)
				if got := [2]bool{b.comesTo(amount), b.isNear(amount, b.exact())}; got != want {
					t.Errorf("%v and %s: %v, want %v", test.items, text, got, want)
				}
			}
		}
	}
}

// Nothing is said while something is unknown or no number.
func TestGrossOfUnknowns(t *testing.T) {
	t.Parallel()
	element := types.ObjectType{AttrTypes: itemTypes()}
	whole := itemsOf(t, [3]string{"10.99", "1", "21"}).Elements()[0].(types.Object)
	lists := map[string]types.List{
		"null": types.ListNull(element), "unknown": types.ListUnknown(element),
		"unknown element": types.ListValueMust(element, []attr.Value{types.ObjectUnknown(itemTypes())}),
		"no price":        itemsOf(t, [3]string{"", "1", "21"}), "no number": itemsOf(t, [3]string{"x", "1", "21"}), "no rate": itemsOf(t, [3]string{"1", "1", ""}),
		"no quantity": itemsOf(t, [3]string{"1", "", "21"}),
	}
	for name, v := range map[string]attr.Value{
		"quantity": types.NumberUnknown(), "vat_rate": money.DecimalUnknown(), "unit_price": types.ObjectUnknown(amountTypes()),
	} {
		attributes := whole.Attributes()
		attributes[name] = v
		lists["unknown "+name] = types.ListValueMust(element, []attr.Value{types.ObjectValueMust(itemTypes(), attributes)})
	}
	for name, items := range lists {
		if b, ok := readBasket(items, 0); ok {
			t.Errorf("%s: %s", name, b.exact())
		}
	}
}

func TestShiftDecimal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text   string
		places int32
		want   string
	}{
		{"21.0", -2, "0.21"}, {"0.21", 2, "21"}, {"5.5", -2, "0.055"}, {"0.055", 2, "5.5"}, {"0", -2, "0"}, {"100", -2, "1"}, {"0.001", -2, "0.00001"},
		{" 0.2 ", 2, "20"}, {"", 2, ""}, {"n/a", 2, "n/a"},
	}
	for _, test := range tests {
		if got := shiftDecimal(test.text, test.places); got != test.want {
			t.Errorf("shiftDecimal(%q, %d) is %q, want %q", test.text, test.places, got, test.want)
		}
	}
}

func TestRequestAmount(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"10": "10.00", "10.9": "10.90", "10.990": "10.99", "0010.99": "10.99", "0": "0.00"} {
		if got := requestAmount(tfvalue.Read(amountObject(Amount{text, "EUR"}))); got != (Amount{want, "EUR"}) {
			t.Errorf("%s becomes %v, want %s", text, got, want)
		}
	}
}

// What an answer leaves out is null, and the year 1 is no date (contract 8.7).
func TestModelOfOddAnswers(t *testing.T) {
	t.Parallel()
	m := vendor{}.Model(Link{ID: "x"})
	for name, v := range map[string]attr.Value{
		"url": m.URL, "methods": m.PotentialPaymentMethods, "items": m.Items, "invoice_id": m.InvoiceID, "debitor_name": m.DebitorName,
		"amount": m.Amount, "status": m.Status, "resource_type": m.ResourceType, "created_at": m.CreatedAt, "expiration_date": m.ExpirationDate,
	} {
		if !v.IsNull() {
			t.Errorf("%s is %s", name, v)
		}
	}
	for date, want := range map[string]string{
		"0001-01-01T00:00:00Z": "", "0001-01-01T00:00:00+01:00": "", "0001-01-01T00:00:00.000Z": "",
		"2027-01-01T00:00:00Z": "2027-01-01T00:00:00Z", "soon": "soon",
	} {
		if got := (vendor{}).Model(Link{ExpirationDate: date}).ExpirationDate; got.ValueString() != want || got.IsNull() != (want == "") {
			t.Errorf("%s becomes %s", date, got)
		}
	}
	if got := (vendor{}).Model(Link{PotentialPaymentMethods: []string{"ideal", "ideal", "paypal"}}).PotentialPaymentMethods; len(got.Elements()) != 2 {
		t.Errorf("methods %s", got)
	}
}
