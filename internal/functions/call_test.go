package functions_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/protoserver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/vendors"
)

func call(t *testing.T, name string, arguments ...tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	return protocoltest.CallFunction(t, protoserver.New(vendors.Provider("test")), name, arguments...)
}

func text(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// number is a number as engines hold it.
func number(t *testing.T, s string) tftypes.Value {
	t.Helper()
	f, _, err := big.ParseFloat(s, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	return tftypes.NewValue(tftypes.Number, f)
}

func asText(t *testing.T, v tftypes.Value) string {
	t.Helper()
	var s string
	if err := v.As(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// Every function is explained, and so is everything that is typed for it.
func TestFunctionsAndParametersAreDescribed(t *testing.T) {
	t.Parallel()
	offered, err := protoserver.New(vendors.Provider("test")).GetFunctions(t.Context(), &tfprotov6.GetFunctionsRequest{})
	if err != nil || len(offered.Diagnostics) > 0 {
		t.Fatal(err, offered.Diagnostics)
	}
	if len(offered.Functions) != 4 {
		t.Errorf("%d functions, want 4", len(offered.Functions))
	}
	for name, f := range offered.Functions {
		if f.Summary == "" || f.Description == "" || f.DescriptionKind != tfprotov6.StringKindMarkdown || !strings.Contains(f.Description, "Returns") {
			t.Errorf("%s does not say what it is and what it returns", name)
		}
		parameters := f.Parameters
		if f.VariadicParameter != nil {
			parameters = append(parameters, f.VariadicParameter)
		}
		for _, p := range parameters {
			if p.Description == "" || p.DescriptionKind != tfprotov6.StringKindMarkdown {
				t.Errorf("%s: %s is not described", name, p.Name)
			}
			// Pulumi's bridge generates no code for an object: a map of texts takes the same HCL.
			if strings.Contains(p.Type.String(), "Object") {
				t.Errorf("%s: %s is %s", name, p.Name, p.Type)
			}
			if p.AllowUnknownValues || p.AllowNullValue {
				t.Errorf("%s: %s takes what it cannot calculate with", name, p.Name)
			}
		}
	}
}
