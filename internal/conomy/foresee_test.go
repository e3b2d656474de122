package conomy_test

import (
	"slices"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// What a replacement will be refused for is said at the plan, once, at the checkout token; and so it comes.
func TestForeseen(t *testing.T) {
	t.Parallel()
	sameToken, newToken := object{"duration": 3600}, object{"duration": 3600, "checkout_token": "another"}
	const taken, notYet, dies = "still in use", "cannot be replaced yet", "stops working"
	for name, tc := range map[string]struct {
		status    string
		onDestroy string
		change    object
		warning   string // empty: none
		fails     bool
	}{
		"dormant, same token":             {"ATTEMPT", "revoke", sameToken, dies, false},
		"expired, same token":             {"EXPIRED", "revoke", sameToken, "", false},
		"active, same token":              {"ACTIVE", "revoke", sameToken, notYet, true},
		"active, new token":               {"ACTIVE", "revoke", newToken, notYet, true},
		"being paid, same token":          {"PROCESSING_PAYMENT", "revoke", sameToken, notYet, true},
		"paid, same token":                {"FINISHED", "revoke", sameToken, taken, true},
		"paid, new token":                 {"FINISHED", "revoke", newToken, "", false},
		"abandoned, same token":           {"ACTIVE", "abandon", sameToken, taken, true},
		"abandoned, new token":            {"ACTIVE", "abandon", newToken, "can still be paid", false},
		"abandoned, expired, same token":  {"EXPIRED", "abandon", sameToken, taken, true},
		"abandoned and dormant, same one": {"ATTEMPT", "abandon", sameToken, taken, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := harness.Start(t)
			config := small(object{"on_destroy": tc.onDestroy})
			state := f.Create(config)
			if err := sandboxOf(f).ForceStatus(state.Text("id"), tc.status); err != nil {
				t.Fatal(err)
			}
			state, _ = f.Refresh(state)
			changed := small(object{"on_destroy": tc.onDestroy, "replace_paid": true}, tc.change)
			plan := f.Plan(state, changed)
			want := map[bool]int{true: 1}
			if plan.Action != protocoltest.Replace || len(plan.Warnings()) != want[tc.warning != ""]+want[slices.Contains([]string{"paid", "processing"}, state.Text("state"))] {
				t.Fatalf("%s: %s", plan.Action, plan.Diagnostics)
			}
			if tc.warning != "" {
				f.RequireText(plan.Warnings(), tc.warning, state.Text("id"))
			}
			if tc.warning == taken || tc.warning == notYet {
				f.RequireText(plan.Warnings().ForAttribute("checkout_token"), "checkout_token")
			}
			if _, diags := f.Apply(plan); diags.HasError() != tc.fails {
				t.Errorf("the plan said %q, and so it came: %s", tc.warning, diags)
			}
		})
	}
}
