package link_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/rest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestDestroyIsOneRequest(t *testing.T) {
	t.Parallel()
	for name, changes := range map[string][]func(*memdriver.Options){"two parts": {revocable}, "one part": {revocable, onePartIdentity}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, changes...)
			state, diags := f.destroy(f.mustCreate(fullConfig()))
			requireCounts(t, diags, 0, 0)
			if f.requireCalls("revoke=1"); state.Exists() || f.store.Status("pl-1") != "CANCELED" {
				t.Errorf("in state: %v, at the vendor: %s", state.Exists(), f.store.Status("pl-1"))
			}
		})
	}
}

// After a refused revoke, or one with an unknown outcome, the link is read: its state decides.
func TestRefusedDestroyReadsTheLink(t *testing.T) {
	t.Parallel()
	found := map[string]struct {
		done     bool
		warnings int
		parts    []string
	}{
		"gone":           {true, 0, nil},
		"CANCELED":       {true, 0, nil},
		"EXPIRED":        {true, 0, nil},
		"FINISHED":       {true, 1, []string{"was paid", "pl-1", "https://pay.example/pl-1", "refunded"}},
		"PROCESSING":     {false, 0, []string{"`processing`", "A payment is in progress"}},
		"ACTIVE":         {false, 0, []string{"`open`", `on_destroy = "abandon"`}},
		"BRAND_NEW_WORD": {false, 0, []string{"`unknown`", `on_destroy = "abandon"`}},
	}
	for _, refusal := range refusals() {
		for status, want := range found {
			t.Run(fmt.Sprintf("%d/%s", refusal.Status, status), func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, revocable)
				state := createOld(f, fullConfig())
				f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: refusal})
				calls := "get=1 revoke=1"
				if status == "gone" {
					f.store.Forget("pl-1")
					calls = "get=1 list=1 revoke=1"
				} else {
					f.store.SetStatus("pl-1", status)
				}
				if refusal.Status == 404 && !want.done { // not found, and yet there: repeated once
					f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: refusal})
					calls = "get=2 revoke=2"
				}
				after, diags := f.destroy(state)
				f.requireCalls(calls)
				if want.done {
					if after.Exists() {
						t.Error("still in state")
					}
					requireCounts(t, diags, 0, want.warnings)
				} else {
					requireUnchanged(t, state, after)
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot revoke Memory payment link", "pl-1", "no_way", "Cannot be canceled", "req-x")
				}
				requireText(t, diags, want.parts...)
			})
		}
	}
}

// A link that is too new to be found is read again and then revoked: else it could still be paid.
func TestDestroyRetriesANotFoundOfANewLink(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	state := f.mustCreate(fullConfig())
	f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: memdriver.NotFound()})
	f.store.UnseenReads = 2
	after, diags := f.destroy(state)
	if requireCounts(t, diags, 0, 0); after.Exists() || f.store.Payable() != 0 {
		t.Errorf("in state: %v, live: %d", after.Exists(), f.store.Payable())
	}
	f.requireCalls("get=3 revoke=2")
	if got := f.clock.Sleeps(); !slices.Equal(got, []time.Duration{time.Second, 2 * time.Second}) {
		t.Errorf("slept %v", got)
	}
}

// revokes are what revokes a link, each with what an error says of it: a destroy, and an action, which knows no state.
var revokes = map[string]struct {
	do      func(*fixture, protocoltest.State) (protocoltest.State, protocoltest.Diagnostics)
	isDone  func(after protocoltest.State) bool
	remains string
}{
	"destroy": {(*fixture).destroy, func(after protocoltest.State) bool { return !after.Exists() }, "stays in state"},
	"action": {func(f *fixture, state protocoltest.State) (protocoltest.State, protocoltest.Diagnostics) {
		_, diags := f.invoke(cancelAction, state.Text("id"))
		return state, diags
	}, protocoltest.State.Exists, "may still accept payments"},
}

