package qonto

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	out, diags := types.ListValue(types.ObjectType{AttrTypes: itemTypes}, elements)
	if diags.HasError() {
		t.Fatal(diags)
	}
	return out
}

func TestGrossIsExact(t *testing.T) {
	t.Parallel()
	tests := []struct {
		items          [][3]string
		sum, tolerance string
	}{
		{[][3]string{{"10.99", "1", "21.0"}}, "13.2979", "0.01"}, // the published sample, shown as 13.30
		{[][3]string{{"149.50", "2", "20"}, {"9.90", "3", "5.5"}}, "390.1335", "0.02"},
		{[][3]string{{"0.10", "3", "0"}}, "0.3", "0.01"},
		{[][3]string{{"0", "1", "20"}}, "0", "0.01"},
		{[][3]string{{"99999999.99", "1000000", "100"}}, "199999999980000", "0.01"},
	}
	for _, test := range tests {
		sum, tolerance, ok := gross(itemsOf(t, test.items...))
		if !ok || sum.String() != test.sum || tolerance.String() != test.tolerance {
			t.Errorf("%v: %s within %s, %t; want %s within %s", test.items, sum, tolerance, ok, test.sum, test.tolerance)
		}
	}
}

// Nothing is said while something is unknown or no number.
func TestGrossOfUnknowns(t *testing.T) {
	t.Parallel()
	element := types.ObjectType{AttrTypes: itemTypes}
	whole := itemsOf(t, [3]string{"10.99", "1", "21"}).Elements()[0].(types.Object)
	lists := map[string]types.List{
		"null": types.ListNull(element), "unknown": types.ListUnknown(element),
		"unknown element": types.ListValueMust(element, []attr.Value{types.ObjectUnknown(itemTypes)}),
		"no price":        itemsOf(t, [3]string{"", "1", "21"}), "no number": itemsOf(t, [3]string{"x", "1", "21"}), "no rate": itemsOf(t, [3]string{"1", "1", ""}),
		"no quantity": itemsOf(t, [3]string{"1", "", "21"}),
	}
	for name, v := range map[string]attr.Value{
		"quantity": types.NumberUnknown(), "vat_rate": money.DecimalUnknown(), "unit_price": types.ObjectUnknown(amountTypes),
	} {
		attributes := whole.Attributes()
		attributes[name] = v
		lists["unknown "+name] = types.ListValueMust(element, []attr.Value{types.ObjectValueMust(itemTypes, attributes)})
	}
	for name, items := range lists {
		if sum, _, ok := gross(items); ok {
			t.Errorf("%s: %s", name, sum)
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
