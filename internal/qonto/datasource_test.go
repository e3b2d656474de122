package qonto_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const (
	connectionType = "paymentlinks_qonto_connection"
	methodsType    = "paymentlinks_qonto_payment_methods"
	paymentsType   = typePrefix + "_payments"
	typePrefix     = "paymentlinks_qonto_link"
)

// read reads a data source without a word.
func (f *fixture) read(name string, config object) protocoltest.State {
	f.Helper()
	state, diags := f.ReadDataSource(name, config)
	if len(diags) > 0 {
		f.Fatalf("%s: %s", name, diags)
	}
	return state
}

func TestConnection(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	got := f.read(connectionType, nil)
	if got.Text("status") != "enabled" || got.Text("bank_account_id") == "" {
		t.Errorf("%v", got.Attributes())
	}
	f.qonto().SetConnection("pending")
	if got := f.read(connectionType, nil); got.Text("status") != "pending" {
		t.Errorf("%v", got.Attributes())
	}
	f.qonto().SetConnection("disabled")
	if got := f.read(connectionType, nil); got.Text("status") != "disabled" {
		t.Errorf("%v", got.Attributes())
	}
	f.qonto().SetConnection("a word that no document names")
	if got := f.read(connectionType, nil); got.Text("status") != "a word that no document names" {
		t.Errorf("%v", got.Attributes())
	}
	f.ResetCalls()
	f.qonto().SetConnection("not_connected") // a 404
	got = f.read(connectionType, nil)
	if got.Text("status") != "not_connected" || got.Get("bank_account_id") != nil || got.Get("connection_location") != nil {
		t.Errorf("%v", got.Attributes())
	}
	f.RequireCalls("connection")
}

func TestPaymentMethods(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.qonto().EnableMethod("paypal", false)
	f.qonto().EnableMethod("a new one", true)
	want := list{
		object{"name": "credit_card", "enabled": true}, object{"name": "apple_pay", "enabled": true}, object{"name": "paypal", "enabled": false},
		object{"name": "ideal", "enabled": true}, object{"name": "a new one", "enabled": true},
	}
	if got := f.read(methodsType, nil).List("payment_methods"); !tfconfig.Equal(want, got) {
		t.Errorf("%v", got)
	}
	f.RequireCalls("methods")
	f.qonto().SetConnection("pending")
	if got := f.read(methodsType, nil).Get("payment_methods"); !tfconfig.Equal(list{}, got) { // none, and not null
		t.Errorf("%v", got)
	}
}

// Of three payments on a reusable link, each comes once, with what the payer paid.
func TestLinkPayments(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	link := f.Create(basket())
	id := link.Text("id")
	for range 3 {
		f.Sandbox.Simulate(id, "pay")
	}
	f.Sandbox.Simulate(id, "process")
	f.ResetCalls()
	payments := f.read(paymentsType, object{"link_id": id}).List("payments")
	f.RequireCalls("payments")
	seen := map[any]bool{}
	for i, p := range payments {
		seen[tfconfig.Lookup(p, "id")] = true
		pending := tfconfig.Lookup(p, "status") == "pending"
		if pending != (i == 0) || pending != (tfconfig.Lookup(p, "paid_at") == nil) {
			t.Errorf("%v", p)
		}
		if tfconfig.Lookup(p, "amount.value") != link.Text("amount.value") || tfconfig.Lookup(p, "amount.currency") != "EUR" || tfconfig.Lookup(p, "created_at") == nil ||
			tfconfig.Lookup(p, "payment_method") == nil || tfconfig.Lookup(p, "debitor_email") != "payer@example.com" {
			t.Errorf("%v", p)
		}
	}
	if len(payments) != 4 || len(seen) != 4 {
		t.Errorf("%d payments, %d different", len(payments), len(seen))
	}
	paid := f.read(paymentsType, object{"link_id": id, "statuses": list{"paid", "failed"}, "sort_by": "creation_date:asc"})
	if len(paid.List("payments")) != 3 {
		t.Errorf("%v", paid.List("payments"))
	}
	sent := f.Sandbox.Requests(sandbox.ByOp("qonto", "payments"))[0].Query
	if got := sent["status[]"]; !slices.Contains(got, "paid") || !slices.Contains(got, "failed") || len(got) != 2 || sent.Get("sort_by") != "creation_date:asc" {
		t.Errorf("sent %v", sent)
	}
	if n := len(f.read(paymentsType, object{"link_id": f.Create(basket()).Text("id")}).List("payments")); n != 0 {
		t.Errorf("%d payments of a new link", n)
	}
}

