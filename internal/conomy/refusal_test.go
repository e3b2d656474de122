package conomy_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// whole is everything that testdata/refused.json says.
var whole = []string{"403", "43", "forbiddenOperation", "this identity may not use payment links yet", "0b6f4b0e-6d0c-4c1e-9a53-2f0f6f9d8a11"}

// TestRefusalShownWhole: what the vendor says is shown completely, in each published shape and in the gateway's own.
func TestRefusalShownWhole(t *testing.T) {
	t.Parallel()
	for name, refusal := range map[string]struct {
		body, contentType string
		words             []string
	}{
		"current": {string(testdata(t, "refused.json")), "", whole},
		"former":  {`{"statusCode":403,"error":"Forbidden","message":"not for this identity"}`, "", []string{"403", "Forbidden", "not for this identity"}},
		"gateway": {`{"message":"Forbidden"}`, "", []string{"403", "Message: Forbidden"}},
		"a word":  {`{"error":"blocked"}`, "", []string{"403", "blocked"}},
		"text":    {"blocked by policy 17", "text/plain", []string{"403", "blocked by policy 17"}},
		"html":    {"<html><title>Attention required</title></html>", "text/html", []string{"403", "Attention required"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(small())
			b.ResetCalls()
			b.Sandbox.Inject(fault.Fault{Vendor: "conomy", Status: http.StatusForbidden, Body: refusal.body, ContentType: refusal.contentType})
			made, _, diags := b.ApplyConfig(protocoltest.State{}, full())
			b.RequireErrors(diags, "", append(refusal.words, "Cannot create Conomy payment link", "Nothing was created")...)
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", append(refusal.words, "Cannot read Conomy payment link")...)
			kept, diags := b.Destroy(state)
			b.RequireErrors(diags, "", append(refusal.words, "Cannot revoke Conomy payment link", state.Text("id"), "stays in state")...)
			imported, diags := b.ImportByID(state.Text("id"))
			b.RequireErrors(diags, "", refusal.words...)
			if made.Exists() || !after.Raw.Equal(state.Raw) || !kept.Exists() || imported.Exists() {
				t.Error("a state has changed")
			}
			b.RequireCalls("create", "get", "delete", "get")
		})
	}
}

// TestVendorRefuses: the refusals that the vendor itself makes, each with what a person needs to know.
func TestVendorRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		settings object
		change   object
		words    []string
	}{
		"undocumented method":   {nil, object{"payment_methods_allowed": list{"VITAWALLET"}}, []string{"400", "invalidParam", "paymentMethodsAllowed.0", "VITAWALLET"}},
		"destinations disagree": {nil, object{"destinations.0.amount": "49991"}, []string{"400", "11", "invalidParam", "destinations"}},
		"token not URL-safe":    {nil, object{"checkout_token": "invoice 1001/a"}, []string{"400", "checkoutToken"}},
		"wrong key":             {object{"api_key": "nobody"}, nil, []string{"403", "Forbidden", "what they are allowed to do"}},
		"rejected token":        {object{"client_id": nil, "client_secret": nil, "access_token": "eyJnobody"}, nil, []string{"401", "41", "unauthorized", "Conomy does not accept the credentials"}},
		"wrong secret":          {object{"client_secret": "nobody"}, nil, []string{"401", "unauthorized", "access token", "wrong secret", "Conomy does not accept the credentials"}},
		"wrong version":         {object{"api_version": "01-01-2020"}, nil, []string{"400", "conomyhq-api-version"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, test.settings)
			state, _, diags := b.ApplyConfig(protocoltest.State{}, small(test.change))
			b.RequireErrors(diags, "", append(test.words, "Nothing was created")...)
			if state.Exists() || len(conomysandbox.From(b.Sandbox).Links()) > 0 {
				t.Errorf("state %s, %d links", state.Raw, len(conomysandbox.From(b.Sandbox).Links()))
			}
		})
	}
}

