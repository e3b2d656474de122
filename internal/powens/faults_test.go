package powens_test

import (
	"net/http"
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
		"empty":         {Kind: sandbox.Empty, Status: http.StatusOK},
		"malformed":     {Kind: sandbox.Malformed, Status: http.StatusOK},
		"foreign JSON":  {Status: http.StatusOK, Body: `{"ok":true}`},
		"null":          {Status: http.StatusOK, Body: `null`},
		"no link":       {Status: http.StatusNoContent},
		"html with 200": {Kind: sandbox.HTML, Status: http.StatusOK},
	}
	for name, fault := range faults {
		for _, after := range []bool{false, true} {
			for _, shape := range []string{"small", "full"} {
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
			createWithout(t, sandbox.Fault{Op: "create", Kind: kind}, true, full())
		})
	}
}

func createWithout(t *testing.T, fault sandbox.Fault, committed bool, config object) {
	b := newBench(t)
	b.Sandbox.Inject(fault)
	state, _, diags := b.Up(acctest.State{}, config)
	if state.Exists() {
		t.Errorf("in state: %s", state.Raw)
	}
	b.Says(diags, "", "Cannot tell whether", "may exist", "import {", "to = paymentlinks_powens_link.", "terraform import")
	if n := b.Count("create"); n != 1 {
		t.Errorf("%d creates", n)
	}
	if n := b.Count("revoke"); n > 0 {
		t.Errorf("%d revokes", n)
	}
	links := b.Sandbox.Powens.Links()
	if committed != (len(links) == 1) {
		t.Fatalf("%d links at the vendor", len(links))
	}
	if !committed {
		b.Has(diags, "showed none", `id = "ID"`)
		return
	}
	b.Has(diags, `id = "`+links[0].ID+`"`, links[0].URL)
	b.Quiet(b.taken(links[0].ID), config)
}

// TestCreateNotYetListed: the list lags behind, so that no id can be named; the error still says how to import it later.
func TestCreateNotYetListed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Powens.Set(func(s *sandbox.PowensSwitches) { s.ListLag = time.Hour })
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
	for _, fault := range []sandbox.Fault{
		{Op: "list", Status: http.StatusForbidden}, {Op: "list", Kind: sandbox.HTML}, {Op: "list", Kind: sandbox.Truncate},
		{Op: "list", Status: http.StatusOK, Body: `{"payment_links":[]}`}, {Op: "list", Status: http.StatusOK, Body: `[{"id":7}]`},
	} {
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

// TestCreateAmongOthers: what has other content, or has ended, is not shown.
func TestCreateAmongOthers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Powens.Set(func(s *sandbox.PowensSwitches) { s.ExtraFields, s.AmountForm, s.Sensitive = true, "padded", "omit" })
	for _, config := range []object{
		small(object{"label": "Another"}), small(object{"amount": "50.91"}), small(object{"beneficiary.identification": germanIBAN}),
		redirecting(), full(),
	} {
		b.Create(config)
	}
	b.Destroy(b.Create(small()))
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true, Times: 1})
	_, _, diags := b.Up(acctest.State{}, small())
	links := b.Sandbox.Powens.Links()
	b.Has(diags, "1 link ", links[len(links)-1].ID)
}

// TestCreateTimesOut before and after the vendor has done its work.
func TestCreateTimesOut(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		b := slowBench(t, object{"request_timeout": "100ms"})
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, Delay: 2 * time.Second, After: after})
		state, _, diags := b.Up(acctest.State{}, small())
		b.Says(diags, "", "100ms", "may exist", "import {")
		if n := b.Count("create"); n != 1 || state.Exists() {
			t.Errorf("%d creates, in state %t", n, state.Exists())
		}
		if links := b.Sandbox.Powens.Links(); after {
			b.Has(diags, links[0].ID)
		}
	}
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	faults := map[string]sandbox.Fault{
		"400":          {Status: http.StatusBadRequest},
		"403":          {Status: http.StatusForbidden},
		"404":          {Status: http.StatusNotFound},
		"409":          {Status: http.StatusConflict},
		"400 echo":     {Kind: sandbox.Echo},
		"redirect 307": {Kind: sandbox.Redirect, Location: "http://127.0.0.1:1/elsewhere"},
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
				b.Says(diags, "", "Cannot create Powens payment link", "Nothing was created")
				if state.Exists() {
					t.Error("in state")
				}
				b.Asked("create")
			})
		}
	}
}

// TestCreateRepeated: a 429 was not carried out, so the same request is sent again, when the vendor says it may be.
func TestCreateRepeated(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"7"}}, Times: 1})
	state := b.Create(small())
	b.Asked("create", "create")
	if slept := b.Clock.Slept(); len(slept) != 1 || slept[0] != 7*time.Second {
		t.Errorf("slept %v", slept)
	}
	b.Payable(1)
	b.Quiet(state, small())
}

// TestRateLimit: the 31st call of a minute waits for its turn.
func TestRateLimit(t *testing.T) {
	t.Parallel()
	b := serveBench(t, object{"retry_budget": "2m"})
	b.Sandbox.Powens.Set(func(s *sandbox.PowensSwitches) { s.RateLimit = true })
	state := b.Create(small())
	for range 35 {
		if _, diags := b.Refresh(state); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	if slept := b.Clock.Slept(); len(slept) == 0 {
		t.Error("nothing waited")
	}
	b.Payable(1)
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