// The payments of a link that this run made, and that the vendor does not show yet, are waited for; those of an unknown link are not.
func TestLinkPaymentsOfANewLink(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.Switch(`{"payments_delay":"2s"}`)
	id := f.Create(basket()).Text("id")
	f.ResetCalls()
	if n := len(f.read(paymentsType, object{"link_id": id}).List("payments")); n != 0 {
		t.Errorf("%d payments", n)
	}
	f.RequireCalls("payments", "payments", "payments")
	_, diags := f.ReadDataSource(paymentsType, object{"link_id": invoiceID})
	f.RequireErrors(diags, "", "404")
	f.RequireCalls("payments")
}

// What cannot be read of an answer is named once, and the rest of it is used.
func TestUnreadPartsOfDataSources(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	id := f.Create(basket()).Text("id")
	f.Sandbox.Simulate(id, "pay")
	f.Sandbox.Simulate(id, "pay")
	for _, test := range []struct {
		op, pointer, value, name string
		config                   object
		says                     string
		want                     func(protocoltest.State) bool
	}{
		{"connection", "/bank_account_id", `{}`, connectionType, nil, "`bank_account_id`", func(s protocoltest.State) bool {
			return s.Text("status") == "enabled" && s.Get("bank_account_id") == nil
		}},
		{"methods", "/payment_link_payment_methods/0/enabled", `"maybe"`, methodsType, nil, "`enabled`", func(s protocoltest.State) bool {
			return len(s.List("payment_methods")) == 4 && tfconfig.Lookup(s.List("payment_methods")[0], "enabled") == nil
		}},
		{"payments", "/payments/0/amount/value", `"1,5"`, paymentsType, object{"link_id": id}, "`amount.value`", func(s protocoltest.State) bool { return len(s.List("payments")) == 2 }},
		{"payments", "/payments/0", `"x"`, paymentsType, object{"link_id": id}, "no readable ID", func(s protocoltest.State) bool { return len(s.List("payments")) == 1 }},
	} {
		remove := f.Sandbox.Inject(fault.Fault{Vendor: "qonto", Op: test.op, Kind: fault.Deviate, Pointer: test.pointer, Value: test.value})
		state, diags := f.ReadDataSource(test.name, test.config)
		remove()
		if len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Detail, test.says) || !test.want(state) {
			t.Errorf("%s: %v: %s", test.pointer, state.Attributes(), diags)
		}
	}
}

// The payers' addresses are sensitive.
func TestLinkPaymentsSchema(t *testing.T) {
	t.Parallel()
	for _, a := range newFixture(t).Server.Schema().DataSourceSchemas[paymentsType].Block.Attributes {
		if a.Name != "payments" {
			continue
		}
		for _, leaf := range a.NestedType.Attributes {
			if leaf.Sensitive != (leaf.Name == "debitor_email") {
				t.Errorf("%s: sensitive is %v", leaf.Name, leaf.Sensitive)
			}
		}
	}
}

// More payments than a page holds are read to the end, each once.
func TestLinkPaymentsPages(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	id := f.Create(basket()).Text("id")
	for range 201 {
		f.Sandbox.Simulate(id, "pay")
	}
	seen := map[any]bool{}
	for _, p := range f.read(paymentsType, object{"link_id": id}).List("payments") {
		seen[tfconfig.Lookup(p, "id")] = true
	}
	if len(seen) != 201 || f.CallCount("payments") != 3 {
		t.Errorf("%d payments in %d pages", len(seen), f.CallCount("payments"))
	}
}

// Whatever fails is an error that says what could not be read, and nothing comes of it.
func TestQontoDataSourceFailures(t *testing.T) {
	t.Parallel()
	const id = "3c90c3cc-0d44-4b50-8888-8dd25736052a"
	for kind, tc := range map[string]struct {
		op     string
		config object
		word   string
	}{
		connectionType: {"connection", nil, "connection"}, methodsType: {"methods", nil, "payment methods"}, paymentsType: {"payments", object{"link_id": id}, "payments"},
	} {
		for name, answer := range map[string]fault.Fault{
			"refused":   {Status: http.StatusForbidden, Body: `{"errors":[{"code":"forbidden","detail":"missing required oauth scope"}],"trace_id":"t-1"}`},
			"malformed": {Kind: fault.Malformed}, "cut off": {Kind: fault.Truncate}, "html": {Kind: fault.HTML},
		} {
			t.Run(kind+", "+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t)
				answer.Op = tc.op
				f.Sandbox.Inject(answer)
				state, diags := f.ReadDataSource(kind, tc.config)
				if state.Exists() || len(diags.Errors()) != 1 {
					t.Errorf("%v: %s", state.Exists(), diags)
				}
				f.RequireText(diags, "Cannot read Qonto "+tc.word)
				if answer.Status == http.StatusForbidden {
					f.RequireText(diags, "missing required oauth scope")
				}
			})
		}
	}
	f := newFixture(t)
	if _, diags := f.ReadDataSource(paymentsType, object{"link_id": id}); !diags.HasError() { // no such link
		t.Error("payments of a link that is not there")
	}
}