// If the credentials or the rate are refused, the link is not read: that would be refused as well. Once the cause is mended it is revoked.
func TestRevokeWithRefusedCredentials(t *testing.T) {
	t.Parallel()
	for way, revoke := range revokes {
		for _, name := range []string{"401", "403", "429"} {
			t.Run(way+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, revocable)
				state := f.mustCreate(fullConfig())
				f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: failures()[name]})
				after, diags := revoke.do(f, state)
				requireUnchanged(t, state, after)
				requireCounts(t, diags, 1, 0)
				requireText(t, diags, errorParts(failures()[name])...)
				requireText(t, diags, "pl-1", revoke.remains)
				f.requireCalls("revoke=1")

				after, diags = revoke.do(f, after)
				if requireCounts(t, diags, 0, 0); !revoke.isDone(after) || f.store.Payable() != 0 {
					t.Error("still there")
				}
				f.requireCalls("revoke=1")
			})
		}
	}
}

// The revoke worked, but its answer was lost.
func TestRevokeWithALostAnswer(t *testing.T) {
	t.Parallel()
	for way, revoke := range revokes {
		f := newFixture(t, revocable)
		state := f.mustCreate(fullConfig())
		f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: failures()["connection lost"], After: true})
		after, diags := revoke.do(f, state)
		if requireCounts(t, diags, 0, 0); !revoke.isDone(after) || f.store.Payable() != 0 {
			t.Errorf("%s: still there", way)
		}
		f.requireCalls("get=1 revoke=1")
	}
}

func TestRefusedRevokeWhoseReadFails(t *testing.T) {
	t.Parallel()
	refused := &rest.Error{Status: 409, Code: "conflict", Message: "Not in this state", RequestID: "req-409"}
	for way, revoke := range revokes {
		for name, err := range failures() {
			t.Run(way+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, revocable)
				state := f.mustCreate(fullConfig())
				f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: refused})
				f.store.FailNext(memdriver.CallGet, memdriver.Fault{Err: err})
				after, diags := revoke.do(f, state)
				requireUnchanged(t, state, after)
				requireCounts(t, diags, 1, 0)
				requireText(t, diags, "conflict", "Not in this state", "req-409", revoke.remains)
				requireText(t, diags, errorParts(err)...)
				f.requireCalls("get=1 revoke=1")
			})
		}
	}
}

func TestDestroyWithAbandon(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	config := fullConfig(Object{"on_destroy": "abandon"})
	state := f.mustCreate(config)

	plan := f.Plan(resourceType, state, withOverrides(config, Object{"title": "New"}))
	if plan.Action != protocoltest.Replace {
		t.Errorf("planned %s", plan.Action)
	}
	requireCounts(t, plan.Diagnostics, 0, 1)
	requireText(t, plan.Diagnostics, "can still be paid", "title", "https://pay.example/pl-1", "will be payable")

	after, diags := f.destroy(state)
	requireCounts(t, diags, 0, 1)
	requireText(t, diags, "can still be paid", "https://pay.example/pl-1")
	if f.requireCalls(""); after.Exists() || f.store.Payable() != 1 {
		t.Errorf("in state: %v; live: %d", after.Exists(), f.store.Payable())
	}
}

// A destroy takes the policy of the state: a configured one counts once it was applied.
func TestDestroyReadsThePolicyFromState(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	state := f.mustCreate(fullConfig(Object{"on_destroy": "fail"}))
	if plan := f.Plan(resourceType, state, nil); !plan.HasError() {
		t.Error("no error")
	}
	state, plan, diags := f.ApplyConfig(state, resourceType, fullConfig(Object{"on_destroy": "abandon"}))
	if plan.Action != protocoltest.Update || len(diags) > 0 {
		t.Fatalf("%s: %s", plan.Action, diags)
	}
	if plan := f.Plan(resourceType, state, nil); plan.HasError() {
		t.Error(plan.Diagnostics)
	}
}

// A state without policies revokes its link.
func TestDestroyWithoutPolicies(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	_, diags := f.destroy(withoutAttributes(t, f.mustCreate(fullConfig()), "on_destroy", "replace_when"))
	requireCounts(t, diags, 0, 0)
	f.requireCalls("revoke=1")
}

