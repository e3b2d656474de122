package gigs_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

// unanswered are creates of which nobody knows what became; the second group needs the real answer.
var (
	unanswered = map[string]sandbox.Fault{
		"dropped":       {Kind: sandbox.Drop},
		"500":           {Status: http.StatusInternalServerError},
		"503":           {Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"1"}}},
		"504":           {Status: http.StatusGatewayTimeout, Body: "gateway", ContentType: "text/plain"},
		"html":          {Kind: sandbox.HTML, Echo: true},
		"empty":         {Kind: sandbox.Empty, Status: http.StatusCreated},
		"malformed":     {Kind: sandbox.Malformed, Status: http.StatusCreated},
		"null":          {Status: http.StatusOK, Body: `null`},
		"foreign JSON":  {Status: http.StatusCreated, Body: `{"ok":true}`},
		"html with 200": {Kind: sandbox.HTML, Status: http.StatusOK},
	}
	halfAnswered = map[string]sandbox.FaultKind{"truncated": sandbox.Truncate, "other content type": sandbox.WrongContentType, "oversize": sandbox.Oversize}
)

// everyUnanswered runs each of them, before and after the vendor has made the link.
func everyUnanswered(t *testing.T, run func(t *testing.T, fault sandbox.Fault, committed bool)) {
	for name, fault := range unanswered {
		for _, after := range []bool{false, true} {
			fault := fault // of this case alone
			fault.Op, fault.After = "create", after
			t.Run(name+" "+map[bool]string{false: "before", true: "after"}[after], func(t *testing.T) {
				t.Parallel()
				run(t, fault, after)
			})
		}
	}
	for name, kind := range halfAnswered {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, sandbox.Fault{Op: "create", Kind: kind}, true)
		})
	}
}

// TestCreateWithoutKeys: the request is sent exactly once; the error says that the link may exist, shows what the list
// has, and how to import it.
func TestCreateWithoutKeys(t *testing.T) {
	t.Parallel()
	everyUnanswered(t, func(t *testing.T, fault sandbox.Fault, committed bool) {
		for name, shape := range shapes {
			b := newBench(t, object{"idempotency_keys": false})
			old := b.Create(shape()) // the same content, but made long before
			b.Clock.Advance(time.Hour)
			b.Forget()
			b.Sandbox.Inject(fault)
			state, _, diags := b.Up(acctest.State{}, shape())
			if n := b.Count("create"); n != 1 || state.Exists() {
				t.Errorf("%s: %d creates, in state %t", name, n, state.Exists())
			}
			b.mayExist(diags, old, committed)
		}
	})
}

// TestCreateLostForGood: with a key the request is repeated, always with the same key and body, so that at most one link
// is made; when no answer comes at all, it may exist.
func TestCreateLostForGood(t *testing.T) {
	t.Parallel()
	everyUnanswered(t, func(t *testing.T, fault sandbox.Fault, committed bool) {
		b := newBench(t)
		old := b.Create(stored())
		b.Clock.Advance(time.Hour)
		b.Forget()
		b.Sandbox.Inject(fault)
		state, _, diags := b.Up(acctest.State{}, stored())
		if state.Exists() {
			t.Errorf("in state: %s", state.Raw)
		}
		b.oneKey()
		b.mayExist(diags, old, committed)
	})
}

// mayExist: the error is that of a create whose outcome is unknown, and names the link where there is one.
func (b *bench) mayExist(diags acctest.Diagnostics, old acctest.State, committed bool) {
	b.Helper()
	b.Says(diags, "", "Cannot tell whether", "may exist", "import {", "to = paymentlinks_gigs_link.", "terraform import")
	links := b.Sandbox.Gigs.Links()
	if committed != (len(links) == 2) {
		b.Fatalf("%d links at the vendor", len(links))
	}
	if strings.Contains(diags.String(), old.Text("id")) {
		b.Errorf("the older link is taken for it:\n%s", diags)
	}
	if !committed {
		b.Has(diags, "showed none", `id = "ID"`)
		return
	}
	b.Has(diags, `id = "gigs/`+links[1].ID+`"`, links[1].PaymentURL)
	imported, said := b.Imported("gigs/" + links[1].ID)
	if len(said) > 0 || imported.Text("id") != links[1].ID {
		b.Errorf("import: %s", said)
	}
}

// oneKey: all creates were one request with one key.
func (b *bench) oneKey() {
	b.Helper()
	posts := b.Sandbox.Requests(sandbox.ByOp("gigs", "create"))
	for _, r := range posts {
		if r.Header.Get("Idempotency-Key") != posts[0].Header.Get("Idempotency-Key") || r.Header.Get("Idempotency-Key") == "" || string(r.Body) != string(posts[0].Body) {
			b.Errorf("a repetition is another request")
		}
	}
}

