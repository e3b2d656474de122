package provider_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Refused: the vendor's whole refusal is shown, nothing is repeated that cannot help, and the action may be repeated.
func TestActionRefused(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		for _, status := range []int{400, 401, 403, 405, 409, 422} {
			t.Run(strconv.Itoa(status), func(t *testing.T) {
				t.Parallel()
				b := d.open(t, nil, nil)
				before := b.status()
				remove := b.Sandbox.Inject(sandbox.Fault{
					Vendor: d.vendor, Op: d.op, Status: status, Header: http.Header{"X-Request-Id": {"req-7"}},
					Body: `{"code":"notToday","message":"Not today, thank you","errors":[{"code":"notToday","detail":"Not today, thank you"}]}`,
				})
				_, diags := b.invoke()
				b.RequireErrors(diags, "", strconv.Itoa(status), "Not today, thank you")
				want := slices.Clone(d.asked)
				switch {
				case status == http.StatusUnauthorized && d.vendor != "qonto":
					want = append(want, d.op) // once more, with a new token; Qonto's is a ready one
				case status == http.StatusForbidden, status == http.StatusUnauthorized, status == http.StatusMethodNotAllowed && d.vendor == "conomy":
				default:
					want = append(want, "get")
				}
				b.RequireCalls(want...)
				if b.status() != before {
					b.Errorf("the link became %s", b.status())
				}
				remove()
				b.Server = b.NewProvider() // another run
				b.succeeded(b.invoke())
				b.RequireCalls(d.asked...)
			})
		}
	})
}

// The request or its answer is lost once: an end is asked for again, which does no harm; an activation is not, the link tells.
func TestActionLosesItsAnswer(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"dropped": {Kind: sandbox.Drop}, "500": {Status: 500}, "502": {Kind: sandbox.HTML}, "503": {Status: 503}, "504": {Status: 504, Body: "gateway", ContentType: "text/plain"},
	}
	eachDeed(t, func(t *testing.T, d deed) {
		for name, fault := range faults {
			for _, after := range []bool{false, true} {
				t.Run(name+map[bool]string{false: " before", true: " after"}[after], func(t *testing.T) {
					t.Parallel()
					b := d.open(t, nil, nil)
					fault := fault
					fault.Vendor, fault.Op, fault.After, fault.Times = d.vendor, d.op, after, 1
					b.Sandbox.Inject(fault)
					progress, diags := b.invoke()
					asked := b.Calls()
					b.ResetCalls()
					if d.vendor == "conomy" && !after {
						b.RequireErrors(diags, "", "The link is ATTEMPT", "may be repeated")
						if want := []string{"get", "activate", "get"}; !slices.Equal(asked, want) {
							b.Errorf("requests %q, want %q", asked, want)
						}
						progress, diags = b.invoke()
						b.RequireCalls(d.asked...)
					} else if want := lostAndFound(d, after); !slices.Equal(asked, want) {
						b.Errorf("requests %q, want %q", asked, want)
					}
					b.succeeded(progress, diags)
				})
			}
		}
	})
}

// lostAndFound are the calls of an action that succeeds although its first answer was lost.
func lostAndFound(d deed, after bool) []string {
	switch {
	case d.vendor == "conomy":
		return []string{"get", "activate", "get"}
	case after: // the repetition is refused, so the link is looked at
		return []string{d.op, d.op, "get"}
	}
	return []string{d.op, d.op}
}

// A vendor that does not answer in time, and a look that fails as well.
func TestActionTimesOut(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		b := d.open(t, clock.System{}, object{"request_timeout": "150ms", "retry_budget": "300ms"})
		for _, op := range []string{d.op, "get"} {
			b.Sandbox.Inject(sandbox.Fault{Vendor: d.vendor, Op: op, Kind: sandbox.Wait, Delay: 2 * time.Second})
		}
		_, diags := b.invoke()
		b.RequireErrors(diags, "")
		if len(diags.Errors()) != 1 || b.CallCount(d.op) > 4 {
			b.Errorf("%d calls: %s", b.CallCount(d.op), diags)
		}
	})
}

