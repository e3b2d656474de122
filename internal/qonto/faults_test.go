package qonto_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What can go wrong with any vendor's calls is the fault matrix of internal/provider; here is what is Qonto's own.

// noLinks are successes that hold no link.
var noLinks = map[string]fault.Fault{
	"empty":         {Kind: fault.Empty, Status: http.StatusCreated},
	"malformed":     {Kind: fault.Malformed, Status: http.StatusCreated},
	"foreign JSON":  {Status: http.StatusCreated, Body: `{"ok":true}`},
	"null":          {Status: http.StatusOK, Body: `null`},
	"html with 200": {Kind: fault.HTML, Status: http.StatusOK, Echo: true},
}

// TestCreateAnsweredByNoLink: it is asked for exactly once, and looked for; what was made is taken over.
func TestCreateAnsweredByNoLink(t *testing.T) {
	t.Parallel()
	for name, fault := range noLinks {
		for shapeName, shape := range shapes {
			for _, made := range []bool{true, false} {
				fault := fault // of this case alone
				fault.Op, fault.After = "create", made
				t.Run(fmt.Sprintf("%s, %s, made %t", name, shapeName, made), func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					b.Sandbox.Inject(fault)
					state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
					if n := b.CallCount("create"); n != 1 || state.Exists() != made {
						t.Errorf("%d creates, in state %t", n, state.Exists())
					}
					if !made {
						b.RequireErrors(diags, "", "may exist", "none with this content")
						return
					}
					b.adopted(state, shape(), diags)
				})
			}
		}
	}
}

// adopted: the one link at the vendor is in state, which was said, and the plan is empty.
func (b *bench) adopted(state protocoltest.State, config object, diags protocoltest.Diagnostics) {
	b.Helper()
	links := qontosandbox.From(b.Sandbox).Links()
	if len(links) == 0 || diags.HasError() || state.Text("id") != links[len(links)-1].ID {
		b.Fatalf("in state %q: %s", state.Text("id"), diags)
	}
	b.RequireText(diags.Warnings(), "Took over", state.Text("id"), state.Text("url"))
	b.RequireNoDrift(state, config)
}

// TestAdoptedInEverySpelling: whatever the vendor's answers look like, the link that a create left behind is found by its
// content.
func TestAdoptedInEverySpelling(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, value := range values {
			data, err := json.Marshal(object{name: value})
			if err != nil {
				t.Fatal(err)
			}
			for shapeName, shape := range shapes {
				t.Run(string(data)+" "+shapeName, func(t *testing.T) {
					t.Parallel()
					var settings object
					if string(data) == `{"vat_fraction":true}` {
						settings = object{"vat_rate_unit": "fraction"}
					}
					b := newBench(t, settings)
					qontosandbox.From(b.Sandbox).AddInvoice(invoiceID)
					if err := qontosandbox.From(b.Sandbox).SetSwitches(data); err != nil {
						t.Fatal(err)
					}
					b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
					state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
					b.adopted(state, shape(), diags)
				})
			}
		}
	}
}

// TestAdoptedAmongMany: the link is found beyond the first page, and nothing of other content is taken for it.
func TestAdoptedAmongMany(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, config := range []object{
		basket(object{"items.0.title": "Another"}), basket(object{"items.0.quantity": 2}), basket(object{"reusable": false}),
		basket(object{"potential_payment_methods": list{"paypal"}}), basket(object{"items.0.vat_rate": "20"}), invoice(),
	} {
		b.Create(config)
	}
	var newer []string
	for i := range 105 {
		newer = append(newer, fmt.Sprintf(`{"id":"0194f1c2-5d0a-7c11-9e21-6a1f0f0c8%03d","status":"open","amount":{"value":"1.00","currency":"EUR"},"created_at":%q,
			"potential_payment_methods":["credit_card"],"reusable":true,"resource_type":"Basket","url":"https://pay.example/%d"}`, i, b.Clock.Now().Add(time.Hour).Format(time.RFC3339), i))
	}
	if err := b.Sandbox.Seed("qonto", []byte("["+strings.Join(newer, ",")+"]")); err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{}
	for _, l := range qontosandbox.From(b.Sandbox).Links() {
		made[l.ID] = true
	}
	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
	b.ResetCalls()
	state, _, diags := b.ApplyConfig(protocoltest.State{}, basket())
	b.RequireCalls("create", "list", "list")
	if diags.HasError() || !state.Exists() || made[state.Text("id")] {
		t.Fatalf("in state %q: %s", state.Text("id"), diags)
	}
	b.RequireNoDrift(state, basket())
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"400":          {Status: http.StatusBadRequest},
		"404":          {Status: http.StatusNotFound},
		"409":          {Status: http.StatusConflict},
		"415":          {Status: http.StatusUnsupportedMediaType},
		"422 echo":     {Kind: fault.Echo},
		"redirect 308": {Kind: fault.Redirect, Location: "http://127.0.0.1:1/elsewhere", Status: http.StatusPermanentRedirect},
		"html 403":     {Kind: fault.HTML, Status: http.StatusForbidden, Echo: true},
	} {
		fault.Op = "create"
		for shapeName, shape := range shapes {
			t.Run(name+" "+shapeName, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.Sandbox.Inject(fault)
				state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
				b.RequireErrors(diags, "", "Cannot create Qonto payment link", "Nothing was created")
				if state.Exists() {
					t.Error("in state")
				}
				b.RequireCalls("create")
			})
		}
	}
}

// TestCreateRepeated: a 429 was not carried out, so the same request, with the same key, is sent again.
func TestCreateRepeated(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.TooMany, Header: http.Header{"Retry-After": {"7"}}, Times: 1})
	b.Create(basket())
	posts := b.Sandbox.Requests()
	b.RequireCalls("create", "create")
	const key = "X-Qonto-Idempotency-Key"
	if posts[0].Header.Get(key) == "" || posts[0].Header.Get(key) != posts[1].Header.Get(key) || string(posts[0].Body) != string(posts[1].Body) {
		t.Error("the repetition is another request")
	}
	if slept := b.Clock.Sleeps(); len(slept) != 1 || slept[0] != 7*time.Second {
		t.Errorf("slept %v", slept)
	}
	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.TooMany, Header: http.Header{"Retry-After": {"3600"}}})
	_, _, diags := b.ApplyConfig(protocoltest.State{}, basket())
	b.RequireErrors(diags, "", "429", "Nothing was created", "1h0m0s")
	b.RequireCalls("create")
}
