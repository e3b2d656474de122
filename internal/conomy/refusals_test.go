package conomy_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// whole is everything that testdata/refused.json says.
var whole = []string{"403", "43", "forbiddenOperation", "this identity may not use payment links yet", "0b6f4b0e-6d0c-4c1e-9a53-2f0f6f9d8a11"}

var refusals = drivertest.Refusals{
	Shown: map[string]drivertest.Refusal{ // each published shape, and the gateway's own
		"current": forbidden(drivertest.Testdata("refused.json"), "", whole...),
		"former":  forbidden(`{"statusCode":403,"error":"Forbidden","message":"not for this identity"}`, "", "403", "Forbidden", "not for this identity"),
		"gateway": forbidden(`{"message":"Forbidden"}`, "", "403", "Message: Forbidden"),
		"a word":  forbidden(`{"error":"blocked"}`, "", "403", "blocked"),
		"text":    forbidden("blocked by policy 17", "text/plain", "403", "blocked by policy 17"),
		"html":    forbidden("<html><title>Attention required</title></html>", "text/html", "403", "Attention required"),
	},
	ByVendor: map[string]drivertest.VendorRefusal{
		"undocumented method":    {Config: small(object{"payment_methods_allowed": list{"VITAWALLET"}}), Words: []string{"400", "invalidParam", "paymentMethodsAllowed.0", "VITAWALLET"}},
		"account without holder": {Config: small(object{"destinations.0.account.account_holder": nil}), Words: []string{"400", "12", "accountHolder"}},
		"wrong key":              {Settings: object{"api_key": "nobody"}, Words: []string{"403", "Forbidden", "lack permission"}},
		"rejected token": {
			Settings: object{"client_id": nil, "client_secret": nil, "access_token": "eyJnobody"}, Words: []string{"401", "41", "unauthorized", "Conomy rejected the credentials"},
		},
		"wrong secret": {
			Settings: object{"client_secret": "nobody"}, Words: []string{"401", "unauthorized", "access token", "wrong secret", "Conomy rejected the credentials"},
		},
		"wrong version": {Settings: object{"api_version": "01-01-2020"}, Words: []string{"400", "conomyhq-api-version"}},
	},
}

func forbidden(body, contentType string, words ...string) drivertest.Refusal {
	return drivertest.Refusal{Answer: fault.Fault{Status: http.StatusForbidden, Body: body, ContentType: contentType}, Words: words}
}

// A checkout token that is in use is refused; the holder is named with what to do, and not adopted.
func TestSameToken(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	holder := f.Create(small())
	f.Seed(60, object{"createdAt": f.Clock.Now().Add(time.Minute).Format(time.RFC3339)}) // newer: the holder is on the second page
	f.ResetCalls()
	state, _, diags := f.ApplyConfig(protocoltest.State{}, small(object{"duration": 60}))
	f.RequireErrors(diags, "", "409", "13", "alreadyExist", "Nothing was created", `"invoice-1001"`, holder.Text("id"), holder.Text("url"), "ATTEMPT",
		"import {", "to = paymentlinks_conomy_link.", `id = "`+holder.Text("id")+`"`)
	if state.Exists() {
		t.Error("adopted")
	}
	lists := f.Sandbox.Requests(sandbox.ByOp("conomy", "list"))
	f.RequireCalls("create", "list", "list")
	for i, r := range lists {
		if r.Query.Get("owner.identityId") != "65f0c0ffee65f0c0ffee65f0" || r.Query.Get("limit") != "50" || r.Query.Get("offset") != []string{"0", "50"}[i] {
			t.Errorf("list?%s", r.Query.Encode())
		}
	}

	state, _, diags = f.ApplyConfig(protocoltest.State{}, small(object{"owner.identity_id": "someone-else"}))
	f.RequireErrors(diags, "", "409", "another owner")
	f.Sandbox.Inject(fault.Fault{Op: "list", Status: http.StatusForbidden, Body: `{"message":"Forbidden"}`})
	state, _, diags = f.ApplyConfig(state, small())
	f.RequireErrors(diags, "", "409", "failed too", "Forbidden")
	if state.Exists() || strings.Contains(diags.String(), holder.Text("id")) {
		t.Error("the holder is known from nowhere")
	}
}

// A replacement under the same token deletes first; over a paid link that is let go, the create's 409
// names the holder.
func TestSameTokenReplaced(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(small())
	become(f, state, "FINISHED")
	after, _, diags := f.ApplyConfig(state, small(object{"duration": 60, "replace_paid": true}))
	f.RequireText(diags.Errors(), "409", state.Text("id"), "FINISHED", "import {")
	f.RequireText(diags.Warnings(), "was paid")
	if after.Exists() {
		t.Error("still in state")
	}
	f.RequireCalls("get", "delete", "get", "create", "list")
}