// TestCreateRepeated: what went wrong once, or three times, ends in one link, which is in state without a word.
func TestCreateRepeated(t *testing.T) {
	t.Parallel()
	everyUnanswered(t, func(t *testing.T, fault sandbox.Fault, _ bool) {
		for _, times := range []int{1, 3} {
			b := newBench(t)
			fault.Times = times
			b.Sandbox.Inject(fault)
			if fault.Status >= 500 || fault.Kind == sandbox.HTML && fault.Status == 0 { // after a 5xx the vendor's memory of the key is not certain
				_, _, diags := b.Up(acctest.State{}, stored())
				b.Says(diags, "", "Cannot tell whether", "may exist")
				b.Asked("create", "list")
				continue
			}
			state := b.Create(stored())
			if n := len(b.Sandbox.Gigs.Links()); n != 1 {
				t.Errorf("%d links", n)
			}
			if n := b.Count("create"); n != times+1 {
				t.Errorf("%d creates, want %d", n, times+1)
			}
			b.oneKey()
			b.Quiet(state, stored())
		}
	})
}

// TestCreateKeyForgotten: a vendor that fails after it made the link, and forgets the key, must not make a second one.
func TestCreateKeyForgotten(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Gigs.Set(func(s *sandbox.GigsSwitches) { s.IgnoreIdempotencyKeys = true })
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Status: http.StatusInternalServerError, After: true, Times: 1})
	_, _, diags := b.Up(acctest.State{}, stored())
	links := b.Sandbox.Gigs.Links()
	if len(links) != 1 {
		t.Fatalf("%d links", len(links))
	}
	b.Says(diags, "", "may exist", links[0].ID)
}

// TestCreateTooMany: a 429 was not carried out, so the request is sent again, with and without a key.
func TestCreateTooMany(t *testing.T) {
	t.Parallel()
	for _, keys := range []bool{true, false} {
		b := newBench(t, object{"idempotency_keys": keys})
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.TooMany, Header: http.Header{"Retry-After": {"7"}}, Times: 1})
		state := b.Create(stored())
		b.Asked("create", "create")
		if slept := b.Clock.Slept(); len(slept) != 1 || slept[0] != 7*time.Second {
			t.Errorf("slept %v", slept)
		}
		b.Payable(1)
		b.Quiet(state, stored())
	}
}

// TestCreateTimesOut: with a key a create that takes too long is sent again, and finds the link of the first.
func TestCreateTimesOut(t *testing.T) {
	t.Parallel()
	for _, keys := range []bool{true, false} {
		b := slowBench(t, object{"request_timeout": "100ms"}, object{"idempotency_keys": keys})
		b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, Delay: 2 * time.Second, After: true, Times: 1})
		state, _, diags := b.Up(acctest.State{}, stored())
		if n := len(b.Sandbox.Gigs.Links()); n != 1 {
			t.Errorf("%d links", n)
		}
		if keys {
			if diags.HasError() || !state.Exists() {
				t.Errorf("%s", diags)
			}
			b.oneKey()
			continue
		}
		b.Says(diags, "", "100ms", "may exist", b.Sandbox.Gigs.Links()[0].ID)
		if n := b.Count("create"); n != 1 {
			t.Errorf("%d creates", n)
		}
	}
}

// TestRefusedAfterLost: a refusal does not undo what an unanswered attempt may have done.
func TestRefusedAfterLost(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Drop, After: true, Times: 1})
	b.Sandbox.Inject(sandbox.Fault{Op: "create", Kind: sandbox.Answer, Status: http.StatusForbidden})
	_, _, diags := b.Up(acctest.State{}, stored())
	b.Says(diags, "", "may exist", "403", b.Sandbox.Gigs.Links()[0].ID)
	b.Asked("create", "create", "list")
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
		"422 echo":     {Kind: sandbox.Echo},
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
				b.Says(diags, "", "Cannot create Gigs payment link", "Nothing was created")
				if state.Exists() {
					t.Error("in state")
				}
				b.Asked("create")
			})
		}
	}
}

// TestUnreachable: nothing listens, so nothing was sent.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	b := newBench(t, object{"endpoint": "http://127.0.0.1:1"})
	state, _, diags := b.Up(acctest.State{}, stored())
	b.Says(diags, "", "Nothing was created")
	if state.Exists() {
		t.Error("in state")
	}
	b.Asked()
}
