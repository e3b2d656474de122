package drivertest

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Creates is what there is to know of creates that are refused, or that nobody answers.
type Creates struct {
	// Neighbors are links of other content than the first shape's, none of which may be taken for it. A vendor at which lost creates
	// cannot be looked for needs none.
	Neighbors []Object
	// Crowd makes links among which a new one is not on the first page of the list that a lost create is looked for in; nil where one
	// response holds all.
	Crowd func(*Fixture)
	// Switches are those under which there may be two links of equal content, as JSON.
	Switches string
}

// What the vendor answers a create with is believed as far as it goes: a refusal made nothing, and nothing is looked for; a success
// that holds no link may have made one, and it is looked for.
func testCreates(t *testing.T, h Harness) {
	for name, f := range map[string]fault.Fault{
		"400": {Status: http.StatusBadRequest}, "404": {Status: http.StatusNotFound}, "415": {Status: http.StatusUnsupportedMediaType},
		"422": {Status: http.StatusUnprocessableEntity}, "echo": {Kind: fault.Echo},
	} {
		t.Run("refused, "+name, func(t *testing.T) {
			t.Parallel()
			testRefusedCreate(t, h, f)
		})
	}
	for name, f := range map[string]fault.Fault{
		"empty": {Kind: fault.Empty, Status: http.StatusCreated}, "malformed": {Kind: fault.Malformed, Status: http.StatusCreated},
		"foreign JSON": {Status: http.StatusCreated, Body: `{"ok":true}`}, "null": {Status: http.StatusOK, Body: `null`},
		"no content": {Status: http.StatusNoContent}, "html": {Kind: fault.HTML, Status: http.StatusOK, Echo: true},
	} {
		for _, made := range []bool{true, false} {
			f.Op, f.After = h.Descriptor.Operations.Create, made
			t.Run(fmt.Sprintf("no link, %s, made %t", name, made), func(t *testing.T) {
				t.Parallel()
				testCreateWithoutLink(t, h, f)
			})
		}
	}
	t.Run("adopted among others", func(t *testing.T) {
		t.Parallel()
		testAdoptedAmongOthers(t, h)
	})
	t.Run("sent again", func(t *testing.T) {
		t.Parallel()
		testCreateSentAgain(t, h)
	})
}

func testRefusedCreate(t *testing.T, h Harness, refusal fault.Fault) {
	f := h.Start(t)
	refusal.Op = f.d.Operations.Create
	f.Sandbox.Inject(refusal)
	state, _, diags := f.ApplyConfig(protocoltest.State{}, h.full().Config)
	f.RequireErrors(diags, "", "Cannot create "+f.d.Title+" payment link", "Nothing was created")
	if state.Exists() {
		t.Error("in state")
	}
	f.RequireCalls(f.createCalls()...)
}

// Without a key that the vendor heeds the create is sent once. With one it is sent again under the same key, until the budget is
// used up, and then looked for.
func testCreateWithoutLink(t *testing.T, h Harness, answer fault.Fault) {
	const patience = 5
	for _, times := range []int{0, 1, patience - 2} {
		for _, keyed := range []bool{true, false} {
			f := h.Start(t)
			if keyed && !f.d.IdempotencyKey || !keyed && (times > 0 || f.alwaysKeyed()) {
				continue
			}
			if !keyed {
				f.Server = f.NewProvider(f.withoutKeys())
			}
			answer.Times = times
			f.Sandbox.Inject(answer)
			state, _, diags := f.ApplyConfig(protocoltest.State{}, h.base())
			creates := f.Sandbox.Requests(sandbox.ByOp(f.d.Name, answer.Op))
			f.requireSameRequests(creates)
			want := 1
			if keyed {
				want = patience
				if times > 0 {
					want = times + 1
				}
			}
			if len(creates) != want {
				t.Errorf("%d creates, want %d", len(creates), want)
			}
			switch {
			case times > 0:
				if len(diags) != 1 {
					t.Errorf("it went well in the end, and yet: %s", diags)
				}
				f.RequireText(diags.Warnings(), "may have been created", state.Text("id"))
				if f.d.PaidRefusal != "" { // the label is what is paid for, once
					f.RequireText(diags.Warnings(), fmt.Sprint(tfconfig.Lookup(h.base(), f.d.Label)))
				}
				f.RequireLive(1)
				f.RequireNoDrift(state, h.base())
			case answer.After && f.d.List != nil:
				f.RequireAdopted(state, h.base(), diags)
			default:
				looked := "No matching link"
				if f.d.List == nil {
					looked = "no call that lists links"
				}
				f.RequireErrors(diags, "", "may exist", looked, `ID"`)
				if state.Exists() {
					t.Error("in state")
				}
			}
		}
	}
}

