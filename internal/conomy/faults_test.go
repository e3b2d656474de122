package conomy_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// TestCreateWithoutAnAnswer: nobody knows whether the link was made. It is asked for exactly once; the error says that it
// may exist, shows what the list has, and how to import it.
func TestCreateWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	faults := map[string]sandbox.Fault{
		"dropped":       {Kind: sandbox.Drop},
		"500":           {Status: http.StatusInternalServerError},
		"503":           {Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"1"}}},
		"504":           {Status: http.StatusGatewayTimeout, Body: "gateway", ContentType: "text/plain"},
		"html":          {Kind: sandbox.HTML, Echo: true},
		"empty":         {Kind: sandbox.Empty, Status: http.StatusCreated},
		"malformed":     {Kind: sandbox.Malformed, Status: http.StatusCreated},
		"foreign JSON":  {Status: http.StatusCreated, Body: `{"ok":true}`},
		"null":          {Status: http.StatusOK, Body: `null`},
		"html with 200": {Kind: sandbox.HTML, Status: http.StatusOK},
	}
	for name, fault := range faults {
		for _, after := range []bool{false, true} {
			for _, shape := range []string{"small", "full"} {
				fault := fault // of this case alone
				fault.Op, fault.After = "create", after
				t.Run(name+" "+map[bool]string{false: "before", true: "after"}[after]+" "+shape, func(t *testing.T) {
					t.Parallel()
					createWithout(t, fault, after, shapes[shape])
				})
			}
		}
	}
	for name, kind := range map[string]sandbox.FaultKind{"truncated": sandbox.Truncate, "other content type": sandbox.WrongContentType, "oversize": sandbox.Oversize} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			createWithout(t, sandbox.Fault{Op: "create", Kind: kind}, true, full)
		})
	}
}

func createWithout(t *testing.T, fault sandbox.Fault, committed bool, shape func(...object) object) {
	config := shape()
	b := newBench(t)
	b.Sandbox.Conomy.Set(func(s *switches) { s.DuplicateTokens = true })
	old := b.Create(config) // the same content, but made long before
	b.Clock.Advance(time.Hour)
	b.Forget()
	b.Sandbox.Inject(fault)
	state, _, diags := b.Up(acctest.State{}, config)
	if state.Exists() {
		t.Errorf("in state: %s", state.Raw)
	}
	b.Says(diags, "", "Cannot tell whether", "may exist", "import {", "to = paymentlinks_conomy_link.", "terraform import")
	if n := b.Count("create"); n != 1 {
		t.Errorf("%d creates", n)
	}
	if n := b.Count("delete"); n > 0 {
		t.Errorf("%d deletes", n)
	}
	links := b.Sandbox.Conomy.Links()
	if committed != (len(links) == 2) {
		t.Fatalf("%d links at the vendor", len(links))
	}
	text := diags.String()
	if strings.Contains(text, old.Text("id")) {
		t.Errorf("the older link is taken for it:\n%s", text)
	}
	if committed {
		b.Has(diags, `id = "`+links[1].ID+`"`, links[1].URL)
		imported, diags := b.Imported(links[1].ID)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		b.Quiet(imported, config)
	} else {
		b.Has(diags, "showed none", `id = "ID"`)
	}
}

// TestCreateNotYetListed: the list lags behind, so that no id can be named; the error still says how to import it later.
func TestCreateNotYetListed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Conomy.Set(func(s *switches) { s.ListLag = time.Hour })
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true})
	_, _, diags := b.Up(acctest.State{}, small())
	b.Says(diags, "", "may exist", "may still appear", "import {")
	if n := b.Count("create"); n != 1 {
		t.Errorf("%d creates", n)
	}
}

// TestCreateAndListLost: the look for the link fails too.
func TestCreateAndListLost(t *testing.T) {
	t.Parallel()
	for _, fault := range []sandbox.Fault{{Op: "list", Status: http.StatusForbidden}, {Op: "list", Kind: sandbox.HTML}, {Op: "list", Kind: sandbox.Truncate}} {
		b := newBench(t)
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true})
		b.Sandbox.Inject(fault)
		_, _, diags := b.Up(acctest.State{}, small())
		b.Says(diags, "", "may exist", "Looking for it failed too", "import {")
		if n := b.Count("create"); n != 1 {
			t.Errorf("%d creates", n)
		}
	}
}

