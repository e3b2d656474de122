package drivertest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// Refusals are how the vendor says no.
type Refusals struct {
	// Shown are answers with all that an error of the vendor's can say, in each form that it has.
	Shown map[string]Refusal
	// ByVendor are creates that the vendor itself refuses.
	ByVendor map[string]VendorRefusal
}

// Refusal is an answer to any call. Its words are all that it says; it points at an attribute, "" for none.
type Refusal struct {
	Answer    fault.Fault
	Attribute string
	Words     []string
}

// VendorRefusal is a create that the sandbox refuses. A nil Config is that of the first shape.
type VendorRefusal struct {
	Prepare   func(*Fixture)
	Settings  Object
	Config    Object
	Attribute string
	Words     []string
}

// What the vendor says is shown completely, at the argument that it names, and nothing is lost.
func testRefusals(t *testing.T, h Harness) {
	if len(h.Refusals.Shown) == 0 || len(h.Refusals.ByVendor) == 0 {
		t.Error("no refusals")
	}
	for name, refusal := range h.Refusals.Shown {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testRefusalShown(t, h, refusal)
		})
	}
	for name, refusal := range h.Refusals.ByVendor {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := h.Start(t, refusal.Settings)
			if refusal.Prepare != nil {
				refusal.Prepare(f)
			}
			if refusal.Config == nil {
				refusal.Config = h.base()
			}
			f.ResetCalls()
			before := len(f.API().Overview())
			state, _, diags := f.ApplyConfig(protocoltest.State{}, refusal.Config)
			f.RequireErrors(diags, refusal.Attribute, append(refusal.Words, "Nothing was created")...)
			if n := len(f.API().Overview()) - before; state.Exists() || n > 0 {
				t.Errorf("in state %t, %d links were made", state.Exists(), n)
			}
			if n := f.CallCount(f.d.Operations.Create); n > 1 {
				t.Errorf("%d creates", n)
			}
		})
	}
}

func testRefusalShown(t *testing.T, h Harness, refusal Refusal) {
	f := h.Start(t)
	state := f.Create(h.full().Config)
	f.ResetCalls()
	ops := f.d.Operations
	refuse := func(op string) (remove func()) {
		refusal.Answer.Op = op
		return f.Sandbox.Inject(refusal.Answer)
	}
	refuse(ops.Create)
	for _, shape := range h.Shapes {
		made, _, diags := f.ApplyConfig(protocoltest.State{}, f.Fresh(shape.Config))
		f.RequireErrors(diags, refusal.Attribute, append(refusal.Words, "Cannot create "+f.d.Title+" payment link", "Nothing was created")...)
		if made.Exists() {
			t.Error("a refused create is in state")
		}
		f.RequireCalls(ops.Create)
	}

	remove := refuse(ops.Get)
	after, diags := f.Refresh(state)
	f.RequireErrors(diags, refusal.Attribute, append(refusal.Words, "Cannot read "+f.d.Title+" payment link")...)
	imported, diags := f.ImportByID(state.Text("id"))
	f.RequireErrors(diags, refusal.Attribute, refusal.Words...)
	if !after.Raw.Equal(state.Raw) || imported.Exists() {
		t.Error("a refused read changed the state")
	}
	f.RequireCalls(ops.Get, ops.Get)
	remove()

	if ops.Revoke == "" {
		return
	}
	refuse(ops.Revoke)
	kept, diags := f.Destroy(state)
	f.RequireErrors(diags, refusal.Attribute, append(refusal.Words, "Cannot revoke "+f.d.Title+" payment link", state.Text("id"), "stays in state")...)
	if !kept.Exists() {
		t.Error("lost after a refused destroy")
	}
	f.RequireLive(1)
	if refusal.Answer.Status == http.StatusForbidden { // a look would meet the same
		f.RequireCalls(ops.Revoke)
		return
	}
	f.RequireText(diags, "`open`")
	f.RequireCalls(ops.Revoke, ops.Get)
}

// Whatever a revoke is answered with, one that was carried out is done, and one that was not leaves the link in state: the link is
// looked at.
func testRevoke(t *testing.T, h Harness) {
	if h.Descriptor.Operations.Revoke == "" {
		return
	}
	for name, answer := range map[string]fault.Fault{
		"202": {Status: http.StatusAccepted, Body: `{}`}, "empty": {Kind: fault.Empty, Status: http.StatusOK}, "foreign JSON": {Status: http.StatusOK, Body: `{}`},
		"error body": {Status: http.StatusOK, Body: `{"error":"not possible"}`}, "another link": {Status: http.StatusOK, Body: `{"id":"another","status":"canceled"}`},
		"unknown status": {Status: http.StatusOK, Body: `{"id":"ID","status":"brand_new"}`},
		"html":           {Kind: fault.HTML, Status: http.StatusOK}, "html 403": {Kind: fault.HTML, Status: http.StatusForbidden},
	} {
		for _, done := range []bool{true, false} {
			if done && answer.Status >= http.StatusBadRequest {
				continue
			}
			t.Run(fmt.Sprintf("%s, done %t", name, done), func(t *testing.T) {
				t.Parallel()
				f := h.Start(t)
				state := f.Create(h.base())
				f.Clock.Advance(2 * time.Minute) // a 404 of a younger link is never believed
				answer.Op, answer.After, answer.Body = f.d.Operations.Revoke, done, strings.Replace(answer.Body, "ID", state.Text("id"), 1)
				f.Sandbox.Inject(answer)
				after, diags := f.Destroy(state)
				if after.Exists() == done || diags.HasError() == done {
					t.Errorf("in state %t: %s", after.Exists(), diags)
				}
				if n := f.CallCount(answer.Op); n != 1 {
					t.Errorf("%d revokes", n)
				}
				f.RequireLive(map[bool]int{true: 0, false: 1}[done])
			})
		}
	}
}
