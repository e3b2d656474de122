package tfvalue_test

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// The modifier is tried through the framework's own planning, because it is there that a list hands values over.
func TestEqualAmountKeepsTheStatesText(t *testing.T) {
	t.Parallel()
	unknown := tftypes.UnknownValue
	tests := map[string]struct {
		state, config, want any // each the amount at the top; strings, nil or unknown
	}{
		"same number":    {"10.00", "10.0", "10.00"},
		"leading zero":   {"0.5", "00.50", "0.5"},
		"another number": {"10.00", "10.01", "10.01"},
		"first amount":   {nil, "10", "10"},
		"removed":        {"10", nil, nil},
		"not known yet":  {"10", unknown, unknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := plan(t, bill(test.state, test.state, "1"), bill(test.config, test.config, "2"))
			if want := bill(test.want, test.want, "2"); !got.Equal(want) {
				t.Errorf("planned %s, want %s", got, want)
			}
		})
	}
}

var (
	lineType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"price": tftypes.String, "note": tftypes.String}}
	billType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"amount": tftypes.String, "lines": tftypes.List{ElementType: lineType}}}
)

func bill(amount, price, note any) tftypes.Value {
	return tftypes.NewValue(billType, map[string]tftypes.Value{
		"amount": tftypes.NewValue(tftypes.String, amount),
		"lines": tftypes.NewValue(tftypes.List{ElementType: lineType}, []tftypes.Value{
			tftypes.NewValue(lineType, map[string]tftypes.Value{
				"price": tftypes.NewValue(tftypes.String, price),
				"note":  tftypes.NewValue(tftypes.String, note),
			}),
		}),
	})
}

func plan(t *testing.T, state, config tftypes.Value) tftypes.Value {
	t.Helper()
	server := providerserver.NewProtocol6(shop{})()
	resp, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "shop_bill", PriorState: wire(t, state), ProposedNewState: wire(t, config), Config: wire(t, config),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range resp.Diagnostics {
		t.Errorf("%s: %s", diagnostic.Summary, diagnostic.Detail)
	}
	planned, err := resp.PlannedState.Unmarshal(billType)
	if err != nil {
		t.Fatal(err)
	}
	return planned
}

func wire(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	packed, err := tfprotov6.NewDynamicValue(billType, value)
	if err != nil {
		t.Fatal(err)
	}
	return &packed
}

// shop is the smallest provider with an amount at the top and one inside a list.
type shop struct{}

func (shop) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "shop"
}
func (shop) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (shop) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (shop) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (shop) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return billResource{} }}
}

type billResource struct{}

func (billResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "shop_bill"
}

func (billResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	amount := schema.StringAttribute{
		Optional: true, CustomType: money.DecimalType{}, PlanModifiers: []planmodifier.String{tfvalue.UseStateWhenEqual()},
	}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"amount": amount,
		"lines": schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{
			Attributes: map[string]schema.Attribute{"price": amount, "note": schema.StringAttribute{Optional: true}},
		}},
	}}
}
func (billResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (billResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (billResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (billResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

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
		"not negative":       {tfvalue.NotNegative(), values("0", "-0", "3.5", "abc"), []string{"-0.01", "-5"}, "negative"},
		"between":            {tfvalue.Between("0", "100"), values("0", "100.00", "0.9", "20%"), []string{"-0.1", "100.01", "101"}, "from 0 to 100"},
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