// TestCreateManyLinks: the link is found beyond the first page, and what has other content or has ended is not shown.
func TestCreateManyLinks(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Conomy.Set(func(s *switches) { s.DuplicateTokens = true })
	for _, change := range []object{
		{"items.0.description": "Other"}, {"duration": 60}, {"checkout_token": "invoice-1002"}, {"payment_methods_allowed": list{"WEBPAY"}},
		{"owner.identity_id": "other"}, {"destinations.0.account.account_number": "1"}, {"success_url": "https://x.example/"},
		{"customer.email": "payer@planted.example"},
	} {
		b.Create(small(change))
	}
	expired := b.Create(small())
	if err := b.Sandbox.Conomy.Expire(expired.Text("id")); err != nil {
		t.Fatal(err)
	}
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true, Times: 1})
	_, _, diags := b.Up(acctest.State{}, small())
	links := b.Sandbox.Conomy.Links()
	b.Has(diags, "1 link ", links[len(links)-1].ID)
	for _, other := range links[:len(links)-1] {
		if strings.Contains(diags.String(), other.ID) {
			t.Errorf("%s is shown", other.ID)
		}
	}
	for range 55 { // newer ones push it to the second page
		b.Create(small(object{"duration": 90}))
	}
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Status: http.StatusInternalServerError, Times: 1})
	_, _, diags = b.Up(acctest.State{}, small())
	b.Has(diags, links[len(links)-1].ID)
}

// TestListsEnd: whatever the page says of itself, each link is seen once and the walk ends (5).
func TestListsEnd(t *testing.T) {
	t.Parallel()
	const page = `{"pagination":%s,"results":[{"id":"a","checkoutToken":"x","status":"ACTIVE"},{"id":"b","checkoutToken":"y","status":"ACTIVE"}]}`
	for name, pagination := range map[string]string{
		"a total that never comes": `{"count":2,"next":2,"previous":0,"total":1000}`, "no total": `{}`, "null": `null`, "total 0": `{"total":0}`,
	} {
		b := newBench(t)
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop})
		b.Sandbox.Inject(sandbox.Fault{Op: "list", Status: http.StatusOK, Body: strings.Replace(page, "%s", pagination, 1)})
		_, _, diags := b.Up(acctest.State{}, small())
		b.Says(diags, "", "may exist", "showed none")
		if n := b.Count("list"); n > 2 {
			t.Errorf("%s: %d pages", name, n)
		}
	}
}

// TestCreateTimesOut before and after the vendor has done its work.
func TestCreateTimesOut(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		b := slowBench(t, object{"request_timeout": "60ms"})
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, Delay: 2 * time.Second, After: after})
		state, _, diags := b.Up(acctest.State{}, small())
		b.Says(diags, "", "60ms", "may exist", "import {")
		if n := b.Count("create"); n != 1 || state.Exists() {
			t.Errorf("%d creates, in state %t", n, state.Exists())
		}
		if links := b.Sandbox.Conomy.Links(); after {
			b.Has(diags, links[0].ID)
		}
	}
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for but the holder of a token.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"400": {Status: 400}, "403": {Status: 403}, "404": {Status: 404}, "409": {Status: 409}, "415": {Status: 415}, "422": {Status: 422},
		"400 echo": {Kind: sandbox.Echo}, "html 403": {Kind: sandbox.HTML, Status: 403, Echo: true},
		"redirect": {Kind: sandbox.Redirect, Location: "http://127.0.0.1:1/elsewhere"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			fault.Op = "create"
			b.Sandbox.Inject(fault)
			state, _, diags := b.Up(acctest.State{}, full())
			b.Says(diags, "", "Cannot create Conomy payment link", "Nothing was created")
			if state.Exists() {
				t.Error("in state")
			}
			if name == "409" {
				b.Asked("create", "list")
				return
			}
			b.Asked("create")
		})
	}
}

// TestCreateRepeated: a 429, and a 401 after a new token, were not carried out, so the same request is sent again.
func TestCreateRepeated(t *testing.T) {
	t.Parallel()
	for _, fault := range []sandbox.Fault{{Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"7"}}}, {Kind: sandbox.ExpireToken}} {
		b := newBench(t)
		fault.Op, fault.Times = "create", 1
		b.Sandbox.Inject(fault)
		state := b.Create(small())
		posts := b.Sandbox.Requests(sandbox.ByOp("conomy", "create"))
		b.Asked("create", "create")
		if string(posts[0].Body) != string(posts[1].Body) {
			t.Error("the repetition is another request")
		}
		b.holds(1)
		b.Quiet(state, small())
	}
}

// TestUnreachable: nothing listens, so nothing was sent.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	b := newBench(t, object{"endpoint": "http://127.0.0.1:1"})
	state, _, diags := b.Up(acctest.State{}, small())
	b.Says(diags, "", "Nothing was created")
	if state.Exists() {
		t.Error("in state")
	}
	b.Asked()
}
