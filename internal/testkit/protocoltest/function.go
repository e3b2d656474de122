package protocoltest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// CallFunction calls a function as an engine does, with the provider not configured.
func CallFunction(t *testing.T, server tfprotov6.ProviderServer, name string, arguments ...tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
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
		Record(Message{Kind: FunctionError, Summary: resp.Error.Text})
		return tftypes.Value{}, resp.Error
	}
	result, err := resp.Result.Unmarshal(offered.Functions[name].Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	return result, nil
}

// RequireArgumentError expects an error about one argument, with every one of the words, that fits into an engine's sentence.
func RequireArgumentError(t *testing.T, failure *tfprotov6.FunctionError, argument int64, words ...string) {
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
