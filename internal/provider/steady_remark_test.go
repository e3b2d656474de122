package provider_test

import (
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// A date that nobody can read is said at every refresh, also where nothing else is new.
func TestRefreshRemarksEachTime(t *testing.T) {
	t.Parallel()
	r := newRefreshing(t, listCases()[1])
	state := r.imported(r.c.stock(t, r.VendorSandbox, 1))[0]
	body := `{"id":"` + state.Text("id") + `","url":"` + state.Text("url") + `","revoked_at":"soon"}`
	for i := range 3 {
		r.Inject(sandbox.Fault{Vendor: "powens", Op: "get", Kind: sandbox.Answer, Status: 200, Body: body})
		var diags protocoltest.Diagnostics
		if state, diags = r.by("get").Refresh(state); diags.HasError() || !strings.Contains(diags.String(), "Cannot tell whether") {
			t.Errorf("refresh %d: %s", i, diags)
		}
	}
}
