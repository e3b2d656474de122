package link_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/memdriver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

const (
	cancelAction   = "paymentlinks_memory_cancel_link"
	activateAction = "paymentlinks_memory_activate_link"
)

// invoke runs an action as `terraform apply -invoke` does.
func (f *fixture) invoke(action, id string) ([]string, protocoltest.Diagnostics) {
	f.t.Helper()
	config := Object{"id": id}
	if diags := append(f.ValidateAction(action, config), f.PlanAction(action, config)...); len(diags) > 0 {
		f.t.Fatalf("validate and plan: %s", diags)
	}
	f.requireCalls("")
	return f.InvokeAction(f.t.Context(), action, config)
}

// requireProgress requires at least one message before the request, and every part in the last message.
func requireProgress(t *testing.T, progress []string, parts ...string) {
	t.Helper()
	if len(progress) < 2 {
		t.Fatalf("progress %q, want a message before and one after the request", progress)
	}
	for _, part := range parts {
		if !strings.Contains(progress[len(progress)-1], part) {
			t.Errorf("the last message %q lacks %q", progress[len(progress)-1], part)
		}
	}
}

// An invalid id is refused before any request, at whichever step it is known first.
func TestActionRefusesInvalidIDs(t *testing.T) {
	t.Parallel()
	for _, action := range []string{cancelAction, activateAction} {
		for _, changes := range [][]func(*memdriver.Options){{revocable}, {revocable, onePartIdentity}} {
			f := newFixture(t, changes...)
			for id, part := range map[string]string{
				"": "missing", "pl-1/..": "slash", `pl-\1`: "slash", "pl- 1": "whitespace", "pl-1\n": "control", "pl-\x001": "control", "..": "not a valid ID", "1": "begins with pl-",
			} {
				_, invoked := f.InvokeAction(t.Context(), action, Object{"id": id})
				for when, diags := range map[string]protocoltest.Diagnostics{
					"validate": f.ValidateAction(action, Object{"id": id}), "plan": f.PlanAction(action, Object{"id": id}), "invoke": invoked,
				} {
					if requireCounts(t, diags, 1, 0); len(diags.ForAttribute("id")) != 1 {
						t.Errorf("%s %q: not at the id: %s", when, id, diags)
					}
					requireText(t, diags, "Memory payment link", part, "No request was sent")
				}
			}
			for _, diags := range []protocoltest.Diagnostics{f.ValidateAction(action, Object{"id": unknown}), f.PlanAction(action, Object{"id": unknown})} {
				requireCounts(t, diags, 0, 0)
			}
			f.requireCalls("")
		}
	}
}

// A 404 is retried, because the link may be new; then it is an error, because nothing tells a missing link from a mistyped id.
func TestActionNeverBelievesANotFound(t *testing.T) {
	t.Parallel()
	waits := []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}
	for action, calls := range map[string]string{cancelAction: "get=4 revoke=1", activateAction: "get=4"} {
		for name, project := range map[string]string{"unknown id": "", "another project": "other"} {
			t.Run(action+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, revocable)
				f.mustCreate(fullConfig())
				id := "pl-1"
				if project == "" {
					id = "pl-7"
				}
				_, diags := f.withConfig(Object{"project": project}).invoke(action, id)
				requireCounts(t, diags, 1, 0)
				requireText(t, diags, "Memory found no link "+id, "404", "No such link", "req-404", "Nothing was changed")
				f.requireCalls(calls)
				if got := f.clock.Sleeps(); !slices.Equal(got, waits) {
					t.Errorf("slept %v", got)
				}
				if f.store.Status("pl-1") != "ATTEMPT" {
					t.Errorf("the link is %s", f.store.Status("pl-1"))
				}
			})
		}
	}
}

// The action follows a create, and the vendor does not find the new link yet.
func TestActionRetriesANotFoundOfANewLink(t *testing.T) {
	t.Parallel()
	for action, calls := range map[string]string{cancelAction: "get=3 revoke=2", activateAction: "activate=1 get=3"} {
		f := newFixture(t, revocable)
		f.mustCreate(fullConfig())
		f.store.UnseenReads = 2
		if action == cancelAction {
			f.store.FailNext(memdriver.CallRevoke, memdriver.Fault{Err: memdriver.NotFound()})
		}
		_, diags := f.invoke(action, "pl-1")
		requireCounts(t, diags, 0, 0)
		f.requireCalls(calls)
		if got := f.store.Status("pl-1"); got != map[string]string{cancelAction: "CANCELED", activateAction: "ACTIVE"}[action] {
			t.Errorf("%s: the link is %s", action, got)
		}
	}
}

// An interrupted action stops waiting.
func TestCanceledActionStopsWaiting(t *testing.T) {
	t.Parallel()
	for action, calls := range map[string]string{cancelAction: "get=1 revoke=1", activateAction: "get=1"} {
		f := newFixture(t, revocable)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, diags := f.InvokeAction(ctx, action, Object{"id": "pl-7"})
		requireCounts(t, diags, 1, 0)
		requireText(t, diags, "the operation was interrupted")
		f.requireCalls(calls)
		if slept := f.clock.Sleeps(); len(slept) != 0 {
			t.Errorf("slept %v", slept)
		}
	}
}