// Without private state nobody knows whose the link is: an engine that keeps none at a destroy, or an import that was not refreshed.
// A 404 proves nothing then, unless the vendor's scope tells the account.
func TestDestroyWithoutPrivateState(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes []func(*memdriver.Options)
		project string // of the provider that destroys
		gone    bool
		done    bool
		calls   string
	}{
		"its own account":                 {[]func(*memdriver.Options){onePartIdentity}, "", false, true, "revoke=1"},
		"another account":                 {[]func(*memdriver.Options){onePartIdentity}, "other", false, false, "get=1 revoke=1"},
		"gone":                            {[]func(*memdriver.Options){onePartIdentity}, "", true, false, "get=1 revoke=1"},
		"gone, and the scope tells":       {nil, "", true, true, "get=1 list=1 revoke=1"},
		"gone, and the scope is no proof": {[]func(*memdriver.Options){func(o *memdriver.Options) { o.Info.ScopeIdentifiesAccount = false }}, "", true, false, "get=1 revoke=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, append(tc.changes, revocable)...)
			state := createOld(f, fullConfig())
			state.Private = nil
			if tc.gone {
				f.store.Forget("pl-1")
			}
			after, diags := f.withConfig(Object{"project": tc.project}).destroy(state)
			if f.requireCalls(tc.calls); after.Exists() == tc.done {
				t.Errorf("in state: %t", after.Exists())
			}
			if tc.done {
				requireCounts(t, diags, 0, 0)
				return
			}
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Cannot revoke Memory payment link", "pl-1", "which account created link", "Refresh the state")
		})
	}
}

// A revoke is believed if its answer shows the link as ended, or is documented to show none. Else the link is looked at.
func TestRevokeWithAnAnswerThatProvesNothing(t *testing.T) {
	t.Parallel()
	unproven := memdriver.Fault{Err: &rest.Error{Status: 202, Message: "not the documented answer", Outcome: rest.Unknown}, After: true}
	for name, tc := range map[string]struct {
		prepare func(f *fixture)
		calls   string
		says    []string // of the error; nil for none
	}{
		"the link, ended":                 {func(f *fixture) {}, "revoke=1", nil},
		"the link, open":                  {func(f *fixture) { f.store.IgnoreRevoke = true }, "get=1 revoke=1", []string{"accepted the request", "`open`"}},
		"the link, in an unknown status":  {func(f *fixture) { f.store.IgnoreRevoke = true; f.store.SetStatus("pl-1", "ODD") }, "get=1 revoke=1", []string{"accepted the request", "`unknown`"}},
		"another link":                    {func(f *fixture) { f.store.Instead[memdriver.CallRevoke] = "pl-2" }, "get=1 revoke=1", nil},
		"another link, and nothing ended": {func(f *fixture) { f.store.Instead[memdriver.CallRevoke] = "pl-2"; f.store.IgnoreRevoke = true }, "get=1 revoke=1", []string{"another link than pl-1: pl-2", "`open`"}},
		"another status":                  {func(f *fixture) { f.store.FailNext(memdriver.CallRevoke, unproven) }, "get=1 revoke=1", nil},
		"a look that shows another link": {func(f *fixture) {
			f.store.FailNext(memdriver.CallRevoke, unproven)
			f.store.Instead[memdriver.CallGet] = "pl-2"
		}, "get=1 revoke=1", []string{"not the documented answer", "another link than pl-1: pl-2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, revocable)
			state := f.mustCreate(fullConfig())
			createExternal(f, fullConfig(Object{"title": "Other"}))
			f.store.SetStatus("pl-2", "CANCELED")
			f.store.RevokeAnswers = true
			tc.prepare(f)
			after, diags := f.destroy(state)
			f.requireCalls(tc.calls)
			if tc.says == nil {
				if requireCounts(t, diags, 0, 0); after.Exists() || f.store.Payable() != 0 {
					t.Errorf("in state: %t, live: %d", after.Exists(), f.store.Payable())
				}
				return
			}
			requireUnchanged(t, state, after)
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, append(tc.says, "stays in state")...)
		})
	}
}
