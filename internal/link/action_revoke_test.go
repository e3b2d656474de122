package link_test

import (
	"fmt"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
)

func TestRevokeActionIsOneRequest(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*memdriver.Options){"two parts": {revocable}, "one part": {revocable, onePartIdentity}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, changes...)
			f.mustCreate(fullConfig())
			for range 2 { // a repetition does no harm
				progress, diags := f.invoke(cancelAction, "pl-1")
				requireCounts(t, diags, 0, 0)
				requireProgress(t, progress, "pl-1", "revoked")
				if f.requireCalls("revoke=1"); f.store.Status("pl-1") != "CANCELED" {
					t.Errorf("the link is %s", f.store.Status("pl-1"))
				}
			}
		})
	}
}

// After a refusal, or without an answer, the link is read, and the last progress message tells its state.
func TestRefusedRevokeActionReadsTheLink(t *testing.T) {
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
				f := newFixture(t, revocable)
				f.mustCreate(fullConfig())
				f.store.SetStatus("pl-1", status)
				f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: refusal})
				calls := "get=1 revoke=1"
				if refusal.Status == 404 && !hasEnded(now) { // not found, and yet there: repeated once
					f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: refusal})
					calls = "get=2 revoke=2"
				}
				progress, diags := f.invoke(cancelAction, "pl-1")
				f.requireCalls(calls)
				if f.store.Status("pl-1") != status {
					t.Errorf("the link became %s", f.store.Status("pl-1"))
				}
				if hasEnded(now) {
					requireCounts(t, diags, 0, 0)
					requireProgress(t, progress, "pl-1", string(now))
					return
				}
				requireCounts(t, diags, 1, 0)
				requireText(t, diags, "Memory payment link", "pl-1", "`"+string(now)+"`", "no_way", "Cannot be canceled", "req-x", "may still accept payments")
			})
		}
	}
}

// If the credentials or the rate are refused, the link is not read: that would be refused as well. The action can be repeated.
func TestRevokeActionWithRefusedCredentials(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"401", "403", "429"} {
		f := newFixture(t, revocable)
		f.mustCreate(fullConfig())
		f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: failures()[name]})
		_, diags := f.invoke(cancelAction, "pl-1")
		requireCounts(t, diags, 1, 0)
		requireText(t, diags, errorParts(failures()[name])...)
		f.requireCalls("revoke=1")
		_, diags = f.invoke(cancelAction, "pl-1")
		requireCounts(t, diags, 0, 0)
		f.requireCalls("revoke=1")
	}
}

func TestRevokeActionWithALostAnswer(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	f.mustCreate(fullConfig())
	f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: failures()["connection lost"], After: true})
	progress, diags := f.invoke(cancelAction, "pl-1")
	requireCounts(t, diags, 0, 0)
	requireProgress(t, progress, "revoked")
	f.requireCalls("get=1 revoke=1")
}

func TestRefusedRevokeActionWhoseReadFails(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			f.mustCreate(fullConfig())
			f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: failures()["400"]})
			f.store.FailNext(memdriver.CallGet, memdriver.Fault{Err: err})
			_, diags := f.invoke(cancelAction, "pl-1")
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, errorParts(failures()["400"])...)
			requireText(t, diags, errorParts(err)...)
			f.requireCalls("get=1 revoke=1")
		})
	}
}

// The next plan of a managed link tells what the action did, and follows `replace_when`.
func TestPlanAfterARevokeAction(t *testing.T) {
	t.Parallel()
	for name, policy := range replaceWhens {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			config := answeredConfig(Object{"replace_when": policy})
			state := createOld(f, config)
			f.store.TakeCalls()
			if _, diags := f.invoke(cancelAction, "pl-1"); len(diags) > 0 {
				t.Fatal(diags)
			}
			state = f.mustRefresh(state)
			if f.requireCalls("get=1 revoke=1"); state.Text("state") != "revoked" {
				t.Errorf("the state says %s", state.Text("state"))
			}
			plan := f.Plan(resourceType, state, config)
			requireCounts(t, plan.Diagnostics, 0, 1)
			want := protocoltest.Nothing
			if policyNames(policy, driver.Revoked) {
				want = protocoltest.Replace
			}
			if plan.Action != want {
				t.Errorf("%s because of %v", plan.Action, plan.Because)
			}
			requireText(t, plan.Diagnostics, "revoked", "pl-1")
			// Destroyed or replaced, it is not revoked once more.
			if _, diags := f.Apply(f.Plan(resourceType, state, nil)); diags.HasError() {
				t.Error(diags)
			}
			f.requireCalls("")
		})
	}
}
