package powens_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
)

func TestStatesDestroyed(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		for _, refreshed := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				state := b.create(small())
				b.become(state, s)
				want := s.destroy
				if refreshed {
					want = s.later
					state, _ = b.refresh(state)
					b.forget()
					if !state.Exists() {
						return
					}
				}
				after, diags := b.destroy(state)
				b.asked(want.asked...)
				if diags.HasError() || after.Exists() || want.warning == "" && len(diags) > 0 {
					t.Errorf("still there %t, %s", after.Exists(), diags)
				}
				if want.warning != "" {
					b.has(diags.Warnings(), want.warning, state.Text("id"))
				}
				b.payable(0)
			})
		}
	}
}

// TestStatesReplaced: a change of the configuration over each state.
func TestStatesReplaced(t *testing.T) {
	t.Parallel()
	for name, s := range statuses {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.create(small())
			b.become(state, s)
			config := small(object{"label": "Another"})
			after, plan, diags := b.up(state, config)
			if diags.HasError() || after.Text("id") == state.Text("id") || !s.gone && plan.Action != acctest.Replace {
				t.Errorf("%s %s", plan.Action, diags)
			}
			b.asked(append(append([]string{"get"}, s.later.asked...), "create")...)
			b.payable(1)
			b.quiet(after, config)
		})
	}
}

// TestGoneWhenRevoked: a vendor whose reads do not show a revoked link (row 3).
func TestGoneWhenRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.env.Powens.Set(func(s *sandbox.PowensSwitches) { s.GoneWhenRevoked = true })
	state := b.create(small())
	b.become(state, statuses["revoked"])
	after, diags := b.destroy(state)
	if len(diags) > 0 || after.Exists() {
		t.Errorf("%s", diags)
	}
	b.asked("revoke", "get")
	after, diags = b.refresh(state)
	if after.Exists() || len(diags.Warnings()) != 1 || diags.HasError() {
		t.Errorf("still there %t: %s", after.Exists(), diags)
	}
}

// TestAbandon leaves the link payable and says so.
func TestAbandon(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.create(small(object{"on_destroy": "abandon"}))
	b.forget()
	after, diags := b.destroy(state)
	if after.Exists() || diags.HasError() {
		t.Errorf("%s", diags)
	}
	b.has(diags.Warnings(), "stays payable", state.Text("url"))
	b.asked()
	b.payable(1)
}