// TestSameToken: a checkout token that is in use is refused; the holder is named with what to do, and not adopted.
func TestSameToken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	holder := b.Create(small())
	for range 60 { // the holder is on the second page, the others are newer
		b.Create(small(object{"checkout_token": "other-" + b.Sandbox.Now().Format("150405.000000000")}))
		b.Clock.Advance(1)
	}
	b.ResetCalls()
	state, _, diags := b.ApplyConfig(protocoltest.State{}, small(object{"duration": 60}))
	b.RequireErrors(diags, "", "409", "13", "alreadyExist", "Nothing was created", `"invoice-1001"`, holder.Text("id"), holder.Text("url"), "ATTEMPT",
		"import {", "to = paymentlinks_conomy_link.", `id = "`+holder.Text("id")+`"`)
	if state.Exists() {
		t.Error("adopted")
	}
	lists := b.Sandbox.Requests(sandbox.ByOp("conomy", "list"))
	b.RequireCalls("create", "list", "list")
	for i, r := range lists {
		if r.Query.Get("owner.identityId") != "65f0c0ffee65f0c0ffee65f0" || r.Query.Get("limit") != "50" || r.Query.Get("offset") != []string{"0", "50"}[i] {
			t.Errorf("list?%s", r.Query.Encode())
		}
	}

	state, _, diags = b.ApplyConfig(protocoltest.State{}, small(object{"owner.identity_id": "someone-else"}))
	b.RequireErrors(diags, "", "409", "another owner's")
	b.Sandbox.Inject(fault.Fault{Op: "list", Status: http.StatusForbidden, Body: `{"message":"Forbidden"}`})
	state, _, diags = b.ApplyConfig(state, small())
	b.RequireErrors(diags, "", "409", "failed too", "Forbidden")
	if state.Exists() || strings.Contains(diags.String(), holder.Text("id")) {
		t.Error("the holder is known from nowhere")
	}
}

// TestSameTokenReplaced: a replacement under the same token deletes first; over a paid link that is let go, the create's 409
// names the holder.
func TestSameTokenReplaced(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.become(state, statuses["finished"])
	after, _, diags := b.ApplyConfig(state, small(object{"duration": 60}))
	b.RequireText(diags.Errors(), "409", state.Text("id"), "FINISHED", "import {")
	b.RequireText(diags.Warnings(), "was paid")
	if after.Exists() {
		t.Error("still in state")
	}
	b.RequireCalls("get", "delete", "get", "create", "list")
}

// TestTransientReads are repeated; what goes on is an error that keeps the state.
func TestTransientReads(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"500": {Status: 500}, "503": {Status: 503, Header: http.Header{"Retry-After": {"2"}}}, "too many": {Kind: fault.TooMany},
		"truncate": {Kind: fault.Truncate}, "html 502": {Kind: fault.HTML},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(small())
			b.ResetCalls()
			fault.Op, fault.Times = "get", 2
			b.Sandbox.Inject(fault)
			b.RequireNoDrift(state, small())
			b.RequireCalls("get", "get", "get")
			fault.Times = 0
			b.Sandbox.Inject(fault)
			after, diags := b.Refresh(state)
			b.RequireErrors(diags, "", "Cannot read Conomy payment link")
			if !after.Raw.Equal(state.Raw) {
				t.Error("the state has changed")
			}
		})
	}
}

// TestTransientDelete: a delete may be repeated. When the repetition finds nothing because the first was carried out, the
// link is done for.
func TestTransientDelete(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"refused before": {Status: 503, Times: 1}, "dropped before": {Kind: fault.Drop, Times: 1}, "500 after": {Status: 500, After: true, Times: 1},
		"dropped after": {Kind: fault.Drop, After: true, Times: 1}, "dropped for good": {Kind: fault.Drop, After: true},
		"html for good": {Kind: fault.HTML, After: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(small())
			b.Clock.Advance(2 * 60e9)
			fault.Op = "delete"
			b.Sandbox.Inject(fault)
			after, diags := b.Destroy(state)
			if diags.HasError() || after.Exists() {
				t.Errorf("still there %t: %s", after.Exists(), diags)
			}
			b.holds(0)
		})
	}
}
