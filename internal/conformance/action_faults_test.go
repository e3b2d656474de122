package conformance_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// inRealTime is the same action in a sandbox whose faults really wait; top are settings of the provider's own.
func (a *actionFixture) inRealTime(top object) *actionFixture {
	a.Helper()
	return a.in(&fixture{acctest.Of(a.d).Start(a.T, clock.System{}).StartProvider(top), a.d})
}

// The vendor's whole refusal is shown, nothing is repeated that cannot help, and the action may be repeated.
func TestRefusedActionShowsTheVendorsWords(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		for _, status := range []int{400, 401, 403, 405, 409, 422} {
			a.Run(strconv.Itoa(status), func(t *testing.T) {
				t.Parallel()
				a := a.again(t)
				before := a.status()
				remove := a.Sandbox.Inject(fault.Fault{
					Vendor: a.d.Name, Op: a.Operation, Status: status, Header: http.Header{"X-Request-Id": {"req-7"}},
					Body: `{"code":"notToday","message":"Not today, thank you","errors":[{"code":"notToday","detail":"Not today, thank you"}]}`,
				})
				_, diags := a.invoke()
				a.RequireErrors(diags, "", strconv.Itoa(status), "Not today, thank you")
				a.RequireCalls(a.callsWhenRefused(status)...)
				if a.status() != before {
					a.Errorf("the link became %s", a.status())
				}
				remove()
				a.Server = a.NewProvider() // another run
				a.requireDone(a.invoke())
				a.RequireCalls(a.Calls...)
			})
		}
	})
}

// callsWhenRefused: a refusal of the credentials is met by a new token where one can be had; one because of the link's state
// is looked into.
func (a *actionFixture) callsWhenRefused(status int) []string {
	calls := slices.Clone(a.Calls)
	switch {
	case status == http.StatusUnauthorized && a.d.Token != nil && a.d.Token.ClientCredentials:
		return append(calls, a.Operation)
	case status == http.StatusForbidden, status == http.StatusUnauthorized, status == http.StatusMethodNotAllowed && !a.revokes():
		return calls
	}
	return append(calls, a.d.Operations.Get)
}

// The request or its answer is lost once: an end is asked for again, which does no harm; an activation is not, the link tells.
func TestActionWhoseAnswerIsLost(t *testing.T) {
	faults := map[string]fault.Fault{
		"dropped": {Kind: fault.Drop}, "500": {Status: 500}, "502": {Kind: fault.HTML}, "503": {Status: 503}, "504": {Status: 504, Body: "gateway", ContentType: "text/plain"},
	}
	forEachAction(t, func(a *actionFixture) {
		for name, injected := range faults {
			for when, after := range map[string]bool{"before": false, "after": true} {
				a.Run(name+" "+when, func(t *testing.T) {
					t.Parallel()
					a := a.again(t)
					injected := injected
					injected.Vendor, injected.Op, injected.After, injected.Times = a.d.Name, a.Operation, after, 1
					a.Sandbox.Inject(injected)
					progress, diags := a.invoke()
					a.RequireCalls(a.callsWhenLost(after)...)
					if !a.revokes() && !after {
						a.RequireErrors(diags, "", "The link is "+a.d.Activation.Waiting, "run the action again")
						progress, diags = a.invoke()
						a.RequireCalls(a.Calls...)
					}
					a.requireDone(progress, diags)
				})
			}
		}
	})
}

// callsWhenLost are the calls of an action whose first answer was lost.
func (a *actionFixture) callsWhenLost(after bool) []string {
	switch {
	case !a.revokes():
		return append(slices.Clone(a.Calls), a.d.Operations.Get)
	case after: // the repetition is refused, so the link is looked at
		return []string{a.Operation, a.Operation, a.d.Operations.Get}
	}
	return []string{a.Operation, a.Operation}
}

// A vendor that does not answer in time, and a look that fails as well.
func TestActionThatTimesOut(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		a = a.inRealTime(object{"request_timeout": "150ms", "retry_budget": "300ms"})
		for _, op := range []string{a.Operation, a.d.Operations.Get} {
			a.Sandbox.Inject(fault.Fault{Vendor: a.d.Name, Op: op, Kind: fault.Wait, Delay: 2 * time.Second})
		}
		_, diags := a.invoke()
		a.RequireErrors(diags, "")
		if len(diags.Errors()) != 1 || a.CallCount(a.Operation) > 4 {
			a.Errorf("%d calls: %s", a.CallCount(a.Operation), diags)
		}
	})
}

// An interrupted run ends the action where it waits, here for a vendor that asks for time.
func TestInterruptEndsAnActionThatWaits(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		a = a.inRealTime(nil)
		a.Server = a.Sandbox.Server(a.Settings()) // whose waits are real
		before, first := a.status(), a.Calls[0]
		a.ResetCalls()
		a.Sandbox.Inject(fault.Fault{Vendor: a.d.Name, Op: first, Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"20"}}})
		diags, took := a.invokeAndInterrupt(first)
		a.RequireErrors(diags, "", "the operation was interrupted")
		a.RequireCalls(first)
		if took > 10*time.Second || a.status() != before {
			a.Errorf("it took %s, and the link is %s", took, a.status())
		}
	})
}

// The write that is under way when the run is interrupted is let finish: cut off, nobody would know what became of it.
func TestInterruptedActionIsFinished(t *testing.T) {
	forEachAction(t, func(a *actionFixture) {
		a = a.inRealTime(nil)
		a.Sandbox.Inject(fault.Fault{Vendor: a.d.Name, Op: a.Operation, Kind: fault.Wait, Delay: time.Second})
		diags, _ := a.invokeAndInterrupt(a.Operation)
		if a.RequireCalls(a.Calls...); len(diags) > 0 || a.status() != a.Done {
			a.Errorf("the link is %s: %s", a.status(), diags)
		}
	})
}

// invokeAndInterrupt invokes the action, and interrupts it when a call of the operation has arrived.
func (a *actionFixture) invokeAndInterrupt(op string) (protocoltest.Diagnostics, time.Duration) {
	a.Helper()
	ended := make(chan protocoltest.Diagnostics, 1)
	began := clock.System{}.Now()
	go func() {
		_, diags := a.Server.InvokeAction(a.Context(), a.name(), object{"id": a.id()})
		ended <- diags
	}()
	for a.CallCount(op) == 0 {
		if err := (clock.System{}).Sleep(a.Context(), 5*time.Millisecond); err != nil {
			a.Fatal(err)
		}
	}
	a.Server.Stop()
	diags := a.Record(<-ended)
	return diags, clock.System{}.Now().Sub(began)
}
