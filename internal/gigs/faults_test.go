package gigs_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What can go wrong with any vendor's calls is the fault matrix of internal/provider; here is what is Gigs' own.

// unkeyed are the settings of a project without idempotency keys.
var unkeyed = object{"idempotency_keys": false}

// noLinks are successes that hold no link.
var noLinks = map[string]fault.Fault{
	"empty":         {Kind: fault.Empty, Status: http.StatusCreated},
	"malformed":     {Kind: fault.Malformed, Status: http.StatusCreated},
	"null":          {Status: http.StatusOK, Body: `null`},
	"foreign JSON":  {Status: http.StatusCreated, Body: `{"ok":true}`},
	"html with 200": {Kind: fault.HTML, Status: http.StatusOK, Echo: true},
}

// everyNoLink runs each of them, before and after the vendor has made the link.
func everyNoLink(t *testing.T, run func(t *testing.T, fault fault.Fault)) {
	t.Parallel()
	for name, fault := range noLinks {
		for _, made := range []bool{false, true} {
			fault := fault // of this case alone
			fault.Op, fault.After = "create", made
			t.Run(fmt.Sprintf("%s, made %t", name, made), func(t *testing.T) {
				t.Parallel()
				run(t, fault)
			})
		}
	}
}

// TestCreateAnsweredByNoLinkWithKeys: it is asked for again with the same key, and ends in one link, without a word; when
// no answer is ever one, the link is looked for.
func TestCreateAnsweredByNoLinkWithKeys(t *testing.T) {
	everyNoLink(t, func(t *testing.T, fault fault.Fault) {
		for _, times := range []int{1, 3} {
			b := newBench(t)
			fault.Times = times
			b.Sandbox.Inject(fault)
			state := b.Create(stored())
			b.oneKey(times + 1)
			b.RequirePayable(1)
			b.RequireNoDrift(state, stored())
		}
		b := newBench(t)
		fault.Times = 0
		b.Sandbox.Inject(fault)
		state, _, diags := b.ApplyConfig(protocoltest.State{}, stored())
		b.oneKey(5)
		b.found(state, stored(), diags, fault.After)
	})
}

// TestCreateAnsweredByNoLinkWithoutKeys: it is asked for exactly once, and looked for.
func TestCreateAnsweredByNoLinkWithoutKeys(t *testing.T) {
	everyNoLink(t, func(t *testing.T, fault fault.Fault) {
		for _, shape := range shapes {
			b := newBench(t, unkeyed)
			b.Sandbox.Inject(fault)
			state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
			if n := b.CallCount("create"); n != 1 {
				t.Errorf("%d creates", n)
			}
			b.found(state, shape(), diags, fault.After)
		}
	})
}

// found: the one link that was made is in state, which was said; where none was, the error says what is known.
func (b *bench) found(state protocoltest.State, config object, diags protocoltest.Diagnostics, made bool) {
	b.Helper()
	links := gigssandbox.From(b.Sandbox).Links()
	if made != (len(links) == 1) || made != state.Exists() {
		b.Fatalf("%d links, in state: %t, %s", len(links), state.Exists(), diags)
	}
	if !made {
		b.RequireErrors(diags, "", "may exist", "none with this content", `id = "ID"`)
		return
	}
	b.RequireText(diags.Warnings(), "Took over", links[0].ID, links[0].PaymentURL)
	b.RequireNoDrift(state, config)
}

// oneKey: all creates were one request with one key.
func (b *bench) oneKey(times int) {
	b.Helper()
	posts := b.Sandbox.Requests(sandbox.ByOp("gigs", "create"))
	if len(posts) != times {
		b.Fatalf("%d creates, want %d", len(posts), times)
	}
	for _, r := range posts {
		if key := r.Header.Get("Idempotency-Key"); key == "" || key != posts[0].Header.Get("Idempotency-Key") || string(r.Body) != string(posts[0].Body) {
			b.Error("a repetition is another request")
		}
	}
}

// TestRepeatedUnderOneKey: also where it is sent again after a 5xx of which nothing was found.
func TestRepeatedUnderOneKey(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusInternalServerError, Times: 2})
	b.Create(stored())
	b.oneKey(3)
}

// TestAdoptedInEverySpelling: whatever the vendor's answers look like, the link that a create left behind is found by its
// content; only one with an address of another spelling is named, and not taken.
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
					b := newBench(t, unkeyed)
					gigssandbox.From(b.Sandbox).AddInvoice(invoiceID, "finalized")
					if err := gigssandbox.From(b.Sandbox).SetSwitches(data); err != nil {
						t.Fatal(err)
					}
					b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: true})
					state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
					links := gigssandbox.From(b.Sandbox).Links()
					if string(data) == `{"trailing_slash":true}` && shapeName != "minimal" {
						b.RequireErrors(diags, "", "may exist", "1 link ", `id = "gigs/`+links[0].ID+`"`)
						return
					}
					b.found(state, shape(), diags, true)
				})
			}
		}
	}
}

// TestOtherSpellingIsNotAskedForAgain: what may be the link of a create that failed is enough not to send it again, also
// with a key: after a 5xx the vendor's memory of it is not certain.
func TestOtherSpellingIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	gigssandbox.From(b.Sandbox).Set(func(s *gigssandbox.Switches) { s.TrailingSlash, s.IgnoreIdempotencyKeys = true, true })
	b.Sandbox.Inject(fault.Fault{Op: "create", Status: http.StatusInternalServerError, After: true, Times: 1})
	_, _, diags := b.ApplyConfig(protocoltest.State{}, stored())
	b.RequireCalls("create", "list")
	b.RequirePayable(1)
	b.RequireErrors(diags, "", "may exist", gigssandbox.From(b.Sandbox).Links()[0].ID)
}

// TestRefusedAfterLost: a refusal does not undo what an unanswered attempt has done.
func TestRefusedAfterLost(t *testing.T) {
	t.Parallel()
	for _, made := range []bool{true, false} {
		b := newBench(t)
		b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Drop, After: made, Times: 1})
		b.Sandbox.Inject(fault.Fault{Op: "create", Kind: fault.Answer, Status: http.StatusForbidden})
		state, _, diags := b.ApplyConfig(protocoltest.State{}, stored())
		b.found(state, stored(), diags, made)
		b.RequireText(diags, "403")
		if n := b.CallCount("create"); n != 2 {
			t.Errorf("%d creates", n)
		}
	}
}

// TestCreateRefused: the vendor said no, so nothing was made, and nothing is looked for.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]fault.Fault{
		"400":      {Status: http.StatusBadRequest},
		"404":      {Status: http.StatusNotFound},
		"409":      {Status: http.StatusConflict},
		"422 echo": {Kind: fault.Echo},
		"html 403": {Kind: fault.HTML, Status: http.StatusForbidden, Echo: true},
	} {
		fault.Op = "create"
		for shapeName, shape := range shapes {
			t.Run(name+" "+shapeName, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				b.Sandbox.Inject(fault)
				state, _, diags := b.ApplyConfig(protocoltest.State{}, shape())
				b.RequireErrors(diags, "", "Cannot create Gigs payment link", "Nothing was created")
				if state.Exists() {
					t.Error("in state")
				}
				b.RequireCalls("create")
			})
		}
	}
}
