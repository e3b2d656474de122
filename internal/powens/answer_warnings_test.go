package powens_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What an answer leaves in doubt is said beside the link, which is listed all the same.
func TestListWarnsOfARevocationThatNobodyCanRead(t *testing.T) {
	t.Parallel()
	b := harness.Start(t)
	state := b.Create(small())
	odd := answerOf(b, state.Text("id"), object{"revoked_at": "next tuesday"})
	other := answerOf(b, state.Text("id"), object{"id": "3c90c3cc-0d44-4b50-8888-8dd257360001"})
	b.Sandbox.Inject(fault.Fault{Vendor: "powens", Op: "list", Kind: fault.Answer, Status: http.StatusOK, Body: "[" + odd + "," + other + "]"})
	found, diags := b.Server.List(t.Context(), harness.Type(), protocoltest.ListRequest{IncludeResource: true})
	b.Record(diags)
	if len(found) != 2 || found[0].State.Text("state") != "unknown" || len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Detail, "next tuesday") {
		t.Errorf("%d links, %s", len(found), diags)
	}
}

// The warning is given at every refresh, also where nothing else is new.
func TestRefreshWarnsEachTimeOfARevocationThatNobodyCanRead(t *testing.T) {
	t.Parallel()
	b := harness.Start(t)
	state := b.Create(small())
	b.Sandbox.Inject(fault.Fault{
		Vendor: "powens", Op: "get", Kind: fault.Answer, Status: http.StatusOK, Body: answerOf(b, state.Text("id"), object{"revoked_at": "soon"}),
	})
	for i := range 3 {
		var diags protocoltest.Diagnostics
		if state, diags = b.Refresh(state); diags.HasError() || !strings.Contains(diags.String(), "Cannot tell whether") {
			t.Errorf("refresh %d: %s", i, diags)
		}
	}
}