// An invocation is bounded, because no configuration can set a timeout for it.
func TestActionHasATimeout(t *testing.T) {
	t.Parallel()
	for _, action := range []string{cancelAction, activateAction} {
		f := newFixture(t, revocable)
		f.mustCreate(fullConfig())
		before := clock.System{}.Now()
		if _, diags := f.invoke(action, "pl-1"); len(diags) > 0 {
			t.Fatal(diags)
		}
		if limit := f.store.LastDeadline().Sub(before); limit < 4*time.Minute || limit > 6*time.Minute {
			t.Errorf("%s may take %s", action, limit)
		}
	}
}

func TestActionWithoutACallIsAnError(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(fullConfig())
	_, diags := f.invoke(cancelAction, "pl-1")
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "no call for it")
	f.requireCalls("")
}

// The link is read first: one that is active already may refuse another activation.
func TestActivateActionReadsTheLinkFirst(t *testing.T) {
	t.Parallel()
	for status, now := range statuses {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.mustCreate(fullConfig())
			f.store.SetStatus("pl-1", status)
			for attempt := range 2 { // a repetition does no harm
				progress, diags := f.invoke(activateAction, "pl-1")
				switch {
				case status == "ATTEMPT" && attempt == 0:
					requireCounts(t, diags, 0, 0)
					requireProgress(t, progress, "pl-1", "is active")
					f.requireCalls("activate=1 get=1")
				case now == driver.Expired, now == driver.Revoked:
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot activate Memory payment link", "pl-1", "`"+string(now)+"`", "replace")
					f.requireCalls("get=1")
				case now == driver.Unknown:
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot activate Memory payment link", "pl-1", "does not document")
					f.requireCalls("get=1")
				default:
					requireCounts(t, diags, 0, 0)
					requireProgress(t, progress, "pl-1", "already active", string(now))
					f.requireCalls("get=1")
				}
			}
		})
	}
}

func TestActivateActionFailure(t *testing.T) {
	t.Parallel()
	for name, err := range failures() {
		for _, call := range []string{memdriver.CallGet, memdriver.CallActivate} {
			for _, after := range []bool{false, true} {
				t.Run(name+"/"+call, func(t *testing.T) {
					t.Parallel()
					f := newFixture(t)
					f.mustCreate(fullConfig())
					f.store.FailNext(call, memdriver.Fault{Err: err, After: after})
					_, diags := f.invoke(activateAction, "pl-1")
					requireCounts(t, diags, 1, 0)
					requireText(t, diags, "Cannot activate Memory payment link", "run the action again")
					requireText(t, diags, errorParts(err)...)
					calls, again := "get=1", "activate=1 get=1"
					if call == memdriver.CallActivate {
						calls = "activate=1 get=1"
						if after { // carried out all the same: the look finds it
							again = "get=1"
						}
					}
					f.requireCalls(calls)
					_, diags = f.invoke(activateAction, "pl-1")
					requireCounts(t, diags, 0, 0)
					if f.requireCalls(again); f.store.Status("pl-1") != "ACTIVE" {
						t.Errorf("the link is %s", f.store.Status("pl-1"))
					}
				})
			}
		}
	}
}

// A request that is accepted and changes nothing is an error.
func TestActivateActionWithoutEffectIsAnError(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustCreate(fullConfig())
	f.store.IgnoreActivation = true
	_, diags := f.invoke(activateAction, "pl-1")
	requireCounts(t, diags, 1, 0)
	requireText(t, diags, "pl-1", "is still not active")
	f.requireCalls("activate=1 get=1")
}

// What the action did is no drift: the next plan is empty whatever the configuration says of `activate`; a configured true only
// enters the state.
func TestActivateActionIsNoDrift(t *testing.T) {
	t.Parallel()
	for name, activate := range map[string]any{"left out": nil, "false": false} {
		for _, canRevoke := range []func(*memdriver.Options){revocable, func(*memdriver.Options) {}} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, canRevoke)
				config := answeredConfig(Object{"activate": activate})
				state := f.mustCreate(config)
				if _, diags := f.invoke(activateAction, "pl-1"); len(diags) > 0 {
					t.Fatal(diags)
				}
				state = f.mustRefresh(state)
				if state.Text("status") != "ACTIVE" || state.Text("state") != "open" {
					t.Errorf("the state says %s, %s", state.Text("status"), state.Text("state"))
				}
				f.requireNoDrift(state, config)

				config = answeredConfig(Object{"activate": true})
				state, plan, diags := f.ApplyConfig(state, resourceType, config)
				if requireCounts(t, diags, 0, 0); plan.Action != protocoltest.Update {
					t.Errorf("%s because of %v", plan.Action, plan.Because)
				}
				f.requireCalls("get=1")
				f.requireNoDrift(state, config)
			})
		}
	}
}

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
	for _, refusal := range refusals() {
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
