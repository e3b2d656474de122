package conomy_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What can go wrong with any vendor's calls is the fault matrix of internal/provider; here is what is Conomy's own.

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

// adopted: the newest link at the vendor is in state, which was said, and the plan is empty.
func (b *bench) adopted(state protocoltest.State, config object, diags protocoltest.Diagnostics) {
	b.Helper()
	links := conomysandbox.From(b.Sandbox).Links()
	if len(links) == 0 || diags.HasError() || state.Text("id") != links[len(links)-1].ID {
		b.Fatalf("in state %q: %s", state.Text("id"), diags)
	}
	b.RequireText(diags.Warnings(), "Took over", state.Text("id"), state.Text("url"))
	b.RequireNoDrift(state, config)
}

// TestAdoptedInEverySpelling: whatever the vendor's answers look like, the link that a create left behind is found by its
// token and content.
func TestAdoptedInEverySpelling(t *testing.T) {
	t.Parallel()
	for name, values := range everySwitch(t) {
		for _, value := range values {
			for shapeName, shape := range shapes {
				data := positioned(t, name, value)
				if shapeName == "small" && refusesSmall[string(data)] {
					continue
				}
				t.Run(string(data)+" "+shapeName, func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					if err := conomysandbox.From(b.Sandbox).SetSwitches(data); err != nil {
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

// TestAdoptedAmongMany: the link is found beyond the first page, and nothing of other content, nor one that has expired, is
// taken for it.
func TestAdoptedAmongMany(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	conomysandbox.From(b.Sandbox).Set(func(s *switches) { s.DuplicateTokens, s.OldestFirst = true, true })
	for _, change := range []object{
		{"items.0.description": "Other"}, {"duration": 60}, {"checkout_token": "invoice-1002"}, {"payment_methods_allowed": list{"WEBPAY"}},
		{"owner.identity_id": "other"}, {"destinations.0.account.account_number": "1"}, {"success_url": "https://x.example/"},
		{"customer.email": "payer@planted.example"},
	} {
		b.Create(small(change))
	}
	if err := conomysandbox.From(b.Sandbox).Expire(b.Create(small()).Text("id")); err != nil {
		t.Fatal(err)
	}
	for range 45 { // older ones push it to the second page
		b.Create(small(object{"duration": 90}))
	}
	b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
	b.ResetCalls()
	state, _, diags := b.ApplyConfig(protocoltest.State{}, small())
	b.RequireCalls("create", "list", "list")
	b.adopted(state, small(), diags)
}

// TestListsEnd: whatever the page says of itself, the walk ends (5), and a list that repeats itself is no evidence.
func TestListsEnd(t *testing.T) {
	t.Parallel()
	const page = `{"pagination":%s,"results":[{"id":"a","checkoutToken":"x","status":"ACTIVE"},{"id":"b","checkoutToken":"y","status":"ACTIVE"}]}`
	for name, pagination := range map[string]string{
		"a total that never comes": `{"count":2,"next":2,"previous":0,"total":1000}`, "no total": `{}`, "null": `null`, "total 0": `{"total":0}`,
	} {
		b := newBench(t)
		b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop})
		b.Sandbox.Inject(fault.Fault{Op: "list", Status: http.StatusOK, Body: strings.Replace(page, "%s", pagination, 1)})
		_, _, diags := b.ApplyConfig(protocoltest.State{}, small())
		b.RequireErrors(diags, "", "may exist", `id = "ID"`)
		if n := b.CallCount("list"); n > 4*2 { // four looks
			t.Errorf("%s: %d pages", name, n)
		}
	}
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for but the holder of a token.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"400": {Status: 400}, "404": {Status: 404}, "409": {Status: 409}, "415": {Status: 415}, "422": {Status: 422},
		"400 echo": {Kind: fault.Echo}, "html 403": {Kind: fault.HTML, Status: 403, Echo: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			fault.Op = "create"
			b.Sandbox.Inject(fault)
			state, _, diags := b.ApplyConfig(protocoltest.State{}, full())
			b.RequireErrors(diags, "", "Cannot create Conomy payment link", "Nothing was created")
			if state.Exists() {
				t.Error("in state")
			}
			if name == "409" {
				b.RequireCalls("create", "list")
				return
			}
			b.RequireCalls("create")
		})
	}
}
