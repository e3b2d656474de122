package qonto_test

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
			for _, shape := range []string{"basket", "full basket", "invoice"} {
				fault := fault // of this case alone
				fault.Op, fault.After = "create", after
				t.Run(name+" "+map[bool]string{false: "before", true: "after"}[after]+" "+shape, func(t *testing.T) {
					t.Parallel()
					createWithout(t, fault, after, shapes[shape]())
				})
			}
		}
	}
	for name, kind := range map[string]sandbox.FaultKind{"truncated": sandbox.Truncate, "other content type": sandbox.WrongContentType, "oversize": sandbox.Oversize} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			createWithout(t, sandbox.Fault{Op: "create", Kind: kind}, true, fullBasket())
		})
	}
}

func createWithout(t *testing.T, fault sandbox.Fault, committed bool, config object) {
	b := newBench(t)
	old := b.Create(config) // the same content, but made long before
	b.Clock.Advance(time.Hour)
	b.Forget()
	b.Sandbox.Inject(fault)
	state, _, diags := b.Up(acctest.State{}, config)
	if state.Exists() {
		t.Errorf("in state: %s", state.Raw)
	}
	b.Says(diags, "", "Cannot tell whether", "may exist", "import {", "to = paymentlinks_qonto_link.", "terraform import")
	if n := b.Count("create"); n != 1 {
		t.Errorf("%d creates", n)
	}
	if n := b.Count("deactivate"); n > 0 {
		t.Errorf("%d deactivates", n)
	}
	links := b.Sandbox.Qonto.Links()
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
	b.Sandbox.Qonto.Set(func(s *sandbox.QontoSwitches) { s.ListLag = time.Hour })
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true})
	_, _, diags := b.Up(acctest.State{}, basket())
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
		_, _, diags := b.Up(acctest.State{}, basket())
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
	for _, config := range []object{
		basket(object{"items.0.title": "Another"}), basket(object{"items.0.quantity": 2}), basket(object{"reusable": false}),
		basket(object{"potential_payment_methods": list{"paypal"}}), basket(object{"items.0.vat_rate": "20"}), invoice(),
	} {
		b.Create(config)
	}
	canceled := b.Create(basket())
	b.Destroy(canceled)
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true, Times: 1})
	_, _, diags := b.Up(acctest.State{}, basket())
	links := b.Sandbox.Qonto.Links()
	b.Has(diags, "1 link ", links[len(links)-1].ID)
	for _, other := range links[:len(links)-1] {
		if strings.Contains(diags.String(), other.ID) {
			t.Errorf("%s is shown", other.ID)
		}
	}
	for range 105 { // newer ones push it to the second page
		b.Create(basket(object{"items.0.title": "Newer"}))
	}
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Status: http.StatusInternalServerError, Times: 1})
	_, _, diags = b.Up(acctest.State{}, basket())
	b.Has(diags, links[len(links)-1].ID)
}

// TestCreateTimesOut before and after the vendor has done its work.
func TestCreateTimesOut(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		b := slowBench(t, object{"request_timeout": "60ms"})
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, Delay: 2 * time.Second, After: after})
		state, _, diags := b.Up(acctest.State{}, basket())
		b.Says(diags, "", "60ms", "may exist", "import {")
		if n := b.Count("create"); n != 1 || state.Exists() {
			t.Errorf("%d creates, in state %t", n, state.Exists())
		}
		if links := b.Sandbox.Qonto.Links(); after {
			b.Has(diags, links[0].ID)
		}
	}
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	faults := map[string]sandbox.Fault{
		"400":          {Status: http.StatusBadRequest},
		"401":          {Kind: sandbox.ExpireToken},
		"403":          {Status: http.StatusForbidden},
		"404":          {Status: http.StatusNotFound},
		"409":          {Status: http.StatusConflict},
		"415":          {Status: http.StatusUnsupportedMediaType},
		"422 echo":     {Kind: sandbox.Echo},
		"redirect 307": {Kind: sandbox.Redirect, Location: "http://127.0.0.1:1/elsewhere"},
		"redirect 308": {Kind: sandbox.Redirect, Location: "http://127.0.0.1:1/elsewhere", Status: http.StatusPermanentRedirect},
		"html 403":     {Kind: sandbox.HTML, Status: http.StatusForbidden, Echo: true},
	}
	for name, fault := range faults {
		fault.Op = "create"
		for shapeName, shape := range shapes {
			t.Run(name+" "+shapeName, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.Sandbox.Inject(fault)
				state, _, diags := b.Up(acctest.State{}, shape())
				b.Says(diags, "", "Cannot create Qonto payment link", "Nothing was created")
				if state.Exists() {
					t.Error("in state")
				}
				b.Asked("create")
			})
		}
	}
}

// TestCreateRepeated: a 429 was not carried out, so the same request, with the same key, is sent again.
func TestCreateRepeated(t *testing.T) {
	t.Parallel()
	for _, header := range []http.Header{nil, {"Retry-After": {"7"}}} {
		b := newBench(t)
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.TooMany, Header: header, Times: 1})
		state := b.Create(basket())
		posts := b.Sandbox.Requests()
		b.Asked("create", "create")
		if first, second := posts[0].Header, posts[1].Header; first.Get("X-Qonto-Idempotency-Key") != second.Get("X-Qonto-Idempotency-Key") ||
			string(posts[0].Body) != string(posts[1].Body) {
			t.Error("the repetition is another request")
		}
		slept := b.Clock.Slept()
		if len(slept) != 1 || header != nil && slept[0] != 7*time.Second {
			t.Errorf("slept %v", slept)
		}
		b.Payable(1)
		b.Quiet(state, basket())
	}
	b := newBench(t)
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"3600"}}})
	_, _, diags := b.Up(acctest.State{}, basket())
	b.Says(diags, "", "429", "Nothing was created", "1h0m0s")
	b.Asked("create")
}

// TestUnreachable: nothing listens, so nothing was sent.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	b := newBench(t, object{"endpoint": "http://127.0.0.1:1"})
	state, _, diags := b.Up(acctest.State{}, basket())
	b.Says(diags, "", "Nothing was created")
	if state.Exists() {
		t.Error("in state")
	}
	b.Asked()
}
