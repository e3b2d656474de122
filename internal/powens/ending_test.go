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
				state := b.Create(small())
				b.become(state, s)
				want := s.destroy
				if refreshed {
					want = s.later
					state, _ = b.Refresh(state)
					b.Forget()
					if !state.Exists() {
						return
					}
				}
				after, diags := b.Destroy(state)
				b.Asked(want.asked...)
				if diags.HasError() || after.Exists() || want.warning == "" && len(diags) > 0 {
					t.Errorf("still there %t, %s", after.Exists(), diags)
				}
				if want.warning != "" {
					b.Has(diags.Warnings(), want.warning, state.Text("id"))
				}
				b.Payable(0)
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
			state := b.Create(small())
			b.become(state, s)
			config := small(object{"label": "Another"})
			after, plan, diags := b.Up(state, config)
			if diags.HasError() || after.Text("id") == state.Text("id") || !s.gone && plan.Action != acctest.Replace {
				t.Errorf("%s %s", plan.Action, diags)
			}
			b.Asked(append(append([]string{"get"}, s.later.asked...), "create")...)
			b.Payable(1)
			b.Quiet(after, config)
		})
	}
}

// TestGoneWhenRevoked: a vendor whose reads do not show a revoked link (row 3).
func TestGoneWhenRevoked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Sandbox.Powens.Set(func(s *sandbox.PowensSwitches) { s.GoneWhenRevoked = true })
	state := b.Create(small())
	b.become(state, statuses["revoked"])
	after, diags := b.Destroy(state)
	if len(diags) > 0 || after.Exists() {
		t.Errorf("%s", diags)
	}
	b.Asked("revoke", "get")
	after, diags = b.Refresh(state)
	if after.Exists() || len(diags.Warnings()) != 1 || diags.HasError() {
		t.Errorf("still there %t: %s", after.Exists(), diags)
	}
}

// TestAbandon leaves the link payable and says so.
func TestAbandon(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small(object{"on_destroy": "abandon"}))
	b.Forget()
	after, diags := b.Destroy(state)
	if after.Exists() || diags.HasError() {
		t.Errorf("%s", diags)
	}
	b.Has(diags.Warnings(), "stays payable", state.Text("url"))
	b.Asked()
	b.Payable(1)
}
