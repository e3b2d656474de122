package powens_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// revokedIn has the link revoked behind the provider's back, so many hours from now and long enough after its create.
func revokedIn(f *drivertest.Fixture, state protocoltest.State, hours int) {
	f.Helper()
	f.Clock.Advance(3 * time.Hour)
	if err := sandboxOf(f).Revoke(state.Text("id"), f.Clock.Now().Add(time.Duration(hours)*time.Hour)); err != nil {
		f.Fatal(err)
	}
	f.ResetCalls()
}

// A date is a date in each form in which it comes (contract 8.31).
func TestFormsOfTheDate(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"plain", "rfc3339", "offset", "blank", "local"} {
		for hours, now := range map[int]string{-1: "revoked", 1: "open"} {
			f := harness.Start(t)
			sandboxOf(f).Set(func(s *powens.Switches) { s.RevokedAtForm = form })
			state := f.Create(small())
			revokedIn(f, state, hours)
			fresh, diags := f.Refresh(state)
			if len(diags) > 0 || fresh.Text("state") != now || fresh.Get("revoked_at") == nil {
				t.Errorf("%s, in %d hours: %q, %v %s", form, hours, fresh.Text("state"), fresh.Get("revoked_at"), diags)
			}
			plan, want := f.Plan(fresh, small()), map[string]protocoltest.Action{"revoked": protocoltest.Replace, "open": protocoltest.Nothing}[now]
			if plan.HasError() || plan.Action != want {
				t.Errorf("%s, in %d hours: %s because of %v", form, hours, plan.Action, plan.Because)
			}
		}
	}
}

// A date to come that has come.
func TestRevokedByTheClock(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(small())
	revokedIn(f, state, 24)
	state = f.RequireNoDrift(state, small())
	f.Clock.Advance(25 * time.Hour)
	fresh, diags := f.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "revoked" || fresh.Text("revoked_at") != state.Text("revoked_at") {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	if plan := f.Plan(fresh, small()); plan.Action != protocoltest.Replace {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}

// A vendor whose reads do not show a revoked link (contract 8.3).
func TestGoneWhenRevoked(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	sandboxOf(f).Set(func(s *powens.Switches) { s.GoneWhenRevoked = true })
	state := f.Create(small())
	revokedIn(f, state, -1)
	after, diags := f.Destroy(state)
	if len(diags) > 0 || after.Exists() {
		t.Errorf("%s", diags)
	}
	f.RequireCalls("revoke", "get", "list")
	after, diags = f.Refresh(state)
	if after.Exists() || len(diags.Warnings()) != 1 || diags.HasError() {
		t.Errorf("still there %t: %s", after.Exists(), diags)
	}
}

// A reference that the vendor makes with the first payment is no change (contract 8.12).
func TestLateReference(t *testing.T) {
	t.Parallel()
	for _, written := range []any{nil, ""} {
		f := harness.Start(t)
		sandboxOf(f).Set(func(s *powens.Switches) { s.ReferenceID = "later" })
		config := small(object{"reference_id": written})
		state := f.Create(config)
		state = f.RequireNoDrift(state, config)
		if err := sandboxOf(f).Reject(state.Text("id")); err != nil {
			t.Fatal(err)
		}
		state = f.RequireNoDrift(state, config)
		if written == nil && state.Get("reference_id") == nil {
			t.Error("the reference is not shown")
		}
	}
}

// An IBAN with blanks is sent as it is written, and with a warning; the form that comes back is no change (contract 8.22).
func TestSpacedIBAN(t *testing.T) {
	t.Parallel()
	const spaced = "fr14 2004 1010 0505 0001 3M02 606"
	f := harness.Start(t)
	sandboxOf(f).Set(func(s *powens.Switches) { s.IBAN = "compact" })
	config := small(object{"beneficiary.identification": spaced})
	state, _, diags := f.ApplyConfig(protocoltest.State{}, config)
	if diags.HasError() || state.Text("beneficiary.identification") != spaced || sandboxOf(f).Links()[0].Beneficiary.Identification != spaced {
		t.Fatalf("%q %s", state.Text("beneficiary.identification"), diags)
	}
	f.RequireNoDrift(state, config)
}

// The state of the attempts comes and goes; no plan follows it (contract 8.30).
func TestOutage(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	state := f.Create(small())
	if err := sandboxOf(f).StartPayment(state.Text("id")); err != nil {
		t.Fatal(err)
	}
	f.Clock.Advance(time.Minute)
	for _, outage := range []bool{false, true, false} {
		sandboxOf(f).Set(func(s *powens.Switches) { s.Outage = outage })
		state = f.RequireNoDrift(state, small())
		want := map[bool]string{false: "processing pending", true: "unknown unavailable"}[outage]
		if got := state.Text("state") + " " + state.Text("attempt_state"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A list that goes on elsewhere does not prove that a link is gone.
func TestListWithANextPageProvesNothing(t *testing.T) {
	t.Parallel()
	f := harness.Start(t)
	sandboxOf(f).Set(func(s *powens.Switches) { s.WrappedList = true })
	state := f.Create(small())
	f.Clock.Advance(2 * time.Minute)
	f.Sandbox.Simulate(state.Text("id"), "delete")
	remove := f.Sandbox.Inject(fault.Fault{Op: "list", Kind: fault.Deviate, Pointer: "/_links/next", Value: `{"href":"/api/payment-links?offset=50"}`})
	if after, diags := f.Refresh(state); !after.Exists() || !diags.HasError() || !strings.Contains(diags.String(), "more pages") {
		t.Errorf("in state: %t, %s", after.Exists(), diags)
	}
	remove()
	f.Clock.Advance(2 * time.Minute)
	if after, diags := f.Refresh(state); after.Exists() || diags.HasError() {
		t.Errorf("in state: %t, %s", after.Exists(), diags)
	}
}

// The date of a revoke whose answer is lost is by Powens' clock, which is ahead, or in a zone that it does not name: the link is revoked
// all the same, and only a date that says its zone can lie in the future.
func TestLostRevokeByAnotherClock(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ahead   time.Duration // Powens' clock
		form    string        // of the date, two hours from now; "" for what Powens answers
		revoked bool
	}{
		"a clock that is ahead": {ahead: 90 * time.Second, revoked: true},
		"a zone without a name": {form: time.DateTime, revoked: true},
		"a date to come":        {form: time.RFC3339},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			state := f.Create(small())
			f.Sandbox.Advance(tc.ahead)
			f.Sandbox.Inject(fault.Fault{Vendor: "powens", Op: "revoke", Kind: fault.Drop, After: true, Times: 1})
			if tc.form != "" {
				body := answerOf(f, state.Text("id"), object{"revoked_at": f.Clock.Now().Add(2 * time.Hour).Format(tc.form)})
				f.Sandbox.Inject(fault.Fault{Vendor: "powens", Op: "get", Kind: fault.Answer, Status: http.StatusOK, Body: body})
			}
			left, diags := f.Destroy(state)
			if gone := !left.Exists(); gone != tc.revoked || diags.HasError() == gone {
				t.Errorf("gone %v: %s", gone, diags)
			}
			if tc.ahead == 0 {
				return
			}
			if fresh, diags := f.Refresh(state); len(diags) > 0 || fresh.Text("state") != "revoked" {
				t.Errorf("%q: %s", fresh.Text("state"), diags)
			}
		})
	}
}
