package powens_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// answerOf is a link as the vendor answers it, with some fields in other words.
func answerOf(f *drivertest.Fixture, id string, changes object) string {
	f.Helper()
	req, err := http.NewRequestWithContext(f.Context(), http.MethodGet, f.Sandbox.URL()+"/powens/api/payment-links/"+id, nil)
	if err != nil {
		f.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+sandboxOf(f).IssueToken("demo-sandbox"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		f.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	fields := object{}
	if err == nil {
		err = json.Unmarshal(data, &fields)
	}
	for name, value := range changes {
		fields[name] = value
	}
	out, marshalErr := json.Marshal(fields)
	if err != nil || marshalErr != nil || resp.StatusCode != http.StatusOK {
		f.Fatal(resp.Status, err, marshalErr)
	}
	return string(out)
}

// A date that nobody can read still says that the link was revoked, and is kept as text; that is said once, with the value
// (contract 8.31).
func TestRevokedAtNobodyCanRead(t *testing.T) {
	t.Parallel()
	for at, tc := range map[string]struct {
		state string
		said  int
	}{
		"next tuesday":         {"revoked", 1},
		"2999-13-45 99:00:00":  {"revoked", 1},
		"2999-01-01 00:00:00":  {"open", 0},
		"2999-01-01T00:00:00Z": {"open", 0},
	} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			state := f.Create(small())
			f.Sandbox.Inject(fault.Fault{
				Vendor: "powens", Op: "get", Kind: fault.Answer, Status: http.StatusOK, ContentType: "application/json",
				Body: answerOf(f, state.Text("id"), object{"revoked_at": at}),
			})
			fresh, diags := f.Refresh(state)
			if fresh.Text("state") != tc.state || fresh.Text("revoked_at") != at || len(diags) != tc.said || diags.HasError() {
				t.Errorf("state %q, revoked_at %q, said %s", fresh.Text("state"), fresh.Text("revoked_at"), diags)
			}
			if tc.said > 0 {
				f.RequireText(diags.ForAttribute("revoked_at"), at, state.Text("id"), state.Text("url"))
			}
			if plan := f.Plan(fresh, small()); plan.HasError() || (plan.Action == protocoltest.Replace) != (tc.said > 0) {
				t.Errorf("plan: %s %s", plan.Action, plan.Diagnostics)
			}
		})
	}
}

// What an answer leaves in doubt is said beside the link, which is listed all the same.
func TestListWarnsOfARevocationThatNobodyCanRead(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(small())
	odd := answerOf(f, state.Text("id"), object{"revoked_at": "next tuesday"})
	other := answerOf(f, state.Text("id"), object{"id": "3c90c3cc-0d44-4b50-8888-8dd257360001"})
	f.Sandbox.Inject(fault.Fault{Vendor: "powens", Op: "list", Kind: fault.Answer, Status: http.StatusOK, Body: "[" + odd + "," + other + "]"})
	found, diags := f.Server.List(t.Context(), harness.Type(), protocoltest.ListRequest{IncludeResource: true})
	f.Record(diags)
	if len(found) != 2 || found[0].State.Text("state") != "revoked" || len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Detail, "next tuesday") {
		t.Errorf("%d links, %s", len(found), diags)
	}
}

// The warning is given at every refresh, also where nothing else is new.
func TestRefreshWarnsEachTimeOfARevocationThatNobodyCanRead(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(small())
	f.Sandbox.Inject(fault.Fault{
		Vendor: "powens", Op: "get", Kind: fault.Answer, Status: http.StatusOK, Body: answerOf(f, state.Text("id"), object{"revoked_at": "soon"}),
	})
	for i := range 3 {
		var diags protocoltest.Diagnostics
		if state, diags = f.Refresh(state); diags.HasError() || !strings.Contains(diags.String(), "treated as revoked") {
			t.Errorf("refresh %d: %s", i, diags)
		}
	}
}
