package qonto_test

import (
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

var secrecy = drivertest.Secrecy{
	PayerShape: drivertest.Shape{Name: "invoice", Config: invoice()}, PayerName: "debitor_name",
	Bodies: []string{
		`{"errors":[{"code":"forbidden","detail":"unknown token %[1]s","source":{"pointer":"%[1]s"}}],"trace_id":"%[1]s"}`, `{"code":"%[1]s","message":"%[1]s"}`,
	},
	Sensitive: []string{"debitor_name"}, SensitiveSettings: []string{"access_token", "staging_token"},
}

// The same with all four secrets of a token file, renewed on the way.
func TestEchoesWithTokenFile(t *testing.T) {
	t.Parallel()
	for _, fault := range []fault.Fault{{Kind: fault.Echo}, {Kind: fault.HTML, Echo: true}, {Kind: fault.HTML, Echo: true, Status: http.StatusOK}} {
		f, path := fileFixture(t)
		f.held(path)
		state := f.Create(invoice())
		f.qonto().ExpireTokens()
		if _, diags := f.Refresh(state); len(diags) > 0 {
			t.Fatal(diags)
		}
		f.held(path)
		f.Sandbox.Inject(fault)
		for range 2 {
			if _, diags := f.Refresh(state); !diags.HasError() {
				t.Error("no error")
			}
			if _, _, diags := f.ApplyConfig(protocoltest.State{}, invoice()); !diags.HasError() {
				t.Error("no error")
			}
			f.qonto().ExpireTokens()
		}
	}
}
