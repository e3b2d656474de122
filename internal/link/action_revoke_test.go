package link_test

import (
	"fmt"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

func TestRevokeActionIsOneCall(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*world){"two parts": {revocable}, "one part": {revocable, unscoped}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, changes...)
			w.create(full())
			for range 2 { // repeated, it does no harm
				progress, diags := w.invoke(cancelAction, "pl-1")
				count(t, diags, 0, 0)
				told(t, progress, "pl-1", "revoked")
				if w.calls("revoke=1"); w.bank.status("pl-1") != "CANCELED" {
					t.Errorf("the link is %s", w.bank.status("pl-1"))
				}
			}
		})
	}
}

// Refused, or without an answer: it is the link that tells, and the last report says what it is.
func TestRevokeActionRefusedThenLooked(t *testing.T) {
	t.Parallel()
	var refusals []*rest.Error
	for _, status := range []int{400, 404, 405, 409, 410, 412, 422} {
		refusals = append(refusals, &rest.Error{Status: status, Code: "no_way", Message: "Cannot be canceled", RequestID: "req-x"})
	}
	for _, status := range []int{0, 500, 502, 504} {
		refusals = append(refusals, &rest.Error{Status: status, Code: "no_way", Message: "Cannot be canceled", RequestID: "req-x", Outcome: rest.Unknown})
	}
	for _, refusal := range refusals {
		for status, now := range statuses {
			t.Run(fmt.Sprintf("%d/%s", refusal.Status, status), func(t *testing.T) {
				t.Parallel()
				w := start(t, revocable)
				w.create(full())
				w.bank.become("pl-1", status)
				w.bank.failNext(callRevoke, fault{err: refusal})
				calls := "get=1 revoke=1"
				if refusal.Status == 404 && !ended(now) { // not found, and yet there: tried once more
					w.bank.failNext(callRevoke, fault{err: refusal})
					calls = "get=2 revoke=2"
				}
				progress, diags := w.invoke(cancelAction, "pl-1")
				w.calls(calls)
				if w.bank.status("pl-1") != status {
					t.Errorf("the link became %s", w.bank.status("pl-1"))
				}
				if ended(now) {
					count(t, diags, 0, 0)
					told(t, progress, "pl-1", string(now))
					return
				}
				count(t, diags, 1, 0)
				says(t, diags, "Memory payment link", "pl-1", "`"+string(now)+"`", "no_way", "Cannot be canceled", "req-x", "may still be payable")
			})
		}
	}
}

// The credentials or the rate are refused: a look would meet the same. Mended, the action is repeated.
func TestRevokeActionRefusedWithoutALook(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"401", "403", "429"} {
		w := start(t, revocable)
		w.create(full())
		w.bank.failNext(callRevoke, fault{err: failures()[name]})
		_, diags := w.invoke(cancelAction, "pl-1")
		count(t, diags, 1, 0)
		says(t, diags, parts(failures()[name])...)
		w.calls("revoke=1")
		_, diags = w.invoke(cancelAction, "pl-1")
		count(t, diags, 0, 0)
		w.calls("revoke=1")
	}
}

func TestRevokeActionWithALostAnswer(t *testing.T) {
	t.Parallel()
	w := start(t, revocable)
	w.create(full())
	w.bank.failNext(callRevoke, fault{err: failures()["no word"], after: true})
	progress, diags := w.invoke(cancelAction, "pl-1")
	count(t, diags, 0, 0)
	told(t, progress, "revoked")
	w.calls("get=1 revoke=1")
}

func TestRevokeActionWhenTheLookFailsToo(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, revocable)
			w.create(full())
			w.bank.failNext(callRevoke, fault{err: failures()["400"]})
			w.bank.failNext(callGet, fault{err: err})
			_, diags := w.invoke(cancelAction, "pl-1")
			count(t, diags, 1, 0)
			says(t, diags, parts(failures()["400"])...)
			says(t, diags, parts(err)...)
			w.calls("get=1 revoke=1")
		})
	}
}

// The next plan of a managed link tells what the action did, and follows the policy.
func TestPlanAfterARevokeAction(t *testing.T) {
	t.Parallel()
	for name, policy := range replaceWhens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, revocable)
			config := described(Object{"replace_when": policy})
			state := aged(w, config)
			w.bank.taken()
			if _, diags := w.invoke(cancelAction, "pl-1"); len(diags) > 0 {
				t.Fatal(diags)
			}
			state = w.refresh(state)
			if w.calls("get=1 revoke=1"); state.Text("state") != "revoked" {
				t.Errorf("the state says %s", state.Text("state"))
			}
			plan := w.Plan(kind, state, config)
			count(t, plan.Diagnostics, 0, 1)
			want := protocoltest.Nothing
			if named(policy, driver.Revoked) {
				want = protocoltest.Replace
			}
			if plan.Action != want {
				t.Errorf("%s because of %v", plan.Action, plan.Because)
			}
			says(t, plan.Diagnostics, "revoked", "pl-1")
			// Destroyed or replaced, it is not revoked once more.
			if _, diags := w.Apply(w.Plan(kind, state, nil)); diags.HasError() {
				t.Error(diags)
			}
			w.calls("")
		})
	}
}