// requireSameRequests expects that all are one request, with one idempotency key where there is one.
func (f *Fixture) requireSameRequests(requests []sandbox.Record) {
	f.Helper()
	for _, r := range requests {
		if key := f.h.Wire.IdempotencyHeader; string(r.Body) != string(requests[0].Body) || r.Header.Get(key) != requests[0].Header.Get(key) {
			f.Error("a repetition is another request")
		}
	}
}

// A link whose create was not answered is found beyond the first page. One of other content, one that has ended, and one that is
// managed already are not taken for it.
func testAdoptedAmongOthers(t *testing.T, h Harness) {
	f := h.Start(t)
	if !f.adoptsLinks() {
		return
	}
	if len(h.Creates.Neighbors) == 0 {
		t.Error("no links of other content")
	}
	if h.Creates.Crowd == nil && f.d.List.PageSize > 0 {
		t.Error("the list has pages, and Creates.Crowd fills none")
	}
	f.Server = f.NewProvider(f.withoutKeys())
	f.Switch(h.Creates.Switches)
	for _, config := range h.Creates.Neighbors {
		f.Create(config)
	}
	if f.d.Operations.Revoke != "" {
		if _, diags := f.Destroy(f.Create(h.base())); len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	f.Create(h.base())
	f.Clock.Advance(time.Hour)
	pages := 1
	if h.Creates.Crowd != nil {
		h.Creates.Crowd(f)
		pages++
	}
	f.Sandbox.Inject(fault.Fault{Op: f.d.Operations.Create, Kind: fault.Drop, After: true})
	f.ResetCalls()
	known := map[string]bool{}
	for _, link := range f.API().Overview() {
		known[link.ID] = true
	}
	state, _, diags := f.ApplyConfig(protocoltest.State{}, h.base())
	calls := f.Calls()
	if f.d.NoCreationTime { // what exists is noted again after a minute
		calls = calls[1:]
	}
	if looks := (len(calls) - 1) / pages; looks > 3 || !slices.Equal(calls, append([]string{f.d.Operations.Create}, slices.Repeat([]string{f.d.Operations.List}, looks*pages)...)) {
		t.Errorf("requests %q; want one look at %d pages, and more only where the clocks need them", calls, pages)
	}
	f.ResetCalls()
	if diags.HasError() || !state.Exists() || known[state.Text("id")] {
		t.Fatalf("in state %q: %s", state.Text("id"), diags)
	}
	f.RequireText(diags.Warnings(), "Adopted", state.Text("id"), state.Text("url"))
	f.RequireNoDrift(state, h.base())
}

// A 429 was not carried out, so that the same request is sent again, when the vendor says; but not after an hour.
func testCreateSentAgain(t *testing.T, h Harness) {
	f := h.Start(t)
	busy := fault.Fault{Op: f.d.Operations.Create, Kind: fault.TooMany, Header: http.Header{"Retry-After": {"7"}}, Times: 1}
	f.Sandbox.Inject(busy)
	f.Create(h.base())
	f.requireSameRequests(f.Sandbox.Requests(sandbox.ByOp(f.d.Name, busy.Op)))
	f.RequireCalls(append(f.createCalls(), busy.Op)...)
	if slept := f.Clock.Sleeps(); len(slept) != 1 || slept[0] != 7*time.Second {
		t.Errorf("slept %v", slept)
	}
	busy.Header, busy.Times = http.Header{"Retry-After": {"3600"}}, 0
	f.Sandbox.Inject(busy)
	_, _, diags := f.ApplyConfig(protocoltest.State{}, f.Fresh(h.base()))
	f.RequireErrors(diags, "", "429", "Nothing was created", "1h0m0s")
	f.RequireCalls(busy.Op)
}
