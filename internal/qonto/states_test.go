package qonto_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	qontosandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/qonto"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What follows from a status is the same for every shape of a link: see internal/conformance/lifecycle, and its test over all vendors.

// become changes the status behind the provider's back, long enough after the create.
func (b *bench) become(state protocoltest.State, status string) {
	b.Helper()
	b.Clock.Advance(time.Hour)
	if err := qontosandbox.From(b.Sandbox).ForceStatus(state.Text("id"), status); err != nil {
		b.Fatal(err)
	}
	b.ResetCalls()
}

// TestStatesOfEveryShape: a status says nothing about the rest of the link, whatever its shape.
func TestStatesOfEveryShape(t *testing.T) {
	t.Parallel()
	d, _ := descriptor.ByName("qonto")
	for _, row := range d.Lifecycle.Rows {
		for _, status := range row.Statuses {
			for name, shape := range shapes {
				t.Run(status+" "+name, func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					state := b.Create(shape())
					b.become(state, status)
					fresh, diags := b.Refresh(state)
					b.RequireCalls("get")
					if len(diags) > 0 || fresh.Text("state") != string(row.State) || fresh.Text("status") != status || fresh.Text("url") != state.Text("url") {
						t.Errorf("state %q, status %q, url %q %s", fresh.Text("state"), fresh.Text("status"), fresh.Text("url"), diags)
					}
					if plan := b.Plan(fresh, shape(object{"replace_when": list{}})); plan.HasError() || len(plan.Because) > 0 {
						t.Errorf("plan: %s because of %v %s", plan.Action, plan.Because, plan.Diagnostics)
					}
				})
			}
		}
	}
}

// TestProcessingRevoked: a vendor that does cancel a link in the middle of a payment.
func TestProcessingRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	qontosandbox.From(b.Sandbox).Set(func(s *qontosandbox.Switches) { s.DeactivateProcessing = true })
	state := b.Create(basket())
	b.become(state, "processing")
	if after, diags := b.Destroy(state); after.Exists() || len(diags) > 0 {
		t.Errorf("%s", diags)
	}
	b.RequireCalls("deactivate")
}

// TestExpiredByTheClock: a link whose year is over.
func TestExpiredByTheClock(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(basket())
	b.Clock.Advance(366 * 24 * time.Hour)
	fresh, diags := b.Refresh(state)
	if len(diags) > 0 || fresh.Text("state") != "expired" {
		t.Fatalf("%q %s", fresh.Text("state"), diags)
	}
	plan := b.Plan(fresh, basket())
	if plan.Action != protocoltest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
	b.RequireText(plan.Warnings(), "expired", "replace_when")
}
