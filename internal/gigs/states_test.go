package gigs_test

import (
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What follows from a status is the same for every shape of a link: see internal/conformance/lifecycle, and its test over all vendors.

// become changes the status behind the provider's back, long enough after the create.
func (b *bench) become(state protocoltest.State, status string) {
	b.Helper()
	b.Clock.Advance(time.Hour)
	if err := gigssandbox.From(b.Sandbox).ForceStatus(state.Text("id"), status); err != nil {
		b.Fatal(err)
	}
	b.ResetCalls()
}

// TestStatesOfEveryShape: a status says nothing about the rest of the link, whatever its shape.
func TestStatesOfEveryShape(t *testing.T) {
	t.Parallel()
	d, _ := descriptor.ByName("gigs")
	for _, row := range d.Lifecycle.Rows {
		for _, status := range row.Statuses {
			for name, shape := range shapes {
				t.Run(status+" "+name, func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					state := b.Create(shape())
					b.become(state, status)
					fresh, diags := b.Refresh(state)
					plan := b.Plan(fresh, shape())
					b.RequireCalls("get")
					if len(diags) > 0 || fresh.Text("state") != string(row.State) || fresh.Text("status") != status || fresh.Text("url") != state.Text("url") {
						t.Errorf("state %q, status %q, url %q %s", fresh.Text("state"), fresh.Text("status"), fresh.Text("url"), diags)
					}
					if plan.HasError() || plan.Action != protocoltest.Nothing {
						t.Errorf("plan: %s because of %v %s", plan.Action, plan.Because, plan.Diagnostics)
					}
				})
			}
		}
	}
}

// TestTimesOfTheEnd: when a link was completed or canceled is in state.
func TestTimesOfTheEnd(t *testing.T) {
	t.Parallel()
	for name, attribute := range map[string]string{"completed": "completed_at", "canceled": "canceled_at"} {
		b := newBench(t)
		state := b.Create(stored())
		b.become(state, name)
		fresh, _ := b.Refresh(state)
		if at, err := time.Parse(time.RFC3339, fresh.Text(attribute)); err != nil || b.Clock.Now().Sub(at) > time.Minute {
			t.Errorf("%s is %q", attribute, fresh.Text(attribute))
		}
	}
}