// An interrupted run ends the action where it waits, here for a vendor that asks for time.
func TestActionIsInterruptedWhileItWaits(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		b := d.open(t, clock.System{}, nil)
		b.Server = b.Sandbox.Server() // whose waits are real
		before := b.status()
		b.ResetCalls()
		b.Sandbox.Inject(sandbox.Fault{Vendor: d.vendor, Op: d.asked[0], Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"20"}}})
		diags, took := b.interrupted(d.asked[0])
		b.RequireErrors(diags, "", "it was interrupted")
		b.RequireCalls(d.asked[0])
		if took > 10*time.Second || b.status() != before {
			b.Errorf("it took %s, and the link is %s", took, b.status())
		}
	})
}

// The write that is under way when the run is interrupted is let finish: cut off, nobody would know what became of it.
func TestActionIsInterruptedWhileItActs(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		b := d.open(t, clock.System{}, nil)
		b.Sandbox.Inject(sandbox.Fault{Vendor: d.vendor, Op: d.op, Kind: sandbox.Wait, Delay: time.Second})
		diags, _ := b.interrupted(d.op)
		if b.RequireCalls(d.asked...); len(diags) > 0 || b.status() != b.done {
			b.Errorf("the link is %s: %s", b.status(), diags)
		}
	})
}

// interrupted invokes the action, and interrupts it when a call of the operation has arrived.
func (b *deedBench) interrupted(op string) (protocoltest.Diagnostics, time.Duration) {
	b.Helper()
	ended := make(chan protocoltest.Diagnostics, 1)
	began := clock.System{}.Now()
	go func() {
		_, diags := b.Server.InvokeAction(b.Context(), b.deed.name(), object{"id": b.id()})
		ended <- diags
	}()
	for b.CallCount(op) == 0 {
		if err := (clock.System{}).Sleep(b.Context(), 5*time.Millisecond); err != nil {
			b.Fatal(err)
		}
	}
	b.Server.Stop()
	diags := b.Record(<-ended)
	return diags, clock.System{}.Now().Sub(began)
}

// An id that can be none costs no request; what one is, differs.
func TestActionRefusesAnIDThatIsNone(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		b := d.open(t, nil, nil)
		ids := []string{"", " ", "a/b", "..", "pl\n"}
		if d.vendor != "conomy" {
			ids = append(ids, "plink_1", b.id()+":revoke") // not a UUID
		}
		for _, id := range ids {
			_, invoked := b.Server.InvokeAction(t.Context(), d.name(), object{"id": id})
			for _, diags := range []protocoltest.Diagnostics{b.Server.ValidateAction(d.name(), object{"id": id}), b.Server.PlanAction(d.name(), object{"id": id}), invoked} {
				b.RequireErrors(diags, "id", "No request was sent")
			}
		}
		for _, diags := range []protocoltest.Diagnostics{b.Server.ValidateAction(d.name(), object{"id": tfconfig.Unknown}), b.Server.PlanAction(d.name(), object{"id": tfconfig.Unknown})} {
			if len(diags) > 0 {
				b.Error(diags)
			}
		}
		b.RequireCalls()
	})
}

// The next plan tells what the action did: a revoked link is replaced, or kept, as its policy says; an activated one is fine.
func TestPlanAfterAnAction(t *testing.T) {
	eachDeed(t, func(t *testing.T, d deed) {
		b := d.open(t, nil, nil)
		b.succeeded(b.invoke())
		kept := b.with(object{"replace_when": list{}})
		state, _, diags := b.Server.ApplyConfig(b.state, b.vendorCase.name(), kept)
		if diags.HasError() || state.Text("id") != b.id() {
			b.Fatal(diags)
		}
		b.Record(diags)
		if d.vendor == "conomy" {
			if state.Text("status") != "ACTIVE" || len(diags) > 0 {
				b.Errorf("%s: %s", state.Text("status"), diags)
			}
			for _, activate := range []any{nil, false} {
				b.RequireNoDrift(state, b.with(object{"replace_when": list{}, "activate": activate}))
			}
			return
		}
		if state.Text("state") != "revoked" {
			b.Errorf("the state says %s", state.Text("state"))
		}
		b.RequireText(diags.Warnings(), "is revoked", "stays as it is")
		b.ResetCalls()
		after, plan, diags := b.Server.ApplyConfig(b.state, b.vendorCase.name(), b.config)
		if diags.HasError() || plan.Action != protocoltest.Replace || after.Text("id") == b.id() {
			b.Errorf("%s: %s", plan.Action, diags)
		}
		b.RequireText(diags.Warnings(), "will be replaced: ", "is revoked", b.id())
		b.RequireCalls("get", "create")
		b.RequirePayable(1)
	})
}
