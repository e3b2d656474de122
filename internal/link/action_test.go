package link_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
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
				"": "missing", "pl-1/..": "slash", `pl-\1`: "slash", "pl- 1": "whitespace", "pl-1\n": "control", "pl-\x001": "control", "..": "not a valid id", "1": "begins with pl-",
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

func TestActionOfAVendorThatIsNotConfigured(t *testing.T) {
	t.Parallel()
	f := newFixture(t, revocable)
	f.mustCreate(fullConfig())
	none := f.serve(Object{})
	for _, action := range []string{cancelAction, activateAction} {
		_, invoked := none.InvokeAction(t.Context(), action, Object{"id": "pl-1"})
		for _, diags := range []protocoltest.Diagnostics{none.PlanAction(action, Object{"id": "pl-1"}), invoked} {
			requireCounts(t, diags, 1, 0)
			requireText(t, diags, "Memory is not configured", "Add `memory = {}` to the provider block")
		}
	}
	f.requireCalls("")
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
