package money_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
)

func TestDecimalValidation(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		value  money.Decimal
		reason string // "" for valid
	}{
		"two decimals":    {money.NewDecimal("10.50"), ""},
		"negative":        {money.NewDecimal("-3"), ""},
		"zero":            {money.NewDecimal("0"), ""},
		"forty digits":    {money.NewDecimal(strings.Repeat("9", 38) + ".99"), ""},
		"null":            {money.DecimalNull(), ""},
		"unknown":         {money.DecimalUnknown(), ""},
		"word":            {money.NewDecimal("abc"), "only digits"},
		"exponent":        {money.NewDecimal("1e2"), "no exponent"},
		"plus":            {money.NewDecimal("+1"), "leading plus"},
		"no whole part":   {money.NewDecimal(".5"), "before the point"},
		"no fraction":     {money.NewDecimal("1."), "after the point"},
		"space":           {money.NewDecimal(" 1"), "whitespace"},
		"line end":        {money.NewDecimal("1\n"), "whitespace"},
		"comma":           {money.NewDecimal("1,5"), "comma"},
		"NaN":             {money.NewDecimal("NaN"), "only digits"},
		"empty":           {money.NewDecimal(""), "empty"},
		"two points":      {money.NewDecimal("1.2.3"), "one point"},
		"minus alone":     {money.NewDecimal("-"), "before the point"},
		"two minuses":     {money.NewDecimal("--1"), "only digits"},
		"underscore":      {money.NewDecimal("1_000"), "only digits"},
		"foreign digits":  {money.NewDecimal("١"), "only digits"},
		"currency sign":   {money.NewDecimal("20%"), "only digits"},
		"forty-one digit": {money.NewDecimal(strings.Repeat("9", 41)), `41 digits, and at most 40 are allowed; round the result of arithmetic, as with format("%.2f", …)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp xattr.ValidateAttributeResponse
			at := path.Root("amount")
			test.value.ValidateAttribute(t.Context(), xattr.ValidateAttributeRequest{Path: at}, &resp)
			_, valid := test.value.Value()
			known := !test.value.IsNull() && !test.value.IsUnknown()
			if valid != (known && test.reason == "") {
				t.Errorf("Value ok = %t", valid)
			}
			if test.reason == "" {
				if resp.Diagnostics.HasError() {
					t.Fatalf("unexpected: %v", resp.Diagnostics)
				}
				return
			}
			assertAttributeError(t, resp.Diagnostics, at, test.reason, `"10.50"`)
		})
	}
}

func TestDecimalSemanticEquality(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"10", "10.00", true},
		{"0.50", "00.5", true},
		{"-0", "0", true},
		{"12345678901234567890.10", "12345678901234567890.1", true},
		{"12345678901234567890.10", "12345678901234567890.11", false},
		{"10", "-10", false},
		{"0.1", "0.10000000000000001", false},
		{"abc", "abc", true},
		{"abc", "ABC", false},
		{"abc", "1", false},
	}
	for _, test := range tests {
		got, diags := money.NewDecimal(test.a).StringSemanticEquals(t.Context(), money.NewDecimal(test.b))
		if got != test.want || diags.HasError() {
			t.Errorf("%q and %q: %t %v, want %t", test.a, test.b, got, diags, test.want)
		}
	}
	if _, diags := money.NewDecimal("1").StringSemanticEquals(t.Context(), basetypes.NewStringValue("1")); !diags.HasError() {
		t.Error("another type is compared without complaint")
	}
	if equal, _ := money.NewDecimal("0").StringSemanticEquals(t.Context(), money.DecimalNull()); equal {
		t.Error("zero equals null")
	}
}

func TestDecimalEqualIsByTextAndType(t *testing.T) {
	t.Parallel()
	if money.NewDecimal("10").Equal(money.NewDecimal("10.0")) || !money.NewDecimal("10").Equal(money.NewDecimal("10")) {
		t.Error("Equal must compare the text")
	}
	if money.NewDecimal("10").Equal(types.StringValue("10")) || (money.DecimalType{}).Equal(types.StringType) {
		t.Error("a decimal must not equal a plain string")
	}
}

func TestDecimalNestedInListsAndObjects(t *testing.T) {
	t.Parallel()
	object := types.ObjectType{AttrTypes: map[string]attr.Type{"price": money.DecimalType{}}}
	list := types.ListType{ElemType: object}
	wireObject := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"price": tftypes.String}}
	wire := tftypes.NewValue(tftypes.List{ElementType: wireObject}, []tftypes.Value{
		tftypes.NewValue(wireObject, map[string]tftypes.Value{"price": tftypes.NewValue(tftypes.String, "10.50")}),
		tftypes.NewValue(wireObject, map[string]tftypes.Value{"price": tftypes.NewValue(tftypes.String, nil)}),
		tftypes.NewValue(wireObject, map[string]tftypes.Value{"price": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}),
	})
	value, err := list.ValueFromTerraform(t.Context(), wire)
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Price money.Decimal `tfsdk:"price"`
	}
	got, ok := value.(types.List)
	if !ok {
		t.Fatalf("got a %T", value)
	}
	if diags := got.ElementsAs(t.Context(), &rows, false); diags.HasError() {
		t.Fatal(diags)
	}
	if rows[0].Price.ValueString() != "10.50" || !rows[1].Price.IsNull() || !rows[2].Price.IsUnknown() {
		t.Errorf("got %v", rows)
	}
	back, err := value.ToTerraformValue(t.Context())
	if err != nil || !back.Equal(wire) {
		t.Errorf("back: %v, %v", back, err)
	}
}
