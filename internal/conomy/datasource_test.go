package conomy_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
)

// What a vendor says of a bad filter may hold it; a payer's address is no exception to what stays unsaid.
func TestDataSourceKeepsThePayersAddress(t *testing.T) {
	t.Parallel()
	const planted = "planted@example.com"
	b := harness.Start(t)
	b.AddSecrets(planted, "b@example.com")
	b.Sandbox.Inject(fault.Fault{
		Vendor: "conomy", Op: "list", Kind: fault.Answer, Status: http.StatusBadRequest,
		Body: `{"status":400,"code":"11","type":"invalidParam","detail":"customer.email ` + planted + `,b@example.com is bad","traceId":"t"}`,
	})
	_, diags := b.ReadDataSource(harness.Descriptor.LinksType(), object{"customer_emails": list{planted, "b@example.com"}})
	if !diags.HasError() || strings.Contains(diags.String(), planted) {
		t.Errorf("said: %s", diags)
	}
}
