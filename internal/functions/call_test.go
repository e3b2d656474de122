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

// call calls a function as an engine does, with the provider not configured.
func call(t *testing.T, name string, arguments ...tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	server := protoserver.New(vendors.Provider("test"))
	offered, err := server.GetFunctions(t.Context(), &tfprotov6.GetFunctionsRequest{})
	if err != nil || offered.Functions[name] == nil {
		t.Fatalf("no function %s: %v", name, err)
	}
	req := &tfprotov6.CallFunctionRequest{Name: name}
	for _, argument := range arguments {
		packed, err := tfprotov6.NewDynamicValue(argument.Type(), argument)
		if err != nil {
			t.Fatal(err)
		}
		req.Arguments = append(req.Arguments, &packed)
	}
	resp, err := server.CallFunction(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		protocoltest.Record(protocoltest.Message{Kind: protocoltest.FunctionError, Summary: resp.Error.Text})
		return tftypes.Value{}, resp.Error
	}
	result, err := resp.Result.Unmarshal(offered.Functions[name].Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	return result, nil
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

// wantArgumentError expects an error about one argument, with every one of the words, that fits into an engine's sentence.
func wantArgumentError(t *testing.T, failure *tfprotov6.FunctionError, argument int64, words ...string) {
	t.Helper()
	if failure == nil {
		t.Fatal("no error")
	}
	if failure.FunctionArgument == nil || *failure.FunctionArgument != argument {
		t.Errorf("not about argument %d: %v: %s", argument, failure.FunctionArgument, failure.Text)
	}
	for _, word := range words {
		if !strings.Contains(failure.Text, word) {
			t.Errorf("%q is missing in: %s", word, failure.Text)
		}
	}
	if strings.HasSuffix(failure.Text, ".") || len(failure.Text) > 400 || strings.Contains(failure.Text, "\n") {
		t.Errorf("does not fit into a sentence: %s", failure.Text)
	}
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
			if p.AllowUnknownValues || p.AllowNullValue {
				t.Errorf("%s: %s takes what it cannot calculate with", name, p.Name)
			}
		}
	}
}
