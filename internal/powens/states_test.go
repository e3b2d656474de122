package powens_test

import (
	"testing"
	"time"

	powenssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/powens"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What follows from the latest attempt and from the date is in internal/conformance/lifecycle, and its test over all vendors.

// revoked has the link revoked behind the provider's back, so many hours from now and long enough after its create.
func (b *bench) revoked(state protocoltest.State, hours int) {
	b.Helper()
	b.Clock.Advance(3 * time.Hour)
	if err := powenssandbox.From(b.Sandbox).Revoke(state.Text("id"), b.Clock.Now().Add(time.Duration(hours)*time.Hour)); err != nil {
		b.Fatal(err)
	}
	b.ResetCalls()
}

// TestFormsOfTheDate: a date is a date in each form in which it comes (row 31).
func TestFormsOfTheDate(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"plain", "rfc3339"} {
		for hours, now := range map[int]string{-1: "revoked", 1: "open"} {
			b := newBench(t)
			powenssandbox.From(b.Sandbox).Set(func(s *powenssandbox.Switches) { s.RevokedAtForm = form })
			state := b.Create(small())
			b.revoked(state, hours)
			fresh, diags := b.Refresh(state)
			if len(diags) > 0 || fresh.Text("state") != now || fresh.Get("revoked_at") == nil {
				t.Errorf("%s, in %d hours: %q, %v %s", form, hours, fresh.Text("state"), fresh.Get("revoked_at"), diags)
			}
			plan, want := b.Plan(fresh, small()), map[string]protocoltest.Action{"revoked": protocoltest.Replace, "open": protocoltest.Nothing}[now]
			if plan.HasError() || plan.Action != want {
				t.Errorf("%s, in %d hours: %s because of %v", form, hours, plan.Action, plan.Because)
			}
		}
	}
}

// TestRevokedByTheClock: a date to come that has come.
func TestRevokedByTheClock(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	b.revoked(state, 24)
	state = b.RequireNoDrift(state, small())
	b.Clock.Advance(25 * time.Hour)
	fresh, diags := b.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "revoked" || fresh.Text("revoked_at") != state.Text("revoked_at") {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	if plan := b.Plan(fresh, small()); plan.Action != protocoltest.Replace {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}
